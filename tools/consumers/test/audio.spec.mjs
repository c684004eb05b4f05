import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { expectedSound } from '../src/expected-sound.mjs';
import { askPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('a result from speech that datasets 3 wrote', (scratch) => {
  const output = join(scratch, 'output');
  const ask = (environment, ...words) => askPython(environment, words, { scratch });
  let inputs;

  beforeAll(async () => {
    inputs = await ask('datasets-3', 'make_speech.py', 'inputs');
    const folders = { tts: join(scratch, 'inputs/tts'), asr: join(scratch, 'inputs/asr') };
    await runRiffle(folders, output, '--shards', '3');
  });

  it('has the features that it declared, for datasets 3', async () => {
    const { data_dir: loaded, folder } = await ask('datasets-3', 'load_features.py', output);
    expect(loaded.features).toEqual(inputs.features);
    expect(folder.features).toEqual(inputs.features);
    expect(loaded.rows).toBe(inputs.rows);
  });

  it('decodes to the samples that were written, by the Audio feature itself', async () => {
    const sounds = await ask('datasets-3', 'load_sound.py', 'decode', output);
    const wanted = Array.from({ length: inputs.rows }, (_, id) => [String(id), expectedSound(id)]);
    expect(sounds).toEqual(Object.fromEntries(wanted));
  });

  it('is understood by datasets 5 as well', async () => {
    const { folder } = await ask('datasets-5', 'load_features.py', output);
    expect(folder.features).toMatchObject({
      audio: { _type: 'Audio', sampling_rate: 16_000 },
      emotion: { _type: 'ClassLabel', names: ['calm', 'excited'] },
      codes: { _type: 'List', feature: { dtype: 'int32', _type: 'Value' } },
      turns: { who: { _type: 'List' }, at: { _type: 'List' } },
    });
    const sounds = await ask('datasets-5', 'load_sound.py', 'bytes', output);
    expect(sounds['17']).toEqual(expectedSound(17));
  });
});
