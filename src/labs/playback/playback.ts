import type { Mark } from '../journal/entry.js';

/** What is seen of an attempt at an instant: virtual microseconds since what is played began. */
export type Frame = { readonly at: number } & (
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
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** What somebody should know who looks on. */
  | { readonly kind: 'note'; readonly text: string }
);

/** A piece of what is played, in the order of its instants. */
export interface Part {
  /** The exam's task that is in front; undefined for a lab by itself. */
  readonly task: number | undefined;
  /** Instants that it begins and ends at; what lies between two parts was not sat. */
  readonly from: number;
  readonly until: number;
  readonly frames: readonly Frame[];
}

/** An attempt, or an exam, as it happened. */
export interface Playback {
  readonly title: string;
  /** The instant of its end, as far as its file tells. */
  readonly length: number;
  /** What the person should know first, a line each. */
  readonly notices: readonly string[];
  /** The next piece; undefined at the end. */
  next(): Promise<Part | undefined>;
  /** Why it ended before its file did. */
  readonly ending: string | undefined;
  close(): Promise<void>;
}
