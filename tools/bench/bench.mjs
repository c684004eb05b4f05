// Measures Riffle beside its peers and its floors, and writes docs/benchmarks.md: node tools/bench/bench.mjs --help
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeConditions } from './src/conditions.mjs';
import { riffleIsBuilt } from './src/engines/riffle.mjs';
import { markdown } from './src/report/page.mjs';
import { terminalTables } from './src/report/terminal.mjs';
import { sections } from './src/sections/index.mjs';
import { readSettings } from './src/settings.mjs';
import { openStore } from './src/store.mjs';
import { workloads } from './src/workloads/index.mjs';
import { plots } from './src/plots/index.mjs';

const settings = settingsOrLeave();
const store = openStore(settings.docs && join(settings.docs, 'benchmarks'));
let failed = false;
if (!settings.reportOnly) await measureAll();

const results = Object.fromEntries(Object.keys(sections).map((section) => [section, inOrder(section)]));
for (const [title, rows] of terminalTables(results)) {
  console.log(`\n${title}`);
  console.table(rows);
}
if (settings.docs !== undefined) {
  const drawn = plots(results);
  write('benchmarks.md', markdown(results, drawn));
  for (const [name, { svg }] of Object.entries(drawn)) write(join('benchmarks', `${name}.svg`), svg);
  console.log(`Written: ${join(settings.docs, 'benchmarks.md')}`);
}
if (!settings.reportOnly) console.log(`The inputs stay in ${settings.data}.`);
process.exitCode = failed ? 1 : 0;

async function measureAll() {
  const conditions = await describeConditions(settings.command, settings.python);
  const started = performance.now();
  for (const section of settings.sections)
    for (const name of sections[section].names(settings).filter(isWanted)) {
      console.error(
        `${section}, ${name}: from ${Math.round((performance.now() - started) / 1000)} s on; the input is made, unless it is there`,
      );
      try {
        store.keep(section, { name, conditions, ...(await sections[section].measure(name, settings)) });
      } catch (error) {
        // What else there is to measure is not lost by it.
        failed = true;
        console.error(`${section}, ${name} could not be measured: ${error.stack}`);
      }
    }
}

/** A result of a section is named by its workload, and may say more behind it. */
function isWanted(name) {
  const [workload] = name.split(/[ ,]/);
  return !(workload in workloads) || settings.workloads.includes(workload);
}

/** The saved results of a section as its names go; others were measured by another version of the bench. */
function inOrder(section) {
  const saved = store.read(section);
  return sections[section].names({ large: true }).flatMap((name) => saved.filter((result) => result.name === name));
}

function write(name, text) {
  const path = join(settings.docs, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function settingsOrLeave() {
  try {
    const read = readSettings(process.argv.slice(2));
    if (read.reportOnly || riffleIsBuilt()) return read;
    console.error('Riffle is not built: run `npm run bench`.');
    process.exit(2);
  } catch (error) {
    if (error.exitCode === undefined) throw error;
    (error.exitCode === 0 ? process.stdout : process.stderr).write(error.message);
    process.exit(error.exitCode);
  }
}
