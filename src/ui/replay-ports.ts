/** What is seen at an instant: microseconds since what is played began. */
export type ReplayFrame = { readonly at: number } & (
  | {
      readonly kind: 'opened';
      readonly terminal: number;
      readonly host: string;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly kind: 'resized'; readonly terminal: number; readonly columns: number; readonly rows: number }
  /** The person typed there. */
  | { readonly kind: 'typed'; readonly terminal: number }
  | { readonly kind: 'output'; readonly terminal: number; readonly bytes: Uint8Array }
  /** A shell read a line. */
  | { readonly kind: 'line'; readonly line: string }
  /** What the person did beside the terminal. */
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'note'; readonly text: string }
);

/** A piece of what is played. What lies between two of them was not sat. */
export interface ReplayPart {
  /** The exam's task that is in front; undefined for a lab by itself. */
  readonly task: number | undefined;
  readonly from: number;
  readonly until: number;
  readonly frames: readonly ReplayFrame[];
}

/** An attempt, or an exam, that is played. */
export interface Replay {
  readonly title: string;
  /** Microseconds until its end. */
  readonly length: number;
  readonly notices: readonly string[];
  /** The next piece; undefined at the end. */
  next(): Promise<ReplayPart | undefined>;
  /** Why it ended before its file did; known at the end. */
  readonly ending: string | undefined;
  close(): Promise<void>;
}

/** What the screens play. */
export interface ReplayPort {
  /** As often as one likes: each plays from the beginning. */
  open(): Promise<Replay>;
  /** How many times as quickly as it happened. */
  readonly speed: number;
  /** Longer pauses are cut to this; seconds of the recording. Undefined: none is. */
  readonly idleSeconds: number | undefined;
}
