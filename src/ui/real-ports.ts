/** How an attempt on a real cluster differs from one on a simulated one. */
export interface RealView {
  /** As it is written after `--cluster`. */
  readonly cluster: string;
  /** Some checks change the cluster: after grading one cannot go on. */
  readonly gradingEnds: boolean;
  /** It can be left as it stands and gone on with; otherwise leaving ends it. */
  readonly canBeLeft: boolean;
}

/** What is told of something that takes long. */
export type OnStep = (step: string, at?: StepPlace) => void;

/** Which step it is, from 1, and how many there are at most. */
export interface StepPlace {
  readonly number: number;
  readonly of: number;
}

/** What an attempt on a real cluster has besides. */
export interface RealPort extends RealView {
  /** Checks have changed the cluster, so that the attempt is over whatever became of them. */
  readonly isSpent: boolean;
  /** Opens a shell in the whole window, until it ends. */
  wholeWindow(): void;
  /** As `leave`; gives what could not be put back as it was, a sentence each. */
  leave(how: { readonly finished: boolean }, onStep: OnStep): Promise<readonly string[]>;
}
