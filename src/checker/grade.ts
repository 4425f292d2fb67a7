import type { Cluster } from '../clusters/port.js';
import { ClusterError } from '../clusters/port.js';
import { act } from './acting/act.js';
import { type Baseline, takeBaseline } from './baseline.js';
import { kindOf, subjectsIn } from './checks/register.js';
import type { Verdict } from './condition.js';
import { ObjectReader, UndecidedError } from './objects.js';
import { ProbePods } from './probe-pods.js';
import { realSecondsWaited } from './real-time.js';
import { inRounds, leastSpoiltFirst } from './rounds.js';
import type { Check, Report, Subject } from './rubric.js';
import { score } from './score.js';
import { SpentCluster } from './spent-cluster.js';
import type { CheckContext } from './subject.js';
import { withinRealTime } from './time-limit.js';

export interface GradeOptions {
  readonly checks: readonly Check[];
  readonly baseline: Baseline;
  /** Hosts' names in this world by their base names. */
  readonly hosts: Readonly<Record<string, string>>;
  /**
   * The attempt is over, and the cluster is thrown away or put back afterwards: the last checks that act may do so on it
   * instead of on a copy; all of them, one after another, where no copy can be had. Between them is put back what can be.
   */
  readonly spend?: boolean;
  /** It is only asked whether points are lost: when they are, checks that act are left undecided. */
  readonly untilLost?: boolean;
  /**
   * Told before the first check acts on the cluster itself, with what the report is if nothing more can be judged: whoever
   * is ended meanwhile has that at least. What it throws ends the grading, with nothing changed.
   */
  readonly beforeActing?: (soFar: Report) => void;
  /** How long, in the cluster's seconds, a copy may take to come to rest after a check acted on it. */
  readonly settleSecondsMax?: number;
  /** How long one check may take, in real seconds; what it has to wait for comes on top where time is real. */
  readonly realSecondsMax?: number;
}

const SETTLE_SECONDS_MAX = 180;
const REAL_SECONDS_MAX = 60;

/** Notes what the rubric will compare with; call it when the task begins. */
export async function noteBaseline(cluster: Cluster, checks: readonly Check[]): Promise<Baseline> {
  const references = checks.flatMap((check) =>
    subjectsIn(check).flatMap(({ subject }) => kindOf(subject).references?.(subject) ?? []),
  );
  return takeBaseline(references, new ObjectReader(cluster));
}

/**
 * Grades a cluster as it stands: first the checks that only look, then those that make pods of their own, then those
 * that act, each on a copy of its own. Where no copy can be had they act on the cluster itself, once it may be spoiled, in
 * the order in which they spoil least. Checks that need the API server while it does not answer fail with that reason; a
 * cluster that is gone altogether throws `ClusterError`, unless checks have begun to change it: what they did not find out
 * is undecided then.
 */
export async function grade(cluster: Cluster, options: GradeOptions): Promise<Report> {
  const { checks } = options;
  const { still, acting } = inRounds(checks);
  const verdicts = new Map<string, Verdict>();
  await judgeOn(cluster, still, options, verdicts);
  const rounds = cluster.copy ? acting : leastSpoiltFirst(acting);
  const spent = new SpentCluster(cluster, options.settleSecondsMax ?? SETTLE_SECONDS_MAX, () =>
    options.beforeActing?.(score(checks, new Map([...acting.flat().map(({ id }) => unfinished(id)), ...verdicts]))),
  );
  for (const [index, round] of rounds.entries()) {
    if (options.untilLost && checks.some((check) => isLost(check, verdicts))) {
      for (const { id } of round) verdicts.set(id, undecided('points are lost already'));
      continue;
    }
    if (cluster.copy && !(options.spend && index === rounds.length - 1)) {
      await judgeOnCopy(await cluster.copy(), round, options, verdicts);
      continue;
    }
    const reason =
      whyNotItself(cluster, options) ??
      (await spent.use(round, async () => judgeOn(cluster, round, options, verdicts)));
    // What was found out before the cluster was gone counts; for what was not there is a reason.
    for (const { id } of round) if (!verdicts.has(id)) verdicts.set(id, undecided(reason as string));
  }
  return score(checks, verdicts);
}

