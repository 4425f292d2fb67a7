import { randomBytes } from 'node:crypto';
import { noteBaseline } from '../../checker/grade.js';
import type { OpenHow, Place, RealCluster, RealSource } from '../../clusters/real/real-cluster.js';
import { type ExamChoices, type ExamRoom, examHeader, labOfTask } from '../exam/begin-exam.js';
import { COMPUTER, ExamClock } from '../exam/exam-clock.js';
import type { ExamHeader, RealExam } from '../exam/exam-entry.js';
import { ExamJournal, examPath } from '../exam/exam-journal.js';
import { examResult } from '../exam/exam-result.js';
import { type DrawnTask, drawnTask } from '../exam/exam-tasks.js';
import { JournalError } from '../journal/reader.js';
import { ANY_PLACE, howOf, namesIn, restoredAfter } from '../real/real-world.js';
import { taskAttempt } from '../session/open-attempt.js';
import { refuseUngradable } from '../session/refuse-ungradable.js';
import { RealExamSession } from './real-exam-session.js';
import { sharedWorld, toldByTask, wantedWorld } from './shared-world.js';
import { placeOfTask } from './task-cluster.js';

/** Where exams on a real cluster are sat. */
export interface RealExamRoom extends Omit<ExamRoom, 'where'> {
  readonly source: RealSource;
  /** The person's own, for their shells. */
  readonly environment: NodeJS.ProcessEnv;
}

export type RealExamHow = Pick<OpenHow, 'onStep' | 'confirm' | 'signal'>;

/**
 * Begins an exam whose tasks share one real cluster: the worlds of all are made there, and only then its clock runs. What does
 * not fit is refused before anything is made. Where it fails, or is aborted, the cluster is put back as it was. Throws
 * `ClusterError` and `HomeError`.
 */
export async function beginRealExam(
  choices: ExamChoices,
  room: RealExamRoom,
  wishes: RealExamHow,
): Promise<RealExamSession> {
  const { source } = room;
  const anywhere = await instancesAt(ANY_PLACE, choices, room);
  const wanted = wantedWorld(anywhere.map(({ instance }) => instance));
  const capabilities = await source.capabilities(wanted);
  for (const { instance } of anywhere) refuseUngradable(instance, { capabilities });
  const id = randomBytes(8).toString('hex');
  const named = (drawn: readonly DrawnTask[]): NonNullable<OpenHow['named']> =>
    drawn.flatMap(({ instance }) => namesIn(instance));
  const how: OpenHow = { ...howOf(wishes), attempt: id, lasting: true, named: named(anywhere) };
  const cluster = await source.open(wanted, how);
  try {
    const drawn = await instancesAt(cluster.place, choices, room);
    const instances = drawn.map(({ instance }) => instance);
    for (const instance of instances) refuseUngradable(instance, cluster);
    const onStep = toldByTask(instances, (step) => how.onStep(step));
    await cluster.setUp(sharedWorld(instances), { ...how, onStep, named: named(drawn) });
    const baselines = [];
    for (const { checks } of instances) {
      how.signal?.throwIfAborted();
      baselines.push(await noteBaseline(cluster, checks));
    }
    const { name } = source;
    return begun({ id, choices, drawn, cluster, room, real: { cluster: name, place: cluster.place, baselines } });
  } catch (error) {
    throw await restoredAfter(error, cluster, how);
  }
}

/**
 * Goes on with an exam on the cluster that it was left on. Where that does not hold it any more the exam is over: what was
 * graded of it is kept, and `JournalError` says so. Throws `ClusterError` where the cluster does not answer; it can be tried
 * again then.
 */
