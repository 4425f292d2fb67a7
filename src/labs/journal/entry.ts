import type { Baseline } from '../../checker/baseline.js';
import type { MachineInput, Timing } from '../../clusters/port.js';
import type { Place } from '../../clusters/real/real-cluster.js';

/** The version of the journal's form; a journal of another is kept and not continued. */
export const JOURNAL_VERSION = 1;
/** That of attempts on real clusters, which older programs cannot read. */
export const REAL_JOURNAL_VERSION = 2;

/** A journal's first line: all that a machine's life depends on beside its inputs. */
export interface JournalHeader {
  readonly kubedrill: 'journal';
  readonly version: number;
  /** The program that wrote it; another one may simulate otherwise. */
  readonly program: string;
  readonly lab: string;
  /** Of the lab's file. */
  readonly content: string;
  readonly seed: string;
  readonly salt: string;
  readonly timing: Timing;
  /** Virtual microseconds at which the world was handed over. */
  readonly epoch: number;
  /** Files were edited outside; what was saved stands among the inputs. */
  readonly ownEditor?: boolean;
  /** The exam that it is a task of. */
  readonly exam?: string;
  /** Hosts of other machines that the base knows. */
  readonly neighbours?: readonly string[];
  /** The attempt that was left at a moment from which this one goes on. */
  readonly continues?: string;
  /** There where it is an attempt on a real cluster: nothing can be done again there, so what was shown is kept as text. */
  readonly real?: RealHeader;
  /** Real time, ISO 8601. */
  readonly started: string;
}

/** What an attempt on a real cluster is gone on with. */
export interface RealHeader {
  /** As it is written after `--cluster`. */
  readonly cluster: string;
  readonly place: Place;
  readonly baseline: Baseline;
}

/** What a person did beside the terminal; `spent`: checks begin to change a real cluster. */
export type Mark = 'graded' | 'hint' | 'looked' | 'solution' | 'spent' | 'window';

/**
 * A line after the header. Instants are virtual microseconds, on a real cluster those of the task's clock since the
 * hand-over; sequence numbers count from 1.
 */
export type JournalEntry =
  | {
      readonly n: number;
      readonly t: number;
      readonly input: MachineInput;
      /** The number of a terminal that is opened beside others; one without takes the place of the only one. */
      readonly tab?: number;
    }
  /** Time passed up to here. */
  | { readonly n: number; readonly t: number; readonly clock: true }
  /** A hash of all that had happened, for comparison on replay. */
  | { readonly n: number; readonly t: number; readonly hash: string }
  /** Something the person did beside the terminal. */
  | { readonly n: number; readonly t: number; readonly mark: Mark }
  /** What a terminal on a real cluster showed; what was typed is in it as far as it was shown, and so no password is. */
  | { readonly n: number; readonly t: number; readonly shown: number; readonly text: string }
  /** The person typed in this terminal of a real cluster, having typed in another before. */
  | { readonly n: number; readonly t: number; readonly typed: number }
  /** A line that was entered on a real cluster, as it was shown. */
  | { readonly n: number; readonly t: number; readonly line: string }
  /** Output was left out: there was more than is kept. */
  | { readonly n: number; readonly t: number; readonly leftOut: number };

/** Bytes are written as base64; everything else as it is. */
export function encodeEntry(entry: JournalEntry): string {
  return JSON.stringify(entry, function (this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
    // What `toJSON` made of a Buffer is not looked at: the bytes themselves are.
    const bytes = this[key];
    return bytes instanceof Uint8Array ? { base64: Buffer.from(bytes).toString('base64') } : value;
  });
}

/** Reads a line written by `encodeEntry`. Throws SyntaxError for a line that was cut. */
export function decodeEntry(line: string): JournalEntry {
  return JSON.parse(line, (_, value: unknown) => {
    const encoded = value !== null && typeof value === 'object' && 'base64' in value ? value.base64 : undefined;
    return typeof encoded === 'string' ? new Uint8Array(Buffer.from(encoded, 'base64')) : value;
  }) as JournalEntry;
}
