/** The higher word of the float64 of every float16, made at the first use; the lower word is always 0. */
let highWords: Int32Array | undefined;

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);
const single = new Float32Array(1);
const singleWord = new Int32Array(single.buffer);

/** IEEE 754 binary16 to binary64; NaNs keep their bits, at the upper end. */
export function highWordsOfHalves(): Int32Array {
  if (highWords !== undefined) return highWords;
  const words = new Int32Array(2 ** 16);
  for (let half = 0; half < words.length; half++) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const mantissa = half & 1023;
    if (exponent === 31) words[half] = sign | 0x7ff00000 | (mantissa << 10);
    else if (exponent > 0) words[half] = sign | ((exponent + 1008) << 20) | (mantissa << 10);
    else {
      double[0] = mantissa * 2 ** -24;
      words[half] = sign | doubleWords[1]!;
    }
  }
  highWords = words;
  return words;
}

export function numberOfHalf(half: number): number {
  doubleWords[0] = 0;
  doubleWords[1] = highWordsOfHalves()[half]!;
  return double[0]!;
}

/** The float16 next to `value` on the side of 0: `value` itself if there is one. Beyond the largest, infinity. */
export function halfOfNumber(value: number): number {
  single[0] = value;
  const bits = singleWord[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 127;
  const mantissa = bits & 0x7fffff;
  // A NaN whose upper bits are all 0 must not become infinity.
  if (exponent === 128 && mantissa !== 0) return sign | 0x7c00 | (mantissa >>> 13 || 0x200);
  if (exponent > 15) return sign | 0x7c00;
  if (exponent >= -14) return sign | ((exponent + 15) << 10) | (mantissa >>> 13);
  return exponent < -24 ? sign : sign | ((mantissa | 0x800000) >>> (-exponent - 1));
}

/** `value` rounded to the nearest float16, to the even one of two. */
export function roundToHalf(value: number): number {
  if (Number.isNaN(value)) return value;
  // Truncated in two steps, the first of which may round: start one below and look at the next ones.
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return value < 0 ? -Infinity : Infinity;
  const near = Math.max(0, halfOfNumber(magnitude) - 1);
  let best = near;
  for (let half = near + 1; half <= near + 2 && half < 0x7c00; half++) {
    const gain = Math.abs(numberOfHalf(best) - magnitude) - Math.abs(numberOfHalf(half) - magnitude);
    if (gain > 0 || (gain === 0 && (half & 1) === 0)) best = half;
  }
  const rounded = numberOfHalf(best);
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
