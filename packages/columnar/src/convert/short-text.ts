/** Where a decoder's call costs more than the bytes. */
const longestShort = 32;

/** Reads UTF-8; short ASCII, which numbers and dates are, without a decoder. What is no UTF-8 comes out with U+FFFD. */
export function createTextReader(): (values: Uint8Array, start: number, end: number) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (values, start, end) => {
    if (end - start > longestShort) return decoder.decode(values.subarray(start, end));
    let text = '';
    for (let at = start; at < end; at++) {
      const byte = values[at]!;
      if (byte > 127) return decoder.decode(values.subarray(start, end));
      text += String.fromCharCode(byte);
    }
    return text;
  };
}
