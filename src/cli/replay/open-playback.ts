import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import { readExam } from '../../labs/exam/exam-journal.js';
import { drawnTask } from '../../labs/exam/exam-tasks.js';
import type { LabInstance } from '../../labs/format/instance.js';
import type { Lab } from '../../labs/format/lab.js';
import { readJournal } from '../../labs/journal/reader.js';
import { isLesson } from '../../labs/lesson/lesson.js';
import { AttemptPlayback } from '../../labs/playback/attempt-playback.js';
import { ExamPlayback } from '../../labs/playback/exam-playback.js';
import { type Recording, taskJournal } from '../../labs/playback/find-recording.js';
import type { Playback } from '../../labs/playback/playback.js';
import { TextPlayback } from '../../labs/playback/text-playback.js';
import { type ContentIo, catalogueOf, lessonsOf } from '../content.js';
import { instanceOf } from '../find-lab.js';
import { ExpectedError } from '../io.js';
import { VERSION } from '../version.js';

/** What recordings are played with. */
export interface PlayingOptions {
  readonly where: OpenOptions;
  /** Instants do not matter. */
  readonly hurried?: boolean;
}

/** Begins to play a recording with the labs there are. Throws with what is wrong with it. */
export async function openPlayback(
  { kind, path }: Recording,
  io: ContentIo,
  options: PlayingOptions,
): Promise<Playback> {
  const program = VERSION;
  if (kind === 'attempt') {
    const { lab, seed, exam, real } = readJournal(path, 'sound').header;
    if (real) return TextPlayback.open(path, (id) => titleOf(id, io));
    const [, number] = /-(\d+)\.jsonl$/.exec(path) ?? [];
    const instance =
      exam !== undefined && number !== undefined
        ? await drawnTask({ number: Number(number), lab, seed, weight: 0 }, labOf(lab, io))
        : await instanceOf(labOf(lab, io), seed);
    return AttemptPlayback.open(path, instance, { ...options, program });
  }
  const exam = readExam(path);
  return new ExamPlayback(exam, async (number) => {
    const task = exam.header.tasks.find((one) => one.number === number);
    if (!task) throw new ExpectedError('the exam has no such task');
    const journal = taskJournal(path, number);
    if (readJournal(journal, 'sound').header.real)
      return TextPlayback.open(journal, (id) => titleOf(id, io), { inExam: exam.header.real !== undefined });
    const instance: LabInstance = await drawnTask(task, labOf(task.lab, io));
    return AttemptPlayback.open(journal, instance, { ...options, program });
  });
}

/** A lab's title, or its name where it is not here: what was shown can be shown without it. */
function titleOf(id: string, io: ContentIo): string {
  return catalogueOf(io).labs.find((one) => one.id === id)?.content.metadata.title ?? id;
}

function labOf(id: string, io: ContentIo): Lab {
  const labs = isLesson(id) ? lessonsOf(io).lessons : catalogueOf(io).labs;
  const lab = labs.find((one) => one.id === id);
  if (!lab) throw new ExpectedError(`There is no lab ${id} here, so that its cluster cannot be made again.`);
  return lab;
}
