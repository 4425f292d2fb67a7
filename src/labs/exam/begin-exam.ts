import { randomBytes } from 'node:crypto';
import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { JournalError } from '../journal/reader.js';
import type { ProgressStore } from '../progress/store.js';
import type { Blueprint } from './blueprint.js';
import type { ExamDraw } from './draw-exam.js';
import { type Clocks, COMPUTER, ExamClock } from './exam-clock.js';
import { EXAM_VERSION, type ExamHeader, type Interruptions } from './exam-entry.js';
import { ExamJournal, examPath } from './exam-journal.js';
import { ExamSession } from './exam-session.js';
import { type DrawnTask, drawnTask, drawTasks } from './exam-tasks.js';

const MINUTE = 60_000;

/** Where exams are sat. */
export interface ExamRoom {
  /** The person's directory. */
  readonly home: string;
  readonly progress: ProgressStore;
  /** The program's version. */
  readonly program: string;
  /** Where machines live. */
  readonly where: OpenOptions;
  readonly labs: ReadonlyMap<string, Lab>;
  readonly clocks?: Clocks;
}

/** What a person chooses when an exam begins. */
export interface ExamChoices {
  readonly blueprint: Blueprint;
  readonly draw: ExamDraw;
  readonly seed: string;
  readonly minutes: number;
  readonly coach: boolean;
  readonly interruptions: Interruptions;
}

/** Begins an exam. Its clock runs from here on. Throws `HomeError`. */
export async function beginExam(choices: ExamChoices, room: ExamRoom): Promise<ExamSession> {
  const { draw, interruptions } = choices;
  const drawn = await drawTasks(draw.tasks, room.labs);
  const id = randomBytes(8).toString('hex');
  const { clocks = COMPUTER } = room;
  const started = clocks.wall();
  const header = examHeader(choices, drawn, { program: room.program, started });
  const journal = ExamJournal.create(room.home, id, header);
  const clock = new ExamClock({ interruptions, started, elapsed: 0, clocks });
  return sessionOf(
    id,
    journal,
    clock,
    drawn.map(({ instance }) => instance),
    room,
  );
}

/** An exam's first line. `started`: milliseconds since the Unix epoch. */
export function examHeader(
  { blueprint, seed, minutes, coach, interruptions }: ExamChoices,
  drawn: readonly DrawnTask[],
  { program, started }: { readonly program: string; readonly started: number },
): ExamHeader {
  return {
    kubedrill: 'exam',
    version: EXAM_VERSION,
    program,
    blueprint: blueprint.id,
    title: blueprint.title,
    certification: blueprint.certification,
    seed,
    minutes,
    passPercent: blueprint.passPercent,
    coach,
    interruptions,
    domains: blueprint.domains,
    tasks: drawn.map(({ task, instance: { lab, minutes: takes, points } }) => ({
      ...task,
      content: lab.hash,
      domain: lab.content.spec.domain,
      minutes: takes,
      points,
    })),
    started: new Date(started).toISOString(),
  };
}

/**
 * Goes on with an exam. One whose time is over by now, or that was not graded to the end, is `over`: what is left is to
 * `finish` it. Throws `AttemptOpenError` when another program has it open, and `JournalError` where it cannot be gone on
 * with: its labs are others now, or another version of the program began it.
 */
export async function resumeExam(id: string, room: ExamRoom): Promise<ExamSession> {
  const path = examPath(room.home, id);
  const journal = ExamJournal.resume(path);
  try {
    const { header, state } = journal;
    if (state.ended === 'given-up') throw new JournalError(path, 'the exam was given up');
    if (header.real) throw new JournalError(path, `it is on ${header.real.cluster}`);
    if (header.program !== room.program)
      throw new JournalError(path, `kubedrill ${header.program} wrote it, and this is ${room.program}`);
    const instances = await Promise.all(header.tasks.map((task) => drawnTask(task, labOfTask(path, task, room))));
    const { interruptions } = header;
    const { clocks } = room;
    const started = Date.parse(header.started);
    const clock = new ExamClock({
      interruptions,
      started,
      elapsed: state.elapsed,
      ...(clocks === undefined ? {} : { clocks }),
    });
    // Meanwhile its time may have come to an end, too.
    if (state.ended === undefined) journal.note({ resumed: true }, Math.min(header.minutes * MINUTE, clock.now()));
    return sessionOf(id, journal, clock, instances, room);
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** The lab of a task as it was drawn. Throws `JournalError` where that is not there as it was. */
export function labOfTask(path: string, task: ExamHeader['tasks'][number], { labs }: Pick<ExamRoom, 'labs'>): Lab {
  const lab = labs.get(task.lab);
  if (!lab) throw new JournalError(path, `the lab ${task.lab} is not there any more`);
  if (lab.hash !== task.content) throw new JournalError(path, `the lab ${task.lab} has changed since the exam began`);
  return lab;
}

function sessionOf(
  id: string,
  journal: ExamJournal,
  clock: ExamClock,
  instances: readonly LabInstance[],
  { home, progress, program, where }: ExamRoom,
): ExamSession {
  return new ExamSession({ id, journal, clock, instances, home, progress, program, where });
}
