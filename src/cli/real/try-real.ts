import type { RealSource } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../../labs/format/instance.js';
import type { Lab } from '../../labs/format/lab.js';
import { type PlayRealOptions, playRealAttempt } from '../../labs/real/play-real-attempt.js';
import type { CommandIo } from '../io.js';
import { tell } from '../io.js';
import { plainOpening } from './plain-opening.js';

/** Plays scripts at a lab on a real cluster, with what is done told on the standard error. */
export async function tryReal(
  io: CommandIo,
  lab: Lab,
  source: RealSource,
  options: Pick<PlayRealOptions, 'scripts' | 'onOutput' | 'fromBase' | 'instantiate'> & {
    readonly yes: boolean | undefined;
  },
): Promise<{ readonly instance: LabInstance; readonly report: Awaited<ReturnType<typeof playRealAttempt>>['report'] }> {
  const { yes, ...rest } = options;
  const opening = plainOpening(io, yes);
  try {
    const { instance, report, left } = await playRealAttempt(lab, {
      ...rest,
      ...opening.how,
      source,
      onNote: (note) => tell(io, note),
    });
    for (const line of left) tell(io, `Not put back: ${line}`);
    return { instance, report };
  } catch (error) {
    throw opening.told(error);
  } finally {
    opening.close();
  }
}
