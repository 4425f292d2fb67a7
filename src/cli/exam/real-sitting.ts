import type { Step } from '../../clusters/real/real-cluster.js';
import type { RealSession } from '../../labs/real/real-session.js';
import type { RealExamSession } from '../../labs/real-exam/real-exam-session.js';
import type { ExamSitting } from '../../ui/exam-ports.js';
import type { LabSession } from '../../ui/ports.js';
import type { OnStep } from '../../ui/real-ports.js';
import { adaptReal } from '../real/real-session-port.js';
import { resultOf, sittingAround, viewOf } from './sitting.js';

/** What is told of exams on real clusters when the program ends. */
export interface ExamEnds {
  /** What could not be put back. */
  readonly left: string[];
  /** Of exams by their ids that can be gone on with, a sentence each. */
  readonly stays: Map<string, string>;
}

/** An exam on a real cluster as the screens see it; how it was left is noted in `ends`. */
export function realSittingOf(session: RealExamSession, { left, stays }: ExamEnds): ExamSitting {
  stays.delete(session.id);
  const sessions = new Map<RealSession, LabSession>();
  const adapted = (one: RealSession): LabSession => {
    const known = sessions.get(one) ?? adaptReal(one, left);
    sessions.set(one, known);
    return known;
  };
  const { cluster } = session.real;
  const { canBeLeft } = session;
  const whole = viewOf(session);
  const view = {
    ...whole,
    tasks: whole.tasks.map((task) => ({ ...task, host: cluster })),
    real: { cluster, gradingEnds: false, canBeLeft },
  };
  const leave = (onStep: OnStep): Promise<readonly string[]> =>
    session.leave({
      onStep: ({ says, number, of }: Step) => onStep(says, { number, of }),
      // What an exam made is taken away without a question.
      confirm: async () => true,
    });
  return sittingAround(session, view, {
    open: async (number, options) => adapted(await session.open(number, options)),
    rebuild: async (number, options) => adapted(await session.rebuild(number, options)),
    // All was made before the clock began.
    prepare: async () => {},
    finish: async (ending, onStep) => resultOf(view, await session.finish(ending, onStep)),
    putBack: leave,
    leave: async () => {
      left.push(...(await leave(() => {})));
      const { certification } = whole;
      if (session.stays)
        stays.set(session.id, `Your exam stays on ${cluster}; \`kubedrill exam ${certification}\` goes on with it.`);
    },
  });
}
