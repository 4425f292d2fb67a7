/** One thing that is measured in a run of `npm run bench`. */
export interface Benchmark {
  /** What is measured, in words: the row's name. */
  name: string;
  /** The unit of what `measure` returns. */
  unit: 'ms' | 'µs' | '/s' | 'MB' | 'kB';
  /** What it is compared with: the bare `node -e 0` of the same run, or a reference that it brings. */
  against: 'bare start' | { name: string; measure: () => number | Promise<number> };
  /** What the ratio (or, with `aimIsAbsolute`, the value) should not exceed. */
  aimMax?: number;
  /** What it should not fall below, where more is better. */
  aimMin?: number;
  /** Whether the aim is about the value rather than the ratio. */
  aimIsAbsolute?: true;
  /** How often it is measured; 7 times when left out. */
  rounds?: number;
  /** How long the row may take, where 45 s are too few. */
  secondsMax?: number;
  /** Why it cannot be measured here, or undefined when it can. */
  skip?: () => string | undefined;
  /** Ends what it left running between rounds. */
  end?: () => void | Promise<void>;
  /** Measures once and returns the value in `unit`. */
  measure: () => number | Promise<number>;
}
