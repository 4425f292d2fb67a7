import { existsSync } from 'node:fs';
import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { journalPath } from '../journal/place.js';
import { readJournal } from '../journal/reader.js';
import type { ProgressStore } from '../progress/store.js';
import type { LiveSession } from '../session/live-session.js';
import {
  type AttemptOptions,
  type PreparedMachine,
  prepareMachine,
  rebuildAttempt,
  resumeAttempt,
  startAttempt,
  taskAttempt,
} from '../session/open-attempt.js';
import { ExamLeftError } from './exam-errors.js';
import { hostNames } from './exam-tasks.js';

/** How an opened task is shown. */
export type TaskOptions = Pick<AttemptOptions, 'columns' | 'rows' | 'onStep'>;

export interface ExamMachinesParts {
  /** The exam's id. */
  readonly id: string;
  /** Of each task, by its number less one. */
  readonly instances: readonly LabInstance[];
  readonly home: string;
  readonly progress: ProgressStore;
  readonly program: string;
  readonly where: OpenOptions;
  /** Microseconds that should have passed at a task since it was first opened. */
  readonly follows: (number: number) => number;
  /** Told of each attempt that is there from now on. */
  readonly onOpen: (number: number, session: LiveSession) => void;
}

/** What a machine is as large as until somebody sits before it. */
const UNSEEN: TaskOptions = { columns: 80, rows: 24 };

/**
 * The machines of an exam's tasks, each made when its task is first wanted or a little before. One that is gone, as with
 * its thread, is made again from its journal the next time.
 */
export class ExamMachines {
  private readonly parts: ExamMachinesParts;
  private readonly sessions = new Map<number, Promise<LiveSession>>();
  private readonly prepared = new Map<number, PreparedMachine>();
  /** Sessions that failed and are being put away. */
  private readonly failed = new Map<number, Promise<void>>();
  private ended = false;

  constructor(parts: ExamMachinesParts) {
    this.parts = parts;
  }

  /** A task's attempt, begun, gone on with, or as it is. Throws what opening an attempt throws, and `ExamLeftError`. */
  async open(number: number, options: TaskOptions = UNSEEN): Promise<LiveSession> {
    if (this.closed) throw new ExamLeftError();
    const present = this.sessions.get(number);
    if (present) return present;
    const opening = this.begin(number, options);
    this.sessions.set(number, opening);
    opening.catch(() => this.forget(number, opening));
    return opening;
  }

  /** Makes a machine that does not answer again of what it had taken up; its thread, which it blocks, ends. */
  async rebuild(number: number, options: TaskOptions): Promise<LiveSession> {
    const stuck = await this.sessions.get(number);
    if (!stuck || this.closed) return this.open(number, options);
    const all = { ...this.attemptOptions(number), ...options, fromBase: true };
    const opening = this.attend(number, rebuildAttempt(stuck, all));
    this.sessions.set(number, opening);
    opening.catch(() => this.forget(number, opening));
    return opening;
  }

  /** Makes a task's machine before it is asked for; one that was begun goes on out of sight. */
  async prepare(number: number): Promise<void> {
    if (this.closed || this.sessions.has(number)) return;
    if (this.wasBegun(number)) {
      const session = await this.open(number);
      session.keepPace('behind');
      return;
    }
    if (this.prepared.has(number)) return;
    const machine = prepareMachine(this.instance(number), this.attemptOptions(number));
    const forget = (): void => {
      if (this.prepared.get(number) === machine) this.prepared.delete(number);
    };
    this.prepared.set(number, machine);
    await machine.opened.then(({ cluster }) => cluster.onFailure(forget), forget);
  }

  /** The task that a host belongs to; a base belongs to none. */
  taskOf(host: string): number | undefined {
    const index = this.parts.instances.findIndex((instance) => hostNames(instance).includes(host));
    return index < 0 ? undefined : index + 1;
  }

  /** All that are there, with the numbers of their tasks; those that are just being opened are waited for. */
  async all(): Promise<[number, LiveSession][]> {
    const present = [...this.sessions].map(
      async ([number, opening]): Promise<[number, LiveSession]> => [number, await opening],
    );
    const settled = await Promise.allSettled(present);
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  /** Whether all was ended, and no machine is made any more. */
  get closed(): boolean {
    return this.ended;
  }

  /** Lets a machine go; its task goes on with another one. */
  async drop(number: number): Promise<void> {
    const opening = this.sessions.get(number);
    this.sessions.delete(number);
    const session = await opening?.catch(() => undefined);
    await session?.leave({ finished: false }).catch(() => {});
  }

  /** Ends all machines, those that are being made too; no other is made from now on. */
  async close({ finished }: { readonly finished: boolean }): Promise<void> {
    this.ended = true;
    const machines = [...this.prepared.values()].map(async ({ opened }) => (await opened).cluster.close());
    const sessions = [...this.sessions.values()].map(async (opening) => (await opening).leave({ finished }));
    await Promise.allSettled([...machines, ...sessions, ...this.failed.values()]);
  }

  private async begin(number: number, options: TaskOptions): Promise<LiveSession> {
    await this.failed.get(number);
    return this.attend(number, this.attempt(number, options));
  }

  /** An attempt from the moment it is there; where all was closed meanwhile, it ends at once. */
  private async attend(number: number, opening: Promise<LiveSession>): Promise<LiveSession> {
    const session = await opening;
    if (this.closed) {
      await session.leave({ finished: false });
      throw new ExamLeftError();
    }
    this.parts.onOpen(number, session);
    const mine = this.sessions.get(number);
    session.onFailure(() => {
      this.forget(number, mine);
      // Its journal is another's from now on.
      this.failed.set(
        number,
        session.leave({ finished: false }).catch(() => {}),
      );
    });
    return session;
  }

  /** A task that was begun before has a journal, and goes on where that ends. */
  private async attempt(number: number, options: TaskOptions): Promise<LiveSession> {
    const id = taskAttempt(this.parts.id, number);
    const all = { ...this.attemptOptions(number), ...options, fromBase: true };
    if (this.wasBegun(number))
      return resumeAttempt(readJournal(journalPath(this.parts.home, id)), this.instance(number), id, all);
    const machine = this.prepared.get(number);
    this.prepared.delete(number);
    // One that could not be made is tried once more, and then its reason is told.
    const prepared = await machine?.opened.then(
      () => machine,
      () => undefined,
    );
    return startAttempt(this.instance(number), { ...all, prepared });
  }

  private wasBegun(number: number): boolean {
    return existsSync(journalPath(this.parts.home, taskAttempt(this.parts.id, number)));
  }

  private forget(number: number, opening: Promise<LiveSession> | undefined): void {
    if (this.sessions.get(number) === opening) this.sessions.delete(number);
  }

  private attemptOptions(number: number): Omit<AttemptOptions, keyof TaskOptions> {
    const { id, home, progress, program, where, follows } = this.parts;
    return {
      home,
      progress,
      program,
      where,
      exam: { id, number, neighbours: this.neighbours(number), follows: () => follows(number) },
    };
  }

  /** Hosts of all other tasks. */
  private neighbours(number: number): string[] {
    return this.parts.instances.flatMap((instance, index) => (index + 1 === number ? [] : hostNames(instance)));
  }

  private instance(number: number): LabInstance {
    const instance = this.parts.instances[number - 1];
    if (!instance) throw new Error(`the exam has no task ${number}`);
    return instance;
  }
}
