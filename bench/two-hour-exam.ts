import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerThread } from '../src/clusters/sim/link.js';
import { SharedThreads } from '../src/clusters/sim/shared-threads.js';
import { curriculum } from '../src/labs/content/curriculum.js';
import { contentFolder, readCatalogue } from '../src/labs/content/find.js';
import { beginExam, type ExamRoom, resumeExam } from '../src/labs/exam/begin-exam.js';
import { drawExam, type ExamTask } from '../src/labs/exam/draw-exam.js';
import { ExamJournal, examPath } from '../src/labs/exam/exam-journal.js';
import type { ExamSession } from '../src/labs/exam/exam-session.js';
import { shippedExams } from '../src/labs/exam/shipped-blueprints.js';
import type { Lab } from '../src/labs/format/lab.js';
import { privateFolder } from '../src/labs/home.js';
import type { JournalHeader } from '../src/labs/journal/entry.js';
import { JOURNALS, journalPath } from '../src/labs/journal/place.js';
import { JournalWriter } from '../src/labs/journal/writer.js';
import { ProgressStore } from '../src/labs/progress/store.js';
import { prepareMachine, taskAttempt } from '../src/labs/session/open-attempt.js';

const SEED = '1';
const MINUTES = 120;
const MINUTE_MICROS = 60_000_000;
const MINUTE_MILLISECONDS = 60_000;
/** Where the program's own worker threads are: it is built before benchmarks run. */
const WORKER = new URL('../dist/worker.js', import.meta.url);

/** A room for exams with the threads that the program itself has. `end` takes all of it away. */
export function examRoom(program: string): { readonly room: ExamRoom; end(): Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
  const threads = new SharedThreads({ startThread: () => workerThread(WORKER) });
  const labs = readCatalogue(contentFolder()).labs;
  const room: ExamRoom = {
    home,
    progress: ProgressStore.open(home),
    program,
    where: { thread: threads },
    labs: new Map(labs.map((lab) => [lab.id, lab])),
  };
  const end = async (): Promise<void> => {
    await threads.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { room, end };
}

/** Begins an exam of these tasks, or of those that a whole CKA exam draws. */
export function beginDrawn(room: ExamRoom, tasks?: readonly ExamTask[]): Promise<ExamSession> {
  const blueprint = shippedExams('cka').whole;
  const labs: readonly Lab[] = [...room.labs.values()];
  const draw = tasks
    ? { tasks, lacks: 0, again: [] }
    : drawExam({ blueprint, labs, curriculum: curriculum(), recent: new Set(), seed: SEED });
  return beginExam({ blueprint, draw, seed: SEED, minutes: MINUTES, coach: false, interruptions: 'pause' }, room);
}

/**
 * Leaves the files of a whole exam that was cut off a moment before its end: each task was opened in its turn, worked at
 * until the next was, and stood by from then on. Returns the exam's id.
 */
export async function leaveCutOff(room: ExamRoom): Promise<string> {
  const exam = await beginDrawn(room);
  const { id, header, instances } = exam;
  await exam.leave();
  const share = MINUTES / header.tasks.length;
  const journal = ExamJournal.resume(examPath(room.home, id));
  privateFolder(room.home, JOURNALS);
  for (const [index, instance] of instances.entries()) {
    const number = index + 1;
    const opened = Math.round(index * share * MINUTE_MILLISECONDS);
    journal.note({ opened: number }, opened);
    const prepared = prepareMachine(instance, {
      program: room.program,
      where: room.where,
      exam: { id, number, neighbours: [], follows: () => 0 },
    });
    const { cluster } = await prepared.opened;
    const minutes = MINUTES - index * share;
    writeAttempt(journalPath(room.home, taskAttempt(id, number)), prepared.header, {
      start: cluster.reached,
      end: cluster.reached + Math.round(minutes * MINUTE_MICROS) - MINUTE_MICROS,
      host: instance.host,
      share,
    });
    await cluster.close();
  }
  journal.note({ clock: true }, (MINUTES - 1) * MINUTE_MILLISECONDS);
  journal.close();
  return id;
}

/** Goes on with it; resolves when the machines of all its tasks are where they were. */
export async function standAgain(id: string, room: ExamRoom): Promise<ExamSession> {
  const exam = await resumeExam(id, room);
  await Promise.all(exam.header.tasks.map(({ number }) => exam.prepare(number)));
  return exam;
}

const LINES = [
  'kubectl get pods -A',
  'kubectl create deployment web --image=nginx:1.27 --replicas=2',
  'kubectl get deploy,rs,pods -o wide',
  'kubectl scale deployment web --replicas=4',
  'kubectl -n kube-system describe pod -l k8s-app=kube-dns | tail -20',
  'exit',
];

interface Attempt {
  readonly start: number;
  readonly end: number;
  readonly host: string;
  /** The minutes it was worked at. */
  readonly share: number;
}

/** A journal with a line typed key by key now and then, and how far the clock got. */
function writeAttempt(path: string, header: JournalHeader, { start, end, host, share }: Attempt): void {
  const journal = JournalWriter.create(path, header);
  const at = { t: start, input: { kind: 'open-terminal', terminal: 1, host: 'base', user: 'candidate' } } as const;
  journal.append({ ...at, input: { ...at.input, columns: 100, rows: 30 } });
  for (const [index, line] of [`ssh ${host}`, ...LINES].entries()) {
    const t = Math.min(end, start + Math.round(((index + 0.2) * share * MINUTE_MICROS) / (LINES.length + 1)));
    for (const key of `${line}\r`) journal.append({ t, input: { kind: 'type', terminal: 1, bytes: Buffer.from(key) } });
  }
  journal.append({ t: end, clock: true });
  journal.close();
}
