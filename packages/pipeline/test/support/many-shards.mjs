// Runs a job from built packages in a process of its own, so that limits of the shell count: many-shards.mjs INPUT OUTPUT SHARDS.
// Prints the report's rows, shards and seconds, the stages' seconds, and the result of verifying it again, as JSON.
import { recipeSchema } from '@riffle/core/recipe';
import { run, verify } from '../../dist/index.js';

const plugin = (name) => ({ specifier: new URL(`../../../${name}/dist/index.js`, import.meta.url).href });
const [path, output, shards] = process.argv.slice(2);
const stages = {};
const options = {
  plugins: {
    readers: [plugin('reader-parquet')],
    writer: plugin('writer-parquet'),
    shuffler: plugin('shuffler'),
    storage: plugin('storage-file'),
    verifier: plugin('verifier'),
  },
  availableCpus: 2,
  freeMemory: 4e9,
  baseFolder: '/',
  onEvent: (event) => event.type === 'stage-finished' && (stages[event.stage] = event.seconds),
};
const recipe = recipeSchema.parse({
  collections: [{ name: 'all', path }],
  output,
  shards: Number(shards),
  memory: '1GB',
});
const report = await run(recipe, options);
const started = performance.now();
const { ok, findings } = await verify(output, options);
const verifySeconds = (performance.now() - started) / 1000;
process.stdout.write(
  JSON.stringify({
    rows: report.rows,
    shards: report.shards.map((shard) => `${shard.file} ${shard.rows}`),
    seconds: report.seconds,
    stages,
    ok,
    findings,
    verifySeconds,
  }),
);
