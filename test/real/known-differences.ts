/** A difference between the simulated and the real cluster that is known, and why it is so. */
export interface KnownDifference {
  readonly lab: string;
  /** Words of the case; all cases when left out. */
  readonly case?: string;
  /** A check's id, `-` where nothing could be graded; all checks when left out. */
  readonly check?: string;
  readonly because: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
