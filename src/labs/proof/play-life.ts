import { grade, noteBaseline } from '../../checker/grade.js';
import type { Report } from '../../checker/rubric.js';
import type { SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { gradeOptions } from '../session/grade-options.js';
import { Typist } from '../session/play.js';
import type { Expected } from './case.js';
import type { Life, Stretch } from './lives.js';

/** What was found at the end of a stretch. */
export interface Seen {
  readonly report: Report;
  /** Programs of ours that broke so far. */
  readonly crashes: readonly { readonly host: string; readonly command: string; readonly message: string }[];
  /** Lines so far that never ended by themselves. */
  readonly interrupted: readonly string[];
}

const USER = 'candidate';
/** Every line ends within five minutes where the whole solution is typed; where one is missing, another may wait for ever. */
const DROPPED_LINE_LIMIT = 300_000_000;

/**
 * Lives a life on a machine that was just opened, and tells what is found at the end of each of its stretches; no further
 * than to the end of the stretch in which nobody wants to know any more.
 */
export async function playLife(
  cluster: SimCluster,
  instance: LabInstance,
  life: Life,
  tell: (stretch: Stretch, seen: Seen) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { checks, settleSecondsMax } = instance;
  const baseline = await noteBaseline(cluster, checks);
  const interrupted: string[] = [];
  let typist: Typist | undefined;
  for (const [index, stretch] of life.entries()) {
    if (signal?.aborted) return;
    if (stretch.steps.length > 0) {
      typist ??= await Typist.start(cluster, 1, {
        host: instance.host,
        user: USER,
        onInterrupted: (line) => interrupted.push(line),
        ...(onlyDropped(life) ? { lineLimit: DROPPED_LINE_LIMIT } : {}),
      });
      await typist.type(stretch.steps);
    }
    const last = index === life.length - 1;
    if (last) await typist?.end();
    await cluster.settle(settleSecondsMax);
    const untilLost = stretch.cases.every(({ expects }) => expects.kind === 'less' || isGlance(expects));
    const report = await grade(cluster, { ...gradeOptions(instance), baseline, spend: last, untilLost });
    tell(stretch, { report, crashes: await cluster.crashes(), interrupted: [...interrupted] });
  }
}

function isGlance(expects: Expected): boolean {
  return expects.kind === 'nothing' && expects.looking === true;
}

function onlyDropped(life: Life): boolean {
  return life.every(({ cases }) => cases.every(({ expects }) => expects.kind === 'less'));
}
