import { compressionCodecs, type CompressionCodec } from '@riffle/core';
import { describePlugin } from '../../formats/describe-plugin.ts';
import { firstPartyPlugin, writerNames } from '../../plugins.ts';
import { back } from '../back.ts';
import type { WizardContext } from '../context.ts';
import { pluginOf, withPlugin, withValue, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';

/** Who reads each format. */
const readBy: Readonly<Record<string, string>> = {
  parquet: 'datasets, DuckDB, Polars, Spark and most others',
  arrow: 'load_from_disk of datasets, which maps the files into memory',
  jsonl: 'anything that reads a JSON object a line',
  webdataset: 'webdataset, and what streams tar archives',
  mds: 'MosaicML Streaming',
};

const codecWords: Readonly<Record<CompressionCodec, string>> = {
  zstd: 'small and fast',
  snappy: 'larger, for readers without zstd',
  gzip: 'slow; for old readers',
  brotli: 'smallest, slow to write',
  lz4: 'fastest to read, larger',
  none: 'not compressed',
};

/** The format of the output, by its short name or as the recipe spells it. */
export function writerOf(draft: Draft): string {
  return pluginOf(draft, 'writer')?.specifier ?? writerNames[0]!;
}

/** What `compression` may be for the format of a draft, the usual one first; all where somebody else's writer is used. */
async function codecsOf(draft: Draft): Promise<readonly CompressionCodec[]> {
  const name = writerOf(draft);
  const url = firstPartyPlugin('writers', name);
  if (url === undefined) return compressionCodecs;
  const { compression = [] } = await describePlugin(url, name);
  return compressionCodecs.filter((codec) => compression.includes(codec));
}

/** A codec that the format has: that of the draft if it can be, else what comes closest. */
async function withKnownCodec(draft: Draft): Promise<Draft> {
  const codecs = await codecsOf(draft);
  const said = draft.values['compression'] ?? compressionCodecs[0];
  if (codecs.some((codec) => codec === said)) return draft;
  return withValue(draft, 'compression', codecs[0]);
}

/** Asks for the format of the shards. What the recipe says of the writer's options stays with the writer. */
export function writerStep({ ask }: WizardContext, applies: NonNullable<Step['applies']>): Step {
  return {
    name: 'writer',
    applies,
    async ask(draft) {
      const now = writerOf(draft);
      const own = writerNames.includes(now) ? [] : [{ value: now, name: now, about: 'as the recipe has it' }];
      const answer = await ask.one({
        title: 'Format of the shards',
        choices: [...writerNames.map((name) => ({ value: name, name, about: `for ${readBy[name] ?? name}` })), ...own],
        default: now,
      });
      if (answer === back) return back;
      if (answer === now) return draft;
      return withKnownCodec(withPlugin(draft, 'writer', answer === writerNames[0] ? undefined : { specifier: answer }));
    },
  };
}

/** Asks for the compression, where the format has a choice of it. */
export function compressionStep({ ask }: WizardContext, applies: NonNullable<Step['applies']>): Step {
  return {
    name: 'compression',
    applies: async (draft) => (await applies(draft)) && (await codecsOf(draft)).length > 1,
    async ask(draft) {
      const codecs = await codecsOf(draft);
      const answer = await ask.one<CompressionCodec>({
        title: 'Compression',
        choices: codecs.map((codec) => ({ value: codec, name: codec, about: codecWords[codec] })),
        default: (draft.values['compression'] as CompressionCodec | undefined) ?? codecs[0]!,
      });
      if (answer === back) return back;
      const unsaid = answer === compressionCodecs[0] && !Object.hasOwn(draft.values, 'compression');
      return unsaid ? draft : withValue(draft, 'compression', answer);
    },
  };
}
