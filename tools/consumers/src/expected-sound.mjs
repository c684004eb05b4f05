/** The sound of row `number` as `python/sound.py` makes it: sampling rate, and 16-bit samples, little-endian, in hex. */
export function expectedSound(number, rate = 16_000) {
  const bytes = Buffer.alloc(2 * (160 + (number % 97)));
  for (let index = 0; 2 * index < bytes.length; index += 1)
    bytes.writeInt16LE(((index * 37 + number * 11) % 2001) - 1000, 2 * index);
  return [rate, bytes.toString('hex')];
}
