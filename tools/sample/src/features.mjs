import { SAMPLING_RATE } from './voices.mjs';

/** @param {string} dtype */
const value = (dtype) => ({ dtype, _type: 'Value' });

/**
 * What makes Hugging Face `datasets` see `audio` as sound and not as a struct. `Sequence` rather than
 * `List`: the former is understood by all versions of `datasets`, the latter only from 4.0 on.
 */
export const HUGGINGFACE_METADATA = new Map([
  [
    'huggingface',
    JSON.stringify({
      info: {
        features: {
          audio: { sampling_rate: SAMPLING_RATE, _type: 'Audio' },
          text: value('string'),
          speaker: value('string'),
          duration: value('float64'),
          codes: { feature: value('int32'), _type: 'Sequence' },
        },
      },
    }),
  ],
]);
