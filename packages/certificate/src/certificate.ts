/** What a certificate says of an order: whether it could be a fair shuffle, or that it has too few rows to tell. */
export type Verdict = 'shuffled' | 'not-shuffled' | 'too-few-rows';

/** The tests, in the order in which they are told. `distance-correlation` is done for several distances. */
export type TestName =
  | 'group-share'
  | 'source-blocks'
  | 'runs'
  | 'distance-correlation'
  | 'rank-correlation'
  | 'kept-neighbours';

/** One figure of a certificate and what it says. */
export interface CertificateTest {
  readonly name: TestName;
  /** What is looked at, in a few words. */
  readonly title: string;
  /** The figure: chi-square, a count, or a correlation from −1 to 1. */
  readonly value: number;
  /** What the figure is on average over all orders. */
  readonly expected: number;
  /** How far `value` is from `expected`, in standard deviations of the figure over all orders. */
  readonly deviations: number;
  /** Of a chi-square. */
  readonly degreesOfFreedom?: number;
  /** Of a `distance-correlation`: how many rows apart, 1 for neighbours. */
  readonly distance?: number;
  /**
   * The share of all orders whose figure is as far off as this one, or further: 0.5 is ordinary, 1e-12 is not. Never below
   * `smallestChance`, which stands for all that is smaller.
   */
  readonly chance: number;
  /** Whether `chance` is at least the threshold. */
  readonly passed: boolean;
  /** What that means, for people. */
  readonly sentence: string;
}

/** Rows by where they came from and where they are, on a square grid. */
export interface Picture {
  /** Blocks on each side. */
  readonly size: number;
  /**
   * Rows of source block `column` in output block `row` at `row * size + column`, of the order with nothing moved: the diagonal.
   */
  readonly before: readonly number[];
  /** The same of the order that was judged. An even grey is a shuffle. */
  readonly after: readonly number[];
}

/** How well an order is shuffled. Plain JSON. */
export interface Certificate {
  readonly format: 'riffle-certificate-v1';
  readonly verdict: Verdict;
  /** Why, in sentences for people. At least one. */
  readonly reasons: readonly string[];
  /** Rows of the whole order. */
  readonly rows: number;
  /** Rows that were looked at: all, or `stretches` runs of consecutive rows. */
  readonly judgedRows: number;
  /** Runs of consecutive rows that were looked at, evenly spaced. */
  readonly stretches: number;
  /** Below this chance a test fails. */
  readonly threshold: number;
  /** A truly shuffled order is called unshuffled with at most this probability. */
  readonly falseAlarms: number;
  /** Empty with too few rows. */
  readonly tests: readonly CertificateTest[];
  readonly picture: Picture;
}
