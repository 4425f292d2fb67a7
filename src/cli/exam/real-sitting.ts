import type { Step } from '../../clusters/real/real-cluster.js';
import type { RealSession } from '../../labs/real/real-session.js';
import type { RealExamSession } from '../../labs/real-exam/real-exam-session.js';
import type { ExamSitting } from '../../ui/exam-ports.js';
import type { LabSession } from '../../ui/ports.js';
import type { OnStep } from '../../ui/real-ports.js';
import { adaptReal } from '../real/real-session-port.js';
import { resultOf, sittingAround, viewOf } from './sitting.js';

/** An exam on a real cluster as the screens see it; what could not be put back is noted in `left` too. */
export function realSittingOf(session: RealExamSession, left: string[]): ExamSitting {
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
    leave: async () => void left.push(...(await leave(() => {}))),
  });
}
