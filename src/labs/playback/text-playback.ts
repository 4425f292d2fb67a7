import type { JournalEntry } from '../journal/entry.js';
import { type Journal, JournalError, readJournal } from '../journal/reader.js';
import { playableText } from './playable.js';
import type { Frame, Part, Playback } from './playback.js';

/** No attempt lasts longer: a file that says so is wrong. */
const SPAN_MAX = 48 * 3_600_000_000;
/** Frames that are given at once. */
const ENTRIES_AT_ONCE = 500;

/** Plays an attempt on a real cluster: what its terminals showed is shown again, and nothing is done again. */
export class TextPlayback implements Playback {
  readonly title: string;
  readonly length: number;
  readonly notices: readonly string[];
  readonly ending = undefined;
  private readonly entries: readonly JournalEntry[];
  private read = 0;
  private at = 0;

  private constructor(journal: Journal, title: string, inExam: boolean) {
    const { entries, senseless } = playableText(journal.entries, SPAN_MAX);
    const { cut, damagedLine, header } = journal;
    this.title = title;
    this.entries = entries;
    this.length = entries.at(-1)?.t ?? 0;
    this.notices = [
      ...(inExam ? [] : [shownAgain(header.real?.cluster)]),
      ...(damagedLine !== undefined
        ? [`The file is damaged from line ${damagedLine} on: it is played up to there.`]
        : []),
      ...(cut && damagedLine === undefined ? ['The last line of the file was cut; the rest is played.'] : []),
      // The first line is the header.
      ...(senseless === undefined
        ? []
        : [`Line ${senseless + 1} of the file makes no sense: it is played up to there.`]),
    ];
  }

  /**
   * Reads a journal. `inExam`: it is played as a task of its exam, which says where it was. Throws `JournalError`; also for
   * one that was on a simulated cluster.
   */
  static open(path: string, titleOf: (lab: string) => string, { inExam = false } = {}): TextPlayback {
    const journal = readJournal(path, 'sound');
    if (!journal.header.real) throw new JournalError(path, 'it was on a simulated cluster');
    return new TextPlayback(journal, titleOf(journal.header.lab), inExam);
  }

  async next(): Promise<Part | undefined> {
    if (this.read >= this.entries.length) return undefined;
    const from = this.at;
    const some = this.entries.slice(this.read, this.read + ENTRIES_AT_ONCE);
    this.read += some.length;
    this.at = some.at(-1)?.t ?? from;
    return { task: undefined, from, until: this.at, frames: some.flatMap(framesOf) };
  }

  async close(): Promise<void> {
    this.read = this.entries.length;
  }
}

/** What a person should know of what was on a real cluster. */
export function shownAgain(cluster: string | undefined): string {
  return `It was on ${cluster}: what the terminals showed is shown again, and nothing is done again.`;
}

/** What is seen of an entry. */
function framesOf(entry: JournalEntry): Frame[] {
  const at = entry.t;
  if ('shown' in entry)
    return [{ at, kind: 'output', terminal: entry.shown, bytes: new Uint8Array(Buffer.from(entry.text)) }];
  if ('typed' in entry) return [{ at, kind: 'typed', terminal: entry.typed }];
  if ('line' in entry) return [{ at, kind: 'line', line: entry.line }];
  if ('mark' in entry) return [{ at, kind: 'mark', mark: entry.mark }];
  if ('leftOut' in entry)
    return [
      { at, kind: 'note', text: `Here ${entry.leftOut} characters of output were not kept: there were too many.` },
    ];
  if (!('input' in entry)) return [];
  const { input } = entry;
  if (input.kind === 'open-terminal') {
    const { terminal, host, columns, rows } = input;
    return [{ at, kind: 'opened', terminal, host, columns, rows }];
  }
  if (input.kind !== 'resize') return [];
  const { terminal, columns, rows } = input;
  return [{ at, kind: 'resized', terminal, columns, rows }];
}
