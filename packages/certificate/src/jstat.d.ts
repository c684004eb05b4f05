/** What is used of the library, which has no types of its own. */
declare module 'jstat' {
  interface Statistics {
    readonly chisquare: { cdf(value: number, degreesOfFreedom: number): number };
    erfc(value: number): number;
  }
  const library: { readonly jStat: Statistics };
  export default library;
}
