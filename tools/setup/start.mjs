// `npm start`: from a fresh clone to a finished, verified job on sample data. A second run takes seconds.
import { build, run } from './workspace.mjs';

build();
run(process.execPath, ['tools/setup/sample-job.mjs']);
