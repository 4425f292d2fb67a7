import type { Capability } from '../../clusters/port.js';
import type { Act } from '../acting/act.js';
import { spanSeconds } from '../acting/span.js';
import { kindOf, subjectsIn } from '../checks/register.js';
import { actsOf, inRounds } from '../rounds.js';
import type { Check } from '../rubric.js';
import { needsOfUser, type TaskPlace } from './host-needs.js';
import { needsOfScript } from './script-needs.js';

/** So long is waited for in real time where time cannot pass at will, in a whole rubric. */
const REAL_ADVANCE_SECONDS_MAX = 300;

/** What a cluster must be able to do, so that a check can be judged; how long all of them wait is another question. */
export function needsOfCheck(check: Check, place: TaskPlace): ReadonlySet<Capability> {
  const { still } = inRounds([check]);
  const after = { ...place, before: actsOf(check).map(scriptOf).join('\n') };
  return new Set([
    ...subjectsIn(check).flatMap(({ subject }) => kindOf(subject).needs?.(subject, after) ?? []),
    ...(still.length === 0 ? (['expendable'] as const) : []),
    ...actsOf(check).flatMap((act) => needsOfAct(act, place)),
  ]);
}

/** The seconds that the rounds of a rubric let pass before they look, one after another. */
function secondsAdvanced(checks: readonly Check[]): number {
  return inRounds(checks).acting.reduce(
    (sum, round) => sum + Math.max(...round.map((check) => sumOf(actsOf(check)))),
    0,
  );
}

/** The acts that let more time pass than is waited for in real time. */
export function waitsTooLong(checks: readonly Check[]): readonly Check[] {
  if (secondsAdvanced(checks) <= REAL_ADVANCE_SECONDS_MAX) return [];
  return checks.filter((check) => sumOf(actsOf(check)) > 0);
}

function scriptOf(act: Act): string {
  return 'run' in act && act.host === undefined && typeof act.as !== 'string' ? act.run : '';
}

function sumOf(acts: readonly Act[]): number {
  return acts.reduce((sum, act) => sum + ('advance' in act ? spanSeconds(act.advance) : 0), 0);
}

function needsOfAct(act: Act, place: TaskPlace): readonly Capability[] {
  if ('reboot' in act) return ['nodes-root'];
  if ('advance' in act) return [];
  const { run, host = 'controlplane', as } = act;
  // Whoever is somebody of the API server is so by the administrator's leave, wherever the candidate may be.
  const user = typeof as === 'string' ? as : 'candidate';
  return [...needsOfUser(host, user, place), ...needsOfScript(run, place)];
}
