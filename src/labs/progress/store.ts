import { existsSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LowSync } from 'lowdb';
import { inTurn } from '../../clusters/in-turn.js';
import { copyWhole, writeWhole } from '../../clusters/write-whole.js';
import type { CardMemory } from '../cards/card-memory.js';
import { HomeError, privateFolder } from '../home.js';
import type { ExamRecord } from './exam-record.js';
import type { LessonRecord } from './lesson-record.js';
import { type Attempt, NO_PROGRESS, PROGRESS_VERSION, type Progress, progressOf } from './model.js';
import { openAttempts } from './recover.js';

/** What happened when progress was opened that the person should know. */
export type Notice = string;

/**
 * A person's progress on disk. Every change is written at once and whole; the copy before it is kept. A damaged file is
 * set aside under a name of its own, never overwritten.
 */
export class ProgressStore {
  readonly notices: readonly Notice[];
  private readonly path: string;
  private readonly database: LowSync<Progress>;

  private constructor(path: string, progress: Progress, notices: readonly Notice[]) {
    this.path = path;
    this.notices = notices;
    const write = (data: Progress): void => writeWhole(path, JSON.stringify(data, undefined, 2));
    this.database = new LowSync<Progress>({ read: () => null, write }, progress);
    this.database.data = progress;
  }

  /** Opens the progress below a home directory, making it when there is none. Throws when written by a newer program. */
  static open(home: string): ProgressStore {
    const folder = privateFolder(home);
    const path = join(folder, 'progress.json');
    const backup = join(folder, 'progress.last-good.json');
    if (!existsSync(path))
      return new ProgressStore(path, existsSync(backup) ? (tryRead(backup) ?? NO_PROGRESS) : NO_PROGRESS, []);
    const progress = tryRead(path);
    if (progress) return new ProgressStore(path, progress, []);
    const aside = setAside(path);
    const good = existsSync(backup) ? tryRead(backup) : undefined;
    const outcome = good ? 'The last good copy is used.' : 'There is no good copy; progress begins anew.';
    const kept = good ?? NO_PROGRESS;
    const recovered = openAttempts(folder, kept.attempts);
    const found =
      recovered.length === 0
        ? ''
        : ` ${recovered.length === 1 ? 'An unfinished attempt was' : `${recovered.length} unfinished attempts were`} found again by what was typed.`;
    const store = new ProgressStore(path, { ...kept, attempts: [...kept.attempts, ...recovered] }, [
      `The progress file was damaged and has been set aside as ${aside}. ${outcome}${found}`,
    ]);
    if (recovered.length > 0) store.write();
    return store;
  }

  get progress(): Progress {
    return this.database.data;
  }

  /** Adds an attempt, or replaces the one with the same id. */
  save(attempt: Attempt): void {
    this.saveAll([attempt]);
  }

  /** The same with several: all of them are kept, or none. */
  saveAll(attempts: readonly Attempt[]): void {
    this.change((current) => ({ ...current, attempts: attempts.reduce(withOne, current.attempts) }));
  }

  /** Notes how far a person is in a lesson. */
  saveLesson(name: string, lesson: LessonRecord): void {
    this.change((current) => ({ ...current, lessons: { ...current.lessons, [name]: lesson } }));
  }

  /** Notes what is remembered of a card. */
  saveCard(id: string, memory: CardMemory): void {
    this.change((current) => ({ ...current, cards: { ...current.cards, [id]: memory } }));
  }

  /** Adds an exam, or replaces the one with the same id. */
  saveExam(exam: ExamRecord): void {
    this.change((current) => ({ ...current, exams: withOne(current.exams, exam) }));
  }

  /**
   * Puts other progress in the place of all there is, made of what lies on disk now. What there was is kept beside it, in
   * a file named for what is done and when; returns that file's path.
   */
  exchange(doing: string, change: (current: Progress) => Progress): string {
    const backup = freeName(this.path.replace(/\.json$/, `.before-${doing}-${stamp()}`), '.json');
    this.change((current) => {
      try {
        writeWhole(backup, JSON.stringify(current, undefined, 2));
      } catch (error) {
        throw new HomeError(backup, error);
      }
      return change(current);
    });
    return backup;
  }

  /** Changes what lies on disk now, with no other kubedrill in between. */
  private change(edit: (current: Progress) => Progress): void {
    inTurn(join(dirname(this.path), 'progress.lock'), () => {
      this.database.data = edit(this.takeUpNewest());
      this.write();
    });
  }

  private write(): void {
    try {
      this.database.write();
    } catch (error) {
      throw new HomeError(this.path, error);
    }
  }

  /** What lies on disk now, for another kubedrill may have written since; kept as the last good copy when it is good. */
  private takeUpNewest(): Progress {
    if (!existsSync(this.path)) return this.progress;
    const newest = tryRead(this.path);
    if (newest) this.keepCopies();
    else setAside(this.path);
    return newest ?? this.progress;
  }

  /** The last good copy; of an older form one more, since the program that wrote it reads no other. */
  private keepCopies(): void {
    const beside = (name: string): string => this.path.replace(/progress\.json$/, name);
    try {
      const { version } = JSON.parse(readFileSync(this.path, 'utf8')) as { readonly version: number };
      copyWhole(this.path, beside('progress.last-good.json'));
      if (version !== PROGRESS_VERSION) copyWhole(this.path, beside(`progress.version-${version}.json`));
    } catch (error) {
      throw new HomeError(this.path, error);
    }
  }
}

/** A list with a thing put in the place of the one with its id, or at the end. */
function withOne<T extends { readonly id: string }>(things: readonly T[], thing: T): readonly T[] {
  return [...things.filter(({ id }) => id !== thing.id), thing];
}

/** Progress written by a newer program: it is neither read nor touched. */
export class NewerProgressError extends Error {
  constructor(path: string, version: unknown) {
    super(
      `${path} was written by a newer kubedrill (version ${String(version)} of its form). Update kubedrill, or set KUBEDRILL_HOME to another folder.`,
    );
    this.name = 'NewerProgressError';
  }
}

/** Moves a damaged file out of the way under a name that tells when; returns its new path. */
function setAside(path: string): string {
  const aside = freeName(path.replace(/\.json$/, `.damaged-${stamp()}`), '.json');
  try {
    renameSync(path, aside);
  } catch (error) {
    throw new HomeError(path, error);
  }
  return aside;
}

/** The moment, as a file's name may have it. */
function stamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-');
}

/** A path at which nothing lies yet. */
function freeName(stem: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `${stem}${ending}` : `${stem}-${number}${ending}`;
    if (!existsSync(path)) return path;
  }
}

function tryRead(path: string): Progress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw new HomeError(path, error, 'read');
  }
  const { version } = (value ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > PROGRESS_VERSION) throw new NewerProgressError(path, version);
  return progressOf(value);
}
