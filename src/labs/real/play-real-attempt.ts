import { grade } from '../../checker/grade.js';
import type { Report } from '../../checker/rubric.js';
import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import type { Scripted } from '../session/attempt.js';
import { gradeOptions } from '../session/grade-options.js';
import { holdsKeys, lineBytes } from '../session/keys.js';
import { heeding } from './heeding.js';
import { inRealWorld, type RealWorldOptions } from './real-world.js';

const USER = 'candidate';

export interface PlayRealOptions extends RealWorldOptions {
  readonly scripts: (instance: LabInstance) => Promise<readonly Scripted[]>;
  readonly onOutput?: (bytes: Uint8Array) => void;
  /** Start at `base` instead of the task's host. */
  readonly fromBase?: boolean;
}

/** How a played attempt ended. */
export interface PlayedReal {
  readonly instance: LabInstance;
  readonly report: Report;
  /** What could not be put back, a sentence each. */
  readonly left: readonly string[];
}

/**
 * Plays scripts at a lab on a real cluster and grades the end; then the cluster is put back. Scripts run where they can do the
 * person's computer no harm, whatever they say.
 */
export async function playRealAttempt(lab: Lab, options: PlayRealOptions): Promise<PlayedReal> {
  const { scripts, onOutput, fromBase } = options;
  return inRealWorld(lab, options, async ({ cluster, instance, baseline, how }) => {
    const host = fromBase ? (instance.hosts['base'] ?? 'base') : instance.host;
    for (const { steps } of await scripts(instance)) {
      const texts = steps.flatMap(({ lines }) => lines).map(textOf);
      await cluster.play({ host, user: USER, texts, signal: how.signal, ...(onOutput ? { onOutput } : {}) });
      how.signal?.throwIfAborted();
    }
    const heeded = heeding(cluster, how.signal);
    how.onStep({ says: 'letting it come to rest', number: 1, of: 2 });
    await heeded.settle(instance.settleSecondsMax);
    // Checks that wait do so in real time: who only sees the script's end takes it for stuck.
    how.onStep({ says: 'looking at it', number: 2, of: 2 });
    const report = await grade(heeded, { ...gradeOptions(instance), baseline, spend: true });
    const left = await cluster.restore(how);
    await cluster.close();
    return { instance, report, left };
  });
}

/** What is typed for a line of a script; keys as the bytes a terminal sends. */
function textOf(line: string): string {
  return holdsKeys(line) ? lineBytes(line) : `${line}\n`;
}
