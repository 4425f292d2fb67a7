import { join, resolve } from 'node:path';
import { HomeError, privateFolder } from '../home.js';
import { type Lines, LineWriter, readLines } from '../journal/lines.js';
import { AttemptLock } from '../journal/lock.js';
import { dropCutEntry, JournalError } from '../journal/reader.js';
import { refusalReason } from '../refusal-reason.js';
import { EXAM_VERSION, type ExamEntry, type ExamEvent, type ExamHeader } from './exam-entry.js';
import { advanceExam, type ExamState, NEW_EXAM } from './exam-state.js';

/** The folder of all exams, below the person's directory. */
export const EXAMS = 'exams';

/** Where an exam's file lies. */
export function examPath(home: string, id: string): string {
  return join(resolve(home), EXAMS, `${id}.jsonl`);
}

/** An entry that has no number yet. */
type Noted = ExamEvent & { readonly at: number };

/** An exam as its file tells it. */
export interface StoredExam {
  readonly path: string;
  readonly header: ExamHeader;
  readonly state: ExamState;
  readonly entries: number;
}

/** An exam with all that its file holds as far as it is sound. */
export type ReadExam = StoredExam &
  Pick<Lines<ExamEntry>, 'wholeBytes' | 'cut' | 'damagedLine'> & { readonly all: readonly ExamEntry[] };

/** Reads an exam's file as far as it is sound. Throws `JournalError` where there is nothing to go on with. */
export function readExam(path: string): ReadExam {
  const { first, entries, wholeBytes, cut, damagedLine } = linesOf(path);
  const header = headerOf(path, first);
  return {
    path,
    header,
    state: entries.reduce(advanceExam, NEW_EXAM),
    entries: entries.length,
    all: entries,
    wholeBytes,
    cut,
    damagedLine,
  };
}

/**
 * The file of an exam that is being sat. What happened holds even while it cannot be written, as on a full disk: it is
 * written as soon as that is possible, in its order.
 */
export class ExamJournal {
  readonly header: ExamHeader;
  private readonly lines: LineWriter;
  private count: number;
  private current: ExamState;
  private readonly unwritten: Noted[] = [];

  private constructor(header: ExamHeader, lines: LineWriter, count: number, state: ExamState) {
    this.header = header;
    this.lines = lines;
    this.count = count;
    this.current = state;
  }

  /** Begins an exam's file below the person's directory. Throws `HomeError` where nothing can be written. */
  static create(home: string, id: string, header: ExamHeader): ExamJournal {
    privateFolder(home, EXAMS);
    return new ExamJournal(header, LineWriter.create(examPath(home, id), JSON.stringify(header)), 0, NEW_EXAM);
  }

  /**
   * Goes on with an exam's file after its last whole line; where more than that line is damaged, the rest is kept beside
   * it. Throws `AttemptOpenError` when another program has it open,
   * and `JournalError`.
   */
  static resume(path: string): ExamJournal {
    const lock = AttemptLock.take(path);
    try {
      const { header, state, entries, ...found } = readExam(path);
      dropCutEntry(found);
      return new ExamJournal(header, LineWriter.resume(path, lock), entries, state);
    } catch (error) {
      lock.release();
      throw error instanceof JournalError ? error : new HomeError(path, error);
    }
  }

  get state(): ExamState {
    return this.current;
  }

  /** Notes an event at an instant of the exam's clock. Throws `HomeError` where it cannot be written yet. */
  note(event: ExamEvent, at: number): void {
    const noted: Noted = { at: Math.max(at, this.current.elapsed), ...event };
    this.current = advanceExam(this.current, noted);
    // What comes later says how far the clock is, too.
    const last = this.unwritten.at(-1);
    if (last && 'clock' in last) this.unwritten.pop();
    this.unwritten.push(noted);
    this.write();
  }

  /** Writes what could not be written before. Throws `HomeError`. */
  private write(): void {
    for (let [noted] = this.unwritten; noted; [noted] = this.unwritten) {
      this.lines.append(JSON.stringify({ n: this.count + 1, ...noted }));
      this.count += 1;
      this.unwritten.shift();
    }
  }

  close(): void {
    this.lines.close();
  }
}

function linesOf(path: string): ReturnType<typeof readLines<ExamEntry>> {
  try {
    return readLines(path, decode);
  } catch (error) {
    throw new JournalError(path, refusalReason(error as NodeJS.ErrnoException));
  }
}

function headerOf(path: string, line: string | undefined): ExamHeader {
  const header = (line === undefined ? undefined : parsed(line)) as Partial<ExamHeader> | undefined;
  if (header?.kubedrill !== 'exam') throw new JournalError(path, "its first line is not that of an exam's file");
  if (header.version !== EXAM_VERSION)
    throw new JournalError(path, `it has version ${header.version}, and this program reads version ${EXAM_VERSION}`);
  const whole =
    typeof header.seed === 'string' &&
    typeof header.minutes === 'number' &&
    typeof header.started === 'string' &&
    Array.isArray(header.domains) &&
    Array.isArray(header.tasks);
  if (!whole) throw new JournalError(path, 'its first line does not say what was asked');
  return header as ExamHeader;
}

const ENDINGS: ReadonlySet<unknown> = new Set(['finished', 'time', 'given-up']);

function decode(line: string): ExamEntry | undefined {
  const value = parsed(line) as Record<string, unknown> | null | undefined;
  if (value === null || typeof value !== 'object') return undefined;
  const { n, at, clock, opened, flag, on, notes, reached, resumed, ended } = value;
  const known =
    clock === true ||
    typeof opened === 'number' ||
    typeof reached === 'number' ||
    (typeof flag === 'number' && typeof on === 'boolean') ||
    typeof notes === 'string' ||
    resumed === true ||
    ENDINGS.has(ended);
  return typeof n === 'number' && typeof at === 'number' && known ? (value as unknown as ExamEntry) : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
