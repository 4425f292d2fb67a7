/** What is known of a part of an expression when its cost is estimated. */
import type { Estimate } from '../program.js';
import type { Node } from '../syntax/ast.js';
import type { CelType } from '../types.js';

/** A part of an expression. */
export interface Part {
  readonly node: Node;
  readonly type: CelType;
  /** How it is reached from a variable, where it is. */
  readonly path: readonly string[];
  /** Its size, where the expression itself tells. */
  readonly size: Estimate | undefined;
}

/** What a call may cost, beside its arguments, and how large its result may be. */
export interface CallEstimate {
  readonly cost: Estimate;
  readonly size?: Estimate;
}

/** What function estimates go by. */
export interface Estimator {
  /** A part's size; anything where nothing is known. */
  sizeOf(part: Part): Estimate;
  /** The size of the elements of a list, undefined where it is none of which the elements are known. */
  element(list: Part): { readonly type: CelType; readonly size: Estimate } | undefined;
}
