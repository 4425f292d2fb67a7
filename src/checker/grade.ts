import type { Cluster } from '../clusters/port.js';
import { ClusterError } from '../clusters/port.js';
import { type Baseline, takeBaseline } from './baseline.js';
import { kindOf } from './checks/register.js';
import type { Verdict } from './condition.js';
import { ObjectReader, UnreachableError } from './objects.js';
import { ProbePods } from './probe-pods.js';
import type { Check, Report, Subject } from './rubric.js';
import { score } from './score.js';
import type { CheckContext } from './subject.js';

export interface GradeOptions {
  readonly checks: readonly Check[];
  readonly baseline: Baseline;
  /** Hosts' names in this world by their base names. */
  readonly hosts: Readonly<Record<string, string>>;
}

/** Notes what the rubric will compare with; call it when the task begins. */
export async function noteBaseline(cluster: Cluster, checks: readonly Check[]): Promise<Baseline> {
  return takeBaseline(checks, new ObjectReader(cluster));
}

/**
 * Grades a cluster as it stands. Checks that need the API server while it does not answer fail with that reason; a
 * cluster that is gone altogether throws `ClusterError`.
 */
export async function grade(cluster: Cluster, { checks, baseline, hosts }: GradeOptions): Promise<Report> {
  const objects = new ObjectReader(cluster);
  const probes = new ProbePods(cluster, objects);
  const context: CheckContext = {
    cluster,
    objects,
    probes,
    baseline,
    host: (base) => hosts[base] ?? base,
    judge: (subject) => judgeSubject(subject, context),
  };
  const verdicts = new Map<string, Verdict>();
  try {
    // Looking comes before trying: probe pods must not be seen by checks that count objects.
    for (const check of [...checks].sort((one, other) => Number(acts(one)) - Number(acts(other)))) {
      verdicts.set(check.id, await judgeSubject(check, context));
    }
  } finally {
    await probes.remove().catch((error: unknown) => {
      if (!(error instanceof ClusterError)) throw error;
    });
  }
  return score(checks, verdicts);
}

async function judgeSubject(subject: Subject, context: CheckContext): Promise<Verdict> {
  try {
    return await kindOf(subject).judge(subject, context);
  } catch (error) {
    if (error instanceof UnreachableError) return { passed: false, expected: 'to be found out', found: error.message };
    throw error;
  }
}

function acts(subject: Subject): boolean {
  if ('all' in subject || 'any' in subject) return [...(subject.all ?? []), ...(subject.any ?? [])].some(acts);
  return 'connect' in subject || 'resolve' in subject || 'script' in subject;
}
