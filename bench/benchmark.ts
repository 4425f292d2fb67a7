/** One thing that is measured in a run of `npm run bench`. */
export interface Benchmark {
  /** What is measured, in words: the row's name. */
  name: string;
  /** The unit of what `measure` returns. */
  unit: 'ms' | 'MB';
  /** What it is compared with: the bare `node -e 0` of the same run, or a reference that it brings. */
  against: 'bare start' | { name: string; measure: () => number | Promise<number> };
  /** What the ratio (or, with `aimIsAbsolute`, the value) should not exceed. */
  aimMax: number;
  /** Whether the aim is about the value rather than the ratio. */
  aimIsAbsolute?: true;
  /** Measures once and returns the value in `unit`. */
  measure: () => number | Promise<number>;
}
