// Installs and builds, then runs the given script: `node tools/setup/with-build.mjs tools/bench/run.mjs --flag`.
import { build, run } from './workspace.mjs';

build();
run(process.execPath, process.argv.slice(2));
