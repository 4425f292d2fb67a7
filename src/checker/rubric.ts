import type { Act } from './acting/act.js';

/** What a check looks at: one field that names the kind of check, and those that may stand beside it. */
export type Subject = Readonly<Record<string, unknown>>;

/** One line of a rubric. */
export type Check = Subject & {
  readonly id: string;
  readonly says: string;
  /** Why it matters; shown on failure. */
  readonly because?: string;
  /** The number of the requirement in the task it belongs to. */
  readonly serves?: number;
  /** Left out for guards. */
  readonly points?: number;
  /** Earns nothing and must hold; voids what it names when it does not. */
  readonly guard?: boolean;
  /** All points of the task when left out. */
  readonly voids?: readonly string[];
  /** Earns only when these pass too. */
  readonly counts_with?: readonly string[];
  /** Done on a copy of the cluster before the check looks at that copy. */
  readonly before?: readonly Act[];
};

/** How one check ended. */
export interface CheckResult {
  readonly id: string;
  readonly says: string;
  readonly guard: boolean;
  readonly serves: number | undefined;
  readonly passed: boolean;
  readonly points: number;
  readonly earned: number;
  readonly expected: string;
  readonly found: string;
  /** It could not be found out; `found` says why. */
  readonly undecided?: true;
  readonly because: string | undefined;
  /** It passed and earned nothing, since these checks failed: what they say. */
  readonly withheld?: readonly string[];
}

/** A graded task. */
export interface Report {
  readonly points: number;
  readonly total: number;
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
}
