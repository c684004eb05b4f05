/** An implementation by others, which comes without types. */
declare module 'murmurhash3js-revisited' {
  const murmurHash3: {
    /** h1, h2, h3, h4 as 8 hexadecimal digits each, most significant first. */
    readonly x86: { readonly hash128: (bytes: Uint8Array, seed: number) => string };
  };
  export default murmurHash3;
}
