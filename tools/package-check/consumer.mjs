import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { externalSources, placeExternal, runExternal } from './external.mjs';
import { ROOT, attempt, must } from './processes.mjs';

const TSC = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');

/** Installs the tarballs as a stranger would, type-checks a program that imports all of them, and runs it. */
export function checkConsumer(folder, tarballs) {
  mkdirSync(folder);
  const files = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
  writeJson(join(folder, 'package.json'), {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...files, 'apache-arrow': arrowVersion() },
    // Packages name each other by version, which no registry has.
    overrides: Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`])),
  });
  writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      strict: true,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
      skipLibCheck: false,
    },
    files: ['consumer.ts', ...externalSources],
  });
  writeFileSync(join(folder, 'consumer.ts'), program(tarballs.map(({ name }) => name)));

  placeExternal(folder);

  must(folder, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']);
  checkTypes(folder);
  process.stdout.write(must(folder, process.execPath, ['consumer.js']));
  must(folder, 'npx', ['--no-install', 'riffle', '--help']);
  console.log(`consumer: ${tarballs.length} packages install, type-check and load; riffle --help answers`);
  runExternal(folder);
}

/** The one that the packages have: plugins hand its objects over. */
function arrowVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'packages/core/node_modules/apache-arrow/package.json'), 'utf8')).version;
}

/** Declarations are checked too, but only ours count: parquet-wasm's need the DOM library. */
function checkTypes(folder) {
  const { output } = attempt(folder, process.execPath, [TSC, '-p', '.', '--pretty', 'false']);
  const ours = output.split('\n').filter((line) => /^([a-z-]+\.ts|node_modules\/@riffle\/)/.test(line));
  if (ours.length > 0) throw new Error(`The consumer does not compile:\n${ours.join('\n')}`);
}

function program(names) {
  const imports = names.map((name, index) => `import * as module${index} from '${name}';`);
  const uses = names.map((name, index) => `  '${name}': Object.keys(module${index}).length,`);
  return `${imports.join('\n')}\n\nconst exported: Record<string, number> = {\n${uses.join('\n')}\n};\nconsole.log(JSON.stringify(exported));\n`;
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
