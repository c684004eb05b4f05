// Runs damaged Parquet files through whole jobs: node tools/fuzz/fuzz.mjs --help
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { runCampaign } from './src/campaign.mjs';
import { loadOrigins, spreadOver } from './src/origins.mjs';
import { markdown, outcomeRows } from './src/report.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A run of this many mutants on all files writes the page. */
const FULL = 10_000;

const HELP = `Usage: node tools/fuzz/fuzz.mjs [options]

  --mutants N       how many; default 250
  --seed N          whole number; default 1
  --origins N       sound files to make mutants of, spread over all; default: all
  --only N          mutant N alone
  --corpus DIR      apache/parquet-testing; default ../shared/corpus/parquet-testing. Where it is absent, files made by DuckDB do
  --timeout N       seconds after which a job counts as hung; default 300
  --details FILE    write one record a mutant, as JSON
  --output FILE     where the page goes; default docs/reference/fuzzing.md from ${FULL} mutants of all files on, else nowhere

Exit 1 if a promise was broken.
`;

const { values: options } = parseArgs({
  options: {
    mutants: { type: 'string', default: '250' },
    seed: { type: 'string', default: '1' },
    origins: { type: 'string' },
    only: { type: 'string' },
    corpus: { type: 'string', default: at('../../../shared/corpus/parquet-testing') },
    timeout: { type: 'string', default: '300' },
    details: { type: 'string' },
    output: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const whole = (name) => {
  const value = options[name] === undefined ? undefined : Number(options[name]);
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return value;
  console.error(`--${name} must be a whole number.\n\n${HELP}`);
  process.exit(2);
};
const [mutants, seed, wanted, only, requestSeconds] = ['mutants', 'seed', 'origins', 'only', 'timeout'].map(whole);

const all = await loadOrigins(options.corpus);
const started = Date.now();
const campaign = await runCampaign({
  origins: wanted === undefined ? all : spreadOver(all, wanted),
  mutants,
  seed,
  only,
  requestSeconds,
  onProgress: (done, of, broken) => console.error(`${done} of ${of} mutants, ${broken} broken promises`),
});

for (const [label, found, part] of outcomeRows(campaign.records))
  console.log(`${label.padEnd(44)}${found.padStart(8)}${part.padStart(9)}`);
for (const { mutant, sentence } of campaign.violations) console.error(`Broken promise, mutant ${mutant}: ${sentence}`);
if (options.details !== undefined) writeFileSync(options.details, JSON.stringify(campaign, null, 1));
const complete = wanted === undefined && only === undefined && mutants >= FULL;
const output = options.output ?? (complete ? at('../../docs/reference/fuzzing.md') : undefined);
if (output !== undefined) {
  const command = ['node tools/fuzz/fuzz.mjs', ...process.argv.slice(2)].join(' ');
  const minutes = Math.ceil((Date.now() - started) / 60_000);
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(output, markdown({ command, seed, date, minutes, campaign, version: version() }));
  console.log(`Written: ${output}`);
}
process.exitCode = campaign.violations.length > 0 ? 1 : 0;

function version() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: at('.'), encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