function isLost({ id, guard }: Check, verdicts: ReadonlyMap<string, Verdict>): boolean {
  return !guard && verdicts.get(id)?.passed === false;
}

/** Why no check may act on the cluster itself; undefined where it may. */
function whyNotItself({ copy, capabilities }: Cluster, { spend }: GradeOptions): string | undefined {
  if (copy) return undefined;
  if (!capabilities.has('expendable')) return 'the check acts, and this cluster can neither be copied nor spoiled';
  return spend ? undefined : 'the check acts on the cluster itself, so it is judged only when the attempt ends';
}

async function judgeOnCopy(
  copy: Cluster,
  round: readonly Check[],
  options: GradeOptions,
  verdicts: Map<string, Verdict>,
): Promise<void> {
  try {
    await judgeOn(copy, round, options, verdicts);
  } finally {
    await copy.close();
  }
}

/** Judges checks that do the same first, or nothing, on one cluster. */
async function judgeOn(
  cluster: Cluster,
  checks: readonly Check[],
  options: GradeOptions,
  verdicts: Map<string, Verdict>,
): Promise<void> {
  const context = contextOf(cluster, options);
  try {
    const prevented = await actFirst(cluster, checks, context, options);
    for (const check of checks) {
      const limit = (options.realSecondsMax ?? REAL_SECONDS_MAX) + realSecondsWaited(cluster, check);
      const verdict = prevented ?? (await withinRealTime(context.judge(check), limit)) ?? tooLong(limit);
      verdicts.set(check.id, verdict);
    }
  } finally {
    await context.probes.remove().catch((error: unknown) => {
      if (!(error instanceof ClusterError || error instanceof UndecidedError)) throw error;
    });
  }
}

/** Notes what the checks' kinds want to know, does what comes first, and waits for quiet. Gives why nothing can be judged. */
async function actFirst(
  cluster: Cluster,
  checks: readonly Check[],
  context: GradingContext,
  { settleSecondsMax = SETTLE_SECONDS_MAX }: GradeOptions,
): Promise<Verdict | undefined> {
  const acts = checks[0]?.before ?? [];
  if (acts.length === 0) return undefined;
  try {
    for (const check of checks)
      for (const { subject } of subjectsIn(check))
        context.notes.set(subject, await kindOf(subject).note?.(subject, context));
    await act(cluster, acts, context.host);
    await cluster.settle(settleSecondsMax);
    return undefined;
  } catch (error) {
    if (error instanceof UndecidedError) return undecided(error.message);
    throw error;
  }
}

type GradingContext = CheckContext & { readonly notes: Map<Subject, unknown> };

function contextOf(cluster: Cluster, { baseline, hosts }: GradeOptions): GradingContext {
  const objects = new ObjectReader(cluster);
  const notes = new Map<Subject, unknown>();
  const context: GradingContext = {
    cluster,
    objects,
    probes: new ProbePods(cluster, objects),
    baseline,
    notes,
    host: (base) => hosts[base] ?? base,
    noted: (subject) => notes.get(subject),
    judge: (subject) => judgeSubject(subject, context),
  };
  return context;
}

async function judgeSubject(subject: Subject, context: CheckContext): Promise<Verdict> {
  try {
    return await kindOf(subject).judge(subject, context);
  } catch (error) {
    if (error instanceof UndecidedError) return undecided(error.message);
    throw error;
  }
}

function undecided(reason: string): Verdict {
  return { passed: false, undecided: true, expected: 'to be found out', found: reason };
}

function unfinished(id: string): readonly [string, Verdict] {
  return [id, undecided('the check changes the cluster, and the grading did not come to its end')];
}

function tooLong(seconds: number): Verdict {
  return undecided(`it took longer than ${seconds} s`);
}
