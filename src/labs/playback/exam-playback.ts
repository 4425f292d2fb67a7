import type { ReadExam } from '../exam/exam-journal.js';
import { examVisits, tasksBegan, type Visit } from './exam-visits.js';
import type { Frame, Part, Playback } from './playback.js';
import { shownAgain } from './text-playback.js';

const MICROS = 1000;

/** Opens what was done at a task. Throws what says why that is impossible. */
export type OpenTask = (number: number) => Promise<Playback>;

/** A task that is played, and what it has shown beyond the visit it was played for. */
interface Sat {
  readonly playback: Playback | undefined;
  readonly frames: Frame[];
  /** As far as it was played: micros of the exam's clock. */
  reached: number;
  over: boolean;
}

/** Plays an exam: its tasks as they were in front, one after another and again. Machines are made when they are wanted. */
export class ExamPlayback implements Playback {
  readonly title: string;
  readonly length: number;
  readonly notices: readonly string[];
  readonly ending = undefined;
  private readonly visits: readonly Visit[];
  private readonly began: ReadonlyMap<number, number>;
  private readonly openTask: OpenTask;
  private readonly sat = new Map<number, Sat>();
  private visit = 0;
  /** As far as it was played; micros. */
  private played = 0;
  private closed = false;

  constructor({ header, all, cut, damagedLine }: ReadExam, openTask: OpenTask) {
    this.title = header.title;
    this.visits = examVisits(all);
    this.began = tasksBegan(all);
    this.length = (this.visits.at(-1)?.until ?? 0) * MICROS;
    this.openTask = openTask;
    this.notices = [
      ...(header.real ? [shownAgain(header.real.cluster)] : []),
      ...(damagedLine !== undefined
        ? [`The exam's file is damaged from line ${damagedLine} on: it is played up to there.`]
        : []),
      ...(cut && damagedLine === undefined ? ["The last line of the exam's file was cut; the rest is played."] : []),
    ];
  }

  async next(): Promise<Part | undefined> {
    const visit = this.visits[this.visit];
    if (!visit || this.closed) return undefined;
    const { task } = visit;
    const from = visit.from * MICROS;
    const until = visit.until * MICROS;
    const notes: Frame[] = [];
    const sat = this.sat.get(task) ?? (await this.sit(task, from, notes));
    const begun = Math.max(from, this.played);
    if (sat.frames.length === 0) await this.pull(sat, task, notes, begun);
    const cut = sat.frames.findIndex(({ at }) => at >= until);
    const frames = sat.frames.splice(0, cut < 0 ? sat.frames.length : cut);
    const end = sat.over || cut >= 0 ? until : Math.max(begun, Math.min(until, sat.reached));
    this.played = end;
    if (end >= until) await this.leave(visit, sat);
    return {
      task,
      from: begun,
      until: end,
      // What it showed while another was in front is there when it is again.
      frames: [...notes, ...frames].map((frame): Frame => ({ ...frame, at: Math.max(frame.at, from) })),
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.sat.values()].map(({ playback }) => playback?.close()));
  }

  /** Makes a task's machine. What cannot be played is told in its place, and the exam goes on. */
  private async sit(task: number, at: number, notes: Frame[]): Promise<Sat> {
    const note = (text: string): void => void notes.push({ at, kind: 'note', text });
    let playback: Playback | undefined;
    try {
      playback = await this.openTask(task);
      if (this.closed) await playback.close();
      for (const text of playback.notices) note(text);
    } catch (error) {
      note(`Task ${task} cannot be played: ${error instanceof Error ? error.message : String(error)}`);
    }
    const reached = (this.began.get(task) ?? 0) * MICROS;
    const sat: Sat = { playback, frames: [], reached, over: playback === undefined };
    this.sat.set(task, sat);
    return sat;
  }

  /** Takes a task's next piece, at the exam's instants. */
  private async pull(sat: Sat, task: number, notes: Frame[], at: number): Promise<void> {
    if (sat.over) return;
    const offset = (this.began.get(task) ?? 0) * MICROS;
    const part = await sat.playback?.next();
    if (part) {
      sat.frames.push(...part.frames.map((frame): Frame => ({ ...frame, at: frame.at + offset })));
      sat.reached = part.until + offset;
      return;
    }
    sat.over = true;
    const ending = sat.playback?.ending;
    if (ending !== undefined) notes.push({ at, kind: 'note', text: `Task ${task}: ${ending}.` });
  }

  /** On to the next visit; a machine that is not wanted again goes. */
  private async leave({ task }: Visit, { playback }: Sat): Promise<void> {
    this.visit += 1;
    if (!this.visits.slice(this.visit).some((later) => later.task === task)) await playback?.close();
  }
}
