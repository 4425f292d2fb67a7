import type { LabInstance } from '../../labs/format/instance.js';
import { lineBytes } from '../../labs/session/keys.js';
import { scriptSteps } from '../../labs/session/script.js';

/** A piece of a solution that is typed as one. */
export interface SolutionStep {
  readonly text: string;
  /** As a proof types it. */
  readonly bytes: Uint8Array;
}

/** A lab's solution in the steps in which it is typed. */
export function solutionSteps({ solution }: Pick<LabInstance, 'solution'>): SolutionStep[] {
  return scriptSteps(solution.map(({ script }) => script).join('\n')).map(({ lines }) => ({
    text: lines.join('\n'),
    bytes: Buffer.from(lines.map(lineBytes).join('')),
  }));
}
