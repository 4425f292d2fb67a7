import type { Capability, Cluster } from '../../../src/clusters/port.js';

/** A cluster of some kind that the contract is tried on. */
export interface Contracted {
  readonly cluster: Cluster;
  /** A namespace that is there and in which everything may be done. */
  readonly namespace: string;
  /** Where scripts run and answers are left; undefined where there is no such host. */
  readonly host?: { readonly name: string; readonly user: string; readonly answers: string } | undefined;
  /** What it has not, though it should have, and why. */
  readonly lacks?: Readonly<Record<string, string>>;
}

/** One demand on every cluster. `run` throws what is wrong. */
export interface ContractCase {
  readonly title: string;
  /** What a cluster must have for it to make sense. `host`: some host for scripts; `groups`: what a command starts ends with it. */
  readonly needs?: readonly (Capability | 'groups' | 'host')[];
  run(contracted: Contracted): Promise<void>;
}

export interface CaseResult {
  readonly title: string;
  readonly result: 'failed' | 'passed' | 'skipped';
  /** What failed, or is not there. */
  readonly why?: string;
}

/** What a cluster has not that a case needs, in words; undefined when it has all. */
export function missing({ needs = [] }: ContractCase, { cluster, host, lacks = {} }: Contracted): string | undefined {
  for (const need of needs) {
    const has = need === 'groups' || (need === 'host' ? host !== undefined : cluster.capabilities.has(need));
    if (!has || lacks[need] !== undefined) return `it has no ${need}${lacks[need] ? `: ${lacks[need]}` : ''}`;
  }
  return undefined;
}

/** Tries all cases one after another. */
export async function playContract(
  cases: readonly ContractCase[],
  contracted: Contracted,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) {
    const why = missing(one, contracted);
    if (why !== undefined) {
      results.push({ title: one.title, result: 'skipped', why });
      continue;
    }
    const failure = await one.run(contracted).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    results.push({
      title: one.title,
      result: failure === undefined ? 'passed' : 'failed',
      ...(failure === undefined ? {} : { why: failure }),
    });
  }
  return results;
}
