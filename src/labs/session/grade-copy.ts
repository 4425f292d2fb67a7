import { grade } from '../../checker/grade.js';
import type { Check, Report } from '../../checker/rubric.js';
import type { OpenOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalHeader } from '../journal/entry.js';
import { readJournal } from '../journal/reader.js';
import { openMachine } from './attempt-machine.js';
import { gradeOptions } from './grade-options.js';
import { replay } from './replay.js';

/** An attempt of which a copy is graded. */
export interface Copied {
  readonly instance: LabInstance;
  readonly header: JournalHeader;
  /** Of its journal. */
  readonly path: string;
  readonly where: OpenOptions;
}

/** What of a copy is looked at where it is not graded as a whole. */
export interface Look {
  /** Only these checks. */
  readonly checks: readonly Check[];
  /** As it is at this moment: it does not come to rest first. */
  readonly now: boolean;
}

/**
 * Grades a copy of an attempt: a second machine does everything again that its journal says, settles and is looked at,
 * so that the person's own world does not age.
 */
export async function gradeCopy(
  { instance, header, path, where }: Copied,
  onStep: (step: string) => void = () => {},
  { checks = instance.checks, now = false }: Partial<Look> = {},
): Promise<Report> {
  onStep('making a copy of your cluster');
  const { cluster, baseline } = await openMachine(instance, header, where);
  try {
    await replay(cluster, readJournal(path).entries);
    onStep('letting it come to rest');
    if (!now) await cluster.settle(instance.settleSecondsMax);
    onStep('looking at it');
    return await grade(cluster, { ...gradeOptions(instance), checks, baseline, spend: true });
  } finally {
    await cluster.close();
  }
}
