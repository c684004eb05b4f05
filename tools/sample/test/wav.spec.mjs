import { expect, test } from 'vitest';
import { decodeWav } from '../src/wav.mjs';

function soundFile() {
  const bytes = Buffer.alloc(50);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(42, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(16_000, 24);
  bytes.writeUInt32LE(32_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(6, 40);
  [1, -2, 32_767].forEach((sample, index) => bytes.writeInt16LE(sample, 44 + index * 2));
  return bytes;
}

test('a sound file gives its samples', () => {
  expect(decodeWav(soundFile())).toEqual({ samplingRate: 16_000, samples: Int16Array.of(1, -2, 32_767) });
});

test('a file that does not match its header is refused', () => {
  expect(() => decodeWav(soundFile().subarray(0, 48))).toThrow('These 48 bytes');
  expect(() => decodeWav(Buffer.concat([soundFile(), Buffer.alloc(2)]))).toThrow('not a sound');
  expect(() => decodeWav(Buffer.from('RIFF'))).toThrow('not a sound');
  const stereo = soundFile();
  stereo.writeUInt16LE(2, 22);
  expect(() => decodeWav(stereo)).toThrow('mono');
});
