import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkDocument, checkLog } from './check-document.ts';

/** As people run it: from the bundle, if that was made from what is built now. */
const entry = fileURLToPath(new URL('../bin/riffle.mjs', import.meta.url));
/** From hundreds of modules, whose names tell what is loaded. */
export const unbundledEntry = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BinaryOptions {
  readonly workingFolder: string;
  /** Called with all of stderr so far whenever there is more. */
  readonly onStderr?: (stderr: string, child: ReturnType<typeof spawn>) => void;
  /** Default: the command as people run it. */
  readonly program?: string;
  /** What starts the command, such as `prlimit --nofile=64`. */
  readonly before?: readonly string[];
  /** Streams that nobody reads from the start. */
  readonly closed?: readonly ('stdout' | 'stderr')[];
}

/** Runs the built command as a process of its own. What it wrote as JSON must be as the published schemas say. */
export function runBinary(
  words: readonly string[],
  { workingFolder, onStderr, program = entry, before = [], closed = [] }: BinaryOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = [...before, process.execPath, program, ...words];
    const child = spawn(command!, rest, { cwd: workingFolder, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      if (closed.includes(name)) {
        child[name].destroy();
        continue;
      }
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        text[name] += chunk;
        if (name === 'stderr') onStderr?.(text.stderr, child);
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => {
      try {
        // A process that was killed may have written a part.
        if (exitCode !== null && words.includes('--json') && text.stdout !== '') checkDocument(text.stdout, words[0]);
        if (exitCode !== null) checkLog(text.stderr);
        resolve({ exitCode, ...text });
      } catch (error) {
        reject(error);
      }
    });
  });
}
