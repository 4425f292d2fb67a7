/** What an expression becomes when it is compiled. */
import type { CelType } from './types.js';
import type { Value } from './values.js';

/** Lowest and highest cost, or size, that is possible. */
export interface Estimate {
  readonly min: number;
  readonly max: number;
}

/** How large the value at a path (`self`, `spec`, `@items`, …) can become; undefined where nothing is known. */
export type SizeEstimator = (path: readonly string[]) => Estimate | undefined;

/** Variables by name. Declared names that are left out are an error only where they are read. */
export type Variables = Readonly<Record<string, Value>>;

/** What came of one evaluation: a value or the text of an error, and what it cost. */
export type Evaluation =
  | { readonly value: Value; readonly error?: undefined; readonly cost: number }
  | { readonly value?: undefined; readonly error: string; readonly cost: number };

/** A compiled expression. */
export interface Program {
  readonly expression: string;
  readonly outputType: CelType;
  /** Names of the variables it reads. */
  readonly references: ReadonlySet<string>;
  /**
   * Runs the program. The cost limit is Kubernetes' limit per call (1,000,000) where none is given; beyond it the error is
   * `operation cancelled: actual cost limit exceeded`.
   */
  evaluate(variables: Variables, costLimit?: number): Evaluation;
  /** What it may cost at most, going by how large values can be. */
  estimateCost(sizes?: SizeEstimator): Estimate;
}

/**
 * A program, or all that is wrong with the expression, in cel-go's words, a mistake a paragraph; `failure` says why no
 * program can be made though the expression is right, which the server tells as `program instantiation failed: …`.
 */
export type Compiled =
  | { readonly program: Program; readonly issues?: undefined; readonly failure?: undefined }
  | { readonly program?: undefined; readonly issues: string; readonly failure?: undefined }
  | { readonly program?: undefined; readonly issues?: undefined; readonly failure: string };
