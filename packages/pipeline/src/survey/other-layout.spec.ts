import { describe, expect, it } from 'vitest';
import { otherLayout } from './other-layout.ts';

describe('a folder of another layout', () => {
  it('of save_to_disk is called what it is, with a line that converts it', () => {
    const found = otherLayout('/data/tts/', ['data-00000-of-00001.arrow', 'dataset_info.json', 'state.json'])!;
    expect(found.what).toContain('save_to_disk');
    expect(found.advice).toContain('load_from_disk("/data/tts/").to_parquet("/data/tts-parquet/data.parquet")');
  });

  it('may have several splits', () => {
    const found = otherLayout('/d', [
      'dataset_dict.json',
      'train/data-00000-of-00001.arrow',
      'train/dataset_info.json',
    ])!;
    expect(found.advice).toContain('split.to_parquet(f"/d-parquet/{name}.parquet")');
  });

  it.each([[['a.parquet']], [['dataset_info.json', 'a.parquet']], [['x.arrow']], [[]]])('is not %j', (paths) => {
    expect(otherLayout('/d', paths)).toBe(undefined);
  });
});
