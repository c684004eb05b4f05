/** The sum mod 2^128 of fingerprints, each and the sum as 32 lower-case hexadecimal digits. */
export function sumOfFingerprints(parts: readonly { readonly fingerprint: string }[]): string {
  const sum = parts.reduce((total, { fingerprint }) => total + BigInt(`0x${fingerprint}`), 0n);
  return BigInt.asUintN(128, sum).toString(16).padStart(32, '0');
}
