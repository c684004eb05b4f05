// What `npm start` does once everything is built, below the current folder: sample data, a job on it, and a second look at the result.
import { spawnSync } from 'node:child_process';

const SAMPLE = 'data';
const RECIPE = `${SAMPLE}/riffle.yaml`;
const OUTPUT = `${SAMPLE}/combined_16`;

step('node', 'tools/sample/make.mjs', '--out', SAMPLE);
// Again each time, since what is to be seen is the job. --overwrite keeps the old result until the new one is verified.
step('npx', 'riffle', 'run', RECIPE, '--overwrite');
step('npx', 'riffle', 'verify', OUTPUT);

console.log(`
The sample has a shard that is missing and a file that was cut off: both are named above, and in ${OUTPUT}/.riffle/manifest.json.
The tutorial goes on from here: docs/tutorial.md. Or with your own folders:

  npx riffle plan --input NAME=FOLDER --input OTHER=FOLDER --output NEW_FOLDER
`);

/** Shows a command as it would be typed, and runs it without npx, which takes a second by itself. Ends this process if it fails. */
function step(command, ...words) {
  console.log(`\n$ ${command} ${words.join(' ')}`);
  const args = command === 'npx' ? ['packages/cli/bin/riffle.mjs', ...words.slice(1)] : words;
  const result = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}