export async function resumeRealExam(id: string, room: RealExamRoom, wishes: RealExamHow): Promise<RealExamSession> {
  const path = examPath(room.home, id);
  const journal = ExamJournal.resume(path);
  try {
    const { header, state } = journal;
    const { real } = header;
    if (!real) throw new JournalError(path, 'it was on simulated clusters');
    if (state.ended === 'given-up') throw new JournalError(path, 'the exam was given up');
    const how: OpenHow = { ...howOf(wishes), attempt: id };
    const cluster = await room.source.takeUp?.(id, how);
    if (!cluster) {
      const kept = endUnheld(id, journal, room);
      throw new JournalError(path, `${real.cluster} does not hold it any more, so the exam is over${kept}`);
    }
    try {
      const instances = await Promise.all(
        header.tasks.map((task) => drawnTask(task, labOfTask(path, task, room), placeOfTask(real.place, task.number))),
      );
      const { interruptions, minutes } = header;
      const started = Date.parse(header.started);
      const { elapsed, ended } = state;
      const clock = new ExamClock({ interruptions, started, elapsed, clocks: room.clocks ?? COMPUTER });
      if (ended === undefined) journal.note({ resumed: true }, Math.min(minutes * 60_000, clock.now()));
      return sessionOf({ id, journal, clock, instances, cluster, room });
    } catch (error) {
      if (!(error instanceof JournalError)) {
        // It can be gone on with once that is mended: what was done stays.
        await cluster.close();
        throw error;
      }
      const told = await restoredAfter(error, cluster, how);
      endUnheld(id, journal, room);
      throw told;
    }
  } catch (error) {
    journal.close();
    throw error;
  }
}

interface Begun {
  readonly id: string;
  readonly choices: ExamChoices;
  readonly drawn: readonly DrawnTask[];
  readonly cluster: RealCluster;
  readonly room: RealExamRoom;
  readonly real: RealExam;
}

/** From here on its clock runs. */
function begun({ id, choices, drawn, cluster, room, real }: Begun): RealExamSession {
  const { clocks = COMPUTER, program, home } = room;
  const started = clocks.wall();
  const header: ExamHeader = { ...examHeader(choices, drawn, { program, started }), real };
  const journal = ExamJournal.create(home, id, header);
  const clock = new ExamClock({ interruptions: choices.interruptions, started, elapsed: 0, clocks });
  return sessionOf({ id, journal, clock, instances: drawn.map(({ instance }) => instance), cluster, room });
}

function sessionOf({
  room: { source, home, progress, environment },
  ...parts
}: Pick<RealExamSession, 'id' | 'instances'> & {
  readonly journal: ExamJournal;
  readonly clock: ExamClock;
  readonly cluster: RealCluster;
  readonly room: RealExamRoom;
}): RealExamSession {
  return new RealExamSession({ ...parts, canBeLeft: source.takeUp !== undefined, home, progress, environment });
}

async function instancesAt(place: Place, { draw }: ExamChoices, { labs }: RealExamRoom): Promise<DrawnTask[]> {
  return Promise.all(
    draw.tasks.map(async (task) => {
      const lab = labs.get(task.lab);
      if (!lab) throw new Error(`there is no lab ${task.lab}`);
      return { task, instance: await drawnTask(task, lab, placeOfTask(place, task.number)) };
    }),
  );
}

/** Ends an exam whose cluster is gone: with the points of the tasks that were graded before, or with none. */
function endUnheld(id: string, journal: ExamJournal, { progress }: RealExamRoom): string {
  const { header, state } = journal;
  const attempts = new Map(progress.progress.attempts.map((one) => [one.id, one]));
  const earned = header.tasks.flatMap(({ number }) => {
    const { points, total } = attempts.get(taskAttempt(id, number)) ?? {};
    return points === undefined || total === undefined ? [] : [[number, { points, total }] as const];
  });
  for (const { number } of header.tasks) {
    const saved = attempts.get(taskAttempt(id, number));
    if (saved) progress.save({ ...saved, finished: true });
  }
  if (earned.length === 0 || state.ended === undefined || state.ended === 'given-up') {
    journal.note({ ended: 'given-up' }, state.elapsed);
    return '';
  }
  const graded = new Date().toISOString();
  progress.saveExam(examResult({ id, header, state, ending: state.ended, earned: new Map(earned), graded }));
  return `; what was graded of it is kept: ${earned.length} of ${header.tasks.length} tasks`;
}
