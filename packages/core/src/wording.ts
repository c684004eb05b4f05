const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,234,567`. */
export function count(value: number): string {
  return counts.format(value);
}

/** `1 shard`, `2 shards`. */
export function counted(value: number, thing: string): string {
  return `${count(value)} ${thing}${value === 1 ? '' : 's'}`;
}

/** `0.42 s`, `12.3 s`, `12 s` for a whole number, `1 min 12 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  if (Number.isInteger(seconds) && seconds < 60) return `${seconds} s`;
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 9.95 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
