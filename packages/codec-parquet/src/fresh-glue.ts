import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import type * as glue from 'parquet-wasm/esm';

type Glue = typeof glue;

let script: Script | undefined;

/**
 * The glue is a module with the instance in a variable of its own, and Node keeps modules for ever: importing it again would
 * keep every old instance's memory. As a function it can be called again, and all of a call is garbage once it is not used.
 */
function compileGlue(): Script {
  const path = createRequire(import.meta.url).resolve('parquet-wasm/esm');
  const names: string[] = [];
  const body = readFileSync(path, 'utf8')
    .replace(/^export (class|const|function) (\w+)/gm, (_, kind: string, name: string) => {
      names.push(name);
      return `${kind} ${name}`;
    })
    .replace(/^export \{ initSync, .*\};$/m, '')
    // Only the way that downloads the module asks for it.
    .replace('import.meta.url', 'undefined');
  return new Script(`(() => { ${body}\nreturn { initSync, ${names.join(', ')} }; })`, { filename: path });
}

/**
 * A glue of its own, without an instance yet: objects of one glue must not be given to another.
 * @throws SyntaxError if parquet-wasm's glue is not written as that of version 0.8.0, which a test holds.
 */
export function createFreshGlue(): Glue {
  script ??= compileGlue();
  const make = script.runInThisContext() as () => Glue;
  return make();
}
