import type { MachineInput, Timing } from '../../clusters/port.js';

/** The version of the journal's form; a journal of another is kept and not continued. */
export const JOURNAL_VERSION = 1;

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
  /** Real time, ISO 8601. */
  readonly started: string;
}

/** What a person did beside the terminal. */
export type Mark = 'graded' | 'hint' | 'looked' | 'solution';

/** A line after the header. Instants are virtual microseconds, sequence numbers count from 1. */
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
  | { readonly n: number; readonly t: number; readonly mark: Mark };

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
