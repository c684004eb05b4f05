// `npm start`: from a fresh clone to a finished job on sample data. A second run takes seconds.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, build, run } from './workspace.mjs';

const SAMPLE_TOOL = 'tools/sample/make.mjs';
const SAMPLE_RECIPE = 'data/riffle.yaml';

build();

if (existsSync(join(ROOT, SAMPLE_TOOL))) {
  run(process.execPath, [SAMPLE_TOOL, '--out', 'data']);
  run(process.execPath, ['packages/cli/bin/riffle.mjs', 'run', SAMPLE_RECIPE, '--overwrite']);
} else {
  console.log(`No ${SAMPLE_TOOL} yet: the workspace is installed and built, but there is no sample to run on.`);
}
