import { examPath, readExam } from '../../labs/exam/exam-journal.js';
import {
  beginRealExam,
  type RealExamHow,
  type RealExamRoom,
  resumeRealExam,
} from '../../labs/real-exam/begin-real-exam.js';
import type { ExamOffer, ExamOpeningHow, ExamSitting } from '../../ui/exam-ports.js';
import { readCluster } from '../real/cluster-option.js';
import { realSource } from '../real/real-source.js';
import type { RealExamPlan } from './plan-real-exam.js';
import { type ExamEnds, realSittingOf } from './real-sitting.js';

/** Where exams on real clusters are sat. */
export type RealRoom = Omit<RealExamRoom, 'source'> & ExamEnds;

/** Begins the exam that was planned. */
export async function begin(
  { source, draw, blueprint, yes }: RealExamPlan,
  { seed, minutes, coach, interruptions }: ExamOffer,
  room: RealRoom,
  how: ExamOpeningHow,
): Promise<ExamSitting> {
  const choices = { blueprint, draw, seed, minutes, coach, interruptions };
  return realSittingOf(await beginRealExam(choices, { ...room, source }, howOf(how, yes)), room);
}

/** Goes on with an exam on the cluster that its file names. */
export async function resume(id: string, room: RealRoom, how: ExamOpeningHow, yes: boolean): Promise<ExamSitting> {
  const { real } = readExam(examPath(room.home, id)).header;
  const choice = readCluster(real?.cluster);
  if (!choice) throw new Error(`the exam ${id} is on no real cluster`);
  const source = await realSource(choice, { environment: room.environment });
  return realSittingOf(await resumeRealExam(id, { ...room, source }, howOf(how, yes)), room);
}

function howOf({ onStep, confirm, signal }: ExamOpeningHow, yes: boolean): RealExamHow {
  return {
    onStep: ({ says, number, of }) => onStep(says, { number, of }),
    confirm: async (question, about) => (yes && about !== 'own-work') || (await confirm(question)),
    signal,
  };
}
