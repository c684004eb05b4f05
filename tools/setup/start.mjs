// `npm start`: from a fresh clone to a finished, verified job on sample data. A second run takes seconds.
import { build, run } from './workspace.mjs';

const SAMPLE = 'data';
const RECIPE = `${SAMPLE}/riffle.yaml`;
const OUTPUT = `${SAMPLE}/combined_16`;

build();

step('node', 'tools/sample/make.mjs', '--out', SAMPLE);
// Again each time, since what is to be seen is the job. --overwrite keeps the old result until the new one is verified.
step('npx', 'riffle', 'run', RECIPE, '--overwrite');
step('npx', 'riffle', 'verify', OUTPUT);

console.log(`
The sample has a shard that is missing and a file that was cut off: both are named above, and in ${OUTPUT}/.riffle/manifest.json.
Now with your own folders:

  npx riffle plan --input NAME=FOLDER --input OTHER=FOLDER --output NEW_FOLDER
`);

/** Shows a command as it would be typed, and runs it without npx, which takes a second by itself. */
function step(command, ...words) {
  console.log(`\n$ ${command} ${words.join(' ')}`);
  run(process.execPath, command === 'npx' ? ['packages/cli/bin/riffle.mjs', ...words.slice(1)] : words);
}
