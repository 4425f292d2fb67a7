import type { Moment } from '../../labs/session/moments.js';
import type { AttemptOptions } from '../../labs/session/open-attempt.js';
import type { LabSession, OpenSessionOptions } from '../../ui/ports.js';
import type { MomentView } from '../../ui/practice-ports.js';
import type { AdaptedSession } from './lab-session.js';
import { solutionSteps } from './solution-steps.js';

/** What practice needs beside the session. */
export interface PracticeParts {
  readonly options: (open: OpenSessionOptions) => AttemptOptions;
  /** How an attempt becomes a session of the screens. */
  readonly adapt: (live: AdaptedSession['live']) => AdaptedSession;
}

/** A session at a lab by itself: with its checks to be looked at, moments to go back to, and the solution. */
export function withPractice(session: AdaptedSession, parts: PracticeParts): AdaptedSession {
  const { live } = session;
  /** Of the moments that were told last. */
  let told = new Map<MomentView, Moment>();
  const practice: NonNullable<LabSession['practice']> = {
    steps: solutionSteps(live.instance),
    solutionSeen: live.solutionSeen,
    look: () => {
      live.mark('looked');
      return live.look();
    },
    moments: () => {
      const moments = live.moments().reverse();
      told = new Map(moments.map((moment) => [{ seconds: moment.seconds, line: moment.line }, moment]));
      return [...told.keys()];
    },
    reset: async (view, open) => {
      const moment = told.get(view);
      if (!moment) throw new Error('a moment was chosen that was not told');
      const { resetAttempt } = await import('../../labs/session/reset-attempt.js');
      return withPractice(parts.adapt(await resetAttempt(live, moment, parts.options(open))), parts);
    },
  };
  return Object.defineProperties(session, { practice: { value: practice } });
}
