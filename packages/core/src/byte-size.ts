const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/**
 * Parses `256MB` (10^6), `64MiB` (2^20), `1.5GB` or a plain number of bytes; case of the unit does not matter.
 * Returns whole bytes, or undefined if the text is no size.
 */
export function parseByteSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const factor = match === null ? undefined : units[match[2]!.toUpperCase()];
  if (match === null || factor === undefined) return undefined;
  const bytes = Math.round(Number(match[1]) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** For people: three significant digits in decimal units, `1.23 GB`. */
export function formatByteSize(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let index = 0;
  while (Math.abs(value) >= 999.5 && index < names.length - 1) {
    value /= 1000;
    index++;
  }
  return index === 0
    ? `${value} B`
    : `${value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${names[index]}`;
}

/**
 * For ranges and defaults: the shortest spelling that `parseByteSize` reads back as the same bytes, `64MiB`, `1GB`, `1000001`.
 */
export function exactByteSize(bytes: number): string {
  const spellings = ['TiB', 'GiB', 'MiB', 'KiB', 'TB', 'GB', 'MB', 'KB'].flatMap((unit) => {
    const factor = units[unit.toUpperCase()]!;
    return bytes >= factor && bytes % factor === 0 ? [`${bytes / factor}${unit}`] : [];
  });
  return spellings.reduce(
    (shortest, spelling) => (spelling.length < shortest.length ? spelling : shortest),
    String(bytes),
  );
}
