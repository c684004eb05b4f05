import { COMMAND_LINE, keepCommandReference } from './src/command-reference.mjs';

// Run from anywhere after a build: `node tools/docs-check/write-reference.mjs`.
const stale = (await keepCommandReference()).some(({ before, after }) => before !== after);
console.log(`${COMMAND_LINE} ${stale ? 'was written anew' : 'is as it should be'}.`);
