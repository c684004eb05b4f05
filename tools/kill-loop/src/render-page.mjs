import { faultKinds } from './faults.mjs';

const stages = ['start', 'survey', 'plan', 'scatter', 'gather', 'publish', 'end'];

const table = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
    '\n',
  );

/** As the first call of a job is in `start`, so a power failure after the last is in `end`. */
const stageOf = ({ hit, point }) => hit?.stage ?? (point.number === 'end' ? 'end' : undefined);

function countTable(records, kinds) {
  const rows = kinds.map(({ name }) => {
    const own = records.filter(({ point }) => point.kind === name);
    const counts = stages.map((stage) => own.filter((record) => stageOf(record) === stage).length || '–');
    return [name, ...counts, own.length, own.filter(({ problems }) => problems.length > 0).length];
  });
  return table(['fault', ...stages, 'points', 'not as promised'], rows);
}

function outcomeTable(records, kinds) {
  const count = (own, test) => own.filter(test).length || '–';
  const rows = kinds.map(({ name }) => {
    const own = records.filter(({ point }) => point.kind === name);
    const interrupted = own.filter(({ first }) => first !== 'done');
    return [
      name,
      count(own, ({ first }) => first === 'done'),
      count(own, ({ first }) => first === 'killed'),
      count(own, ({ first }) => first === 'failed'),
      count(interrupted, ({ locked }) => locked),
      count(interrupted, ({ second }) => second !== undefined),
      count(interrupted, ({ resumed }) => resumed?.shards > 0 || resumed?.scatterUnits > 0),
    ];
  });
  return table(
    ['fault', 'done all the same', 'killed', 'failed', 'lock left', 'disturbed again', 'work taken over'],
    rows,
  );
}

/**
 * The page in docs/reference, from the records of all points.
 *
 * @param {readonly object[]} records
 * @param {{ points: number }} all how many points there would be
 */
export function renderPage(records, { points }) {
  const kinds = faultKinds.filter(({ name }) => records.some(({ point }) => point.kind === name));
  const variants = [...new Set(records.map(({ point }) => point.variant))].sort();
  const bad = records.filter(({ problems }) => problems.length > 0).length;
  const codes = [...new Set(records.flatMap(({ code }) => code ?? []))].sort();
  const kills = records.filter(({ first }) => first === 'killed').length;
  return `# The kill loop

Written by \`node tools/kill-loop/kill-loop.mjs --write\`; do not edit. What it tried, and what came of it.

A small job of 300 rows in two collections is done undisturbed, once for each variant. One of its six shards has a page that shows only when it is decoded to be damaged,
so that every job plans anew. Then the job is done again and again, each time disturbed at one call to the file system. All threads share one count of calls.

Here ${records.length} of ${points} points were tried, ${kills} of them kills: ${bad === 0 ? '**every one ended as promised**' : `**${bad} did not end as promised**`}. That is:

- after the disturbance, nothing but whole shards is at a final name, and a manifest only over a whole result;
- a lock that was left behind is recognised as stale;
- a job that fails, fails with an error of the [table](errors.md) (${codes.map((code) => `\`${code}\``).join(', ') || 'none failed'});
- \`--resume\` ends with the sha256 of every shard, and the digest of plan and receipt, of the undisturbed job. Every fourth resume is disturbed once itself, at a random call;
- in the end nothing is left in the output folder or the temp folder but the result. A probe of one byte may stay in a temp folder, which others may use as well.

## Faults

${table(
  ['fault', 'what happens'],
  kinds.map(({ name, what }) => [name, what]),
)}

## Points by stage

The stage is the one in which the call was: \`start\` is before the survey, \`end\` after publishing. Points beyond the last call of a job are in no stage.

${countTable(records, kinds)}

## Points by variant

\`overwrite\` replaces the result of another job, \`again\` that of the same job; both spill.

${variants
  .map(
    (variant) =>
      `### ${variant}\n\n${countTable(
        records.filter(({ point }) => point.variant === variant),
        kinds,
      )}`,
  )
  .join('\n\n')}

## Outcomes

\`done all the same\`: the unit was tried again, the call did not matter, or the job was done already. \`work taken over\`: shards or spilled units were found whole and not made again.

${outcomeTable(records, kinds)}

## What this does not show

- The job has one worker, so that the order of calls hardly differs from run to run. Calls of the pipeline only: a kill between two of them is the kill before the next.
- Power failures are made up: any change of a folder that was not synced may be undone, any byte behind the last sync of a file may be missing or zero. A disk that lies about syncing can do worse.
`;
}
