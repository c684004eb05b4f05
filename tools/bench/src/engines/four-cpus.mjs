// Loaded before Riffle (node --import): it sees four CPUs, and starts four workers if asked to.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

os.availableParallelism = () => 4;
syncBuiltinESMExports();
