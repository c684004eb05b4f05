// `npm run check`: everything that is not a test. All checks run; the failures are named at the end.
import { build, tool, tryRun } from './workspace.mjs';

const CHECKS = {
  lint: [tool('oxlint'), '--type-aware', '--deny-warnings'],
  format: [tool('oxfmt'), '--check'],
  knip: [tool('knip')],
  sherif: [tool('sherif')],
  'project references': [tool('nx'), 'sync:check'],
  packages: ['tools/package-check/check.mjs'],
  // Dead links of pages fail it, too.
  site: ['tools/site/build.mjs'],
};

build();

const failed = Object.entries(CHECKS).filter(([name, args]) => {
  console.log(`\n── ${name}`);
  return tryRun(process.execPath, args) !== 0;
});

if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
console.log('\nAll checks passed.');
