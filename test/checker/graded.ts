import { grade, noteBaseline } from '../../src/checker/grade.js';
import type { Check, CheckResult, Subject } from '../../src/checker/rubric.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';

export const HOSTS = { node01: 'cka1-node1' };

/** Grades one subject on a fake cluster; `change` is what happens to the cluster after the task began. */
export async function judged(
  subject: Subject,
  content: FakeContent,
  change: (cluster: FakeCluster) => void = () => {},
): Promise<{ result: CheckResult; cluster: FakeCluster }> {
  const checks = [{ id: 'it', says: 'it', points: 1, ...subject } as Check];
  const cluster = new FakeCluster(content);
  const baseline = await noteBaseline(cluster, checks);
  change(cluster);
  const { checks: results } = await grade(cluster, { checks, baseline, hosts: HOSTS });
  return { result: results[0] as CheckResult, cluster };
}

/** What a graded subject says, in short: `✓ expected / found`. */
export async function saying(...given: Parameters<typeof judged>): Promise<string> {
  const { passed, expected, found } = (await judged(...given)).result;
  return `${passed ? '✓' : '✗'} ${expected} / ${found}`;
}
