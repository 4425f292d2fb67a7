import type { RealSession } from '../../labs/real/real-session.js';
import type { LabSession } from '../../ui/ports.js';
import type { OnStep, RealPort } from '../../ui/real-ports.js';
import { messageOf } from '../../ui/screens/words.js';
import { labView } from '../run/lab-session.js';
import { solutionSteps } from '../run/solution-steps.js';

/** An attempt on a real cluster as the screens see it; what could not be put back is noted in `left` too. */
export function adaptReal(session: RealSession, left: string[]): LabSession {
  return {
    view: labView(session.instance),
    host: session.host,
    get elapsedSeconds() {
      return session.elapsedSeconds;
    },
    get hintsTaken() {
      return session.hintsTaken;
    },
    // A real cluster is not kept waiting for: its own tools say when it does not answer.
    silentMilliseconds: () => 0,
    start: () => session.start(),
    pause: () => session.pause(),
    terminals: session.terminals,
    onFailure: (listener) => session.onFailure(listener),
    onTerminalWanted: (lend) => session.onWindowWanted((use) => lend(use, 'shell')),
    hint: () => session.hint(),
    noteSolution: () => session.noteSolution(),
    typed: () => session.typed(),
    grade: (onStep) => session.grade(onStep),
    leave: async ({ finished }) => void (await leave(session, left, { finished }, () => {})),
    practice: practiceOf(session),
    real: realPort(session, left),
  };
}

function realPort(session: RealSession, left: string[]): RealPort {
  return {
    cluster: session.header.real.cluster,
    gradingEnds: session.gradingEnds,
    canBeLeft: session.canBeLeft,
    get isSpent() {
      return session.isSpent;
    },
    wholeWindow: () => void session.wholeWindow(),
    leave: (how, onStep) => leave(session, left, how, onStep),
  };
}

async function leave(
  session: RealSession,
  left: string[],
  { finished }: { readonly finished: boolean },
  onStep: OnStep,
): Promise<readonly string[]> {
  const how = {
    onStep: ({ says, number, of }: { says: string; number: number; of: number }) => onStep(says, { number, of }),
    // What an attempt made is taken away without a question.
    confirm: async () => true,
  };
  const remains = await session.leave({ finished }, how).catch((error: unknown) => [messageOf(error)]);
  left.push(...remains);
  return remains;
}

/** Of practice there is the solution, to be read; the keys of the rest say why they do nothing. */
function practiceOf({ instance, solutionSeen }: RealSession): LabSession['practice'] {
  const simulatedOnly = (): never => {
    throw new Error('practice that needs a simulated cluster was asked for on a real one');
  };
  return {
    steps: solutionSteps(instance),
    solutionSeen,
    look: simulatedOnly,
    moments: simulatedOnly,
    reset: simulatedOnly,
  };
}
