import type { KubeObject } from '../../../../src/sim/api/object.js';
import { parseQuantity, quantityValue } from '../../../../src/sim/api/quantity.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { type ClusterView, objectsOf } from '../cluster-view.js';
import { called, hasEnded } from './facts.js';
import type { Invariant } from './invariant.js';

interface ResourceQuota extends KubeObject {
  readonly spec: { readonly hard?: Readonly<Record<string, string>> };
  readonly status?: {
    readonly hard?: Readonly<Record<string, string>>;
    readonly used?: Readonly<Record<string, string>>;
  };
}

/** How many of what a quota counts there are; undefined for what nobody draws. */
function counted(view: ClusterView, namespace: string | undefined, what: string): number | undefined {
  const plural = /^count\/(deployments\.apps|jobs\.batch)$/.exec(what)?.[1]?.split('.')[0] ?? what;
  if (!['pods', 'deployments', 'jobs'].includes(plural)) return undefined;
  const here = objectsOf(view, plural).filter(({ metadata }) => metadata.namespace === namespace);
  return plural === 'pods' ? here.filter((pod) => isCharged(pod as unknown as Pod)).length : here.length;
}

/** Pods that have ended are not charged for, nor those that should have gone by now: their node may never tell. */
function isCharged(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Nothing comes that a quota has no room for, and in the end quotas say how much is used. */
export const quotasKept: Invariant = {
  name: 'quotas are kept',
  told: ({ plural, before, after }, view) => {
    if (!after || before || !['pods', 'deployments', 'jobs'].includes(plural)) return [];
    const { namespace } = after.metadata;
    const findings: string[] = [];
    for (const quota of objectsOf<ResourceQuota>(view, 'resourcequotas')) {
      if (quota.metadata.namespace !== namespace) continue;
      for (const [what, hard] of Object.entries(quota.status?.hard ?? {})) {
        if (!what.includes(plural)) continue;
        const count = counted(view, namespace, what) ?? 0;
        // What came while a quota was not yet counted may be more than it allows; then nothing more may come.
        if (count > numberOf(hard))
          findings.push(`${called(after)} came where ${called(quota)} allows ${hard} ${what}, as number ${count}`);
      }
    }
    return findings;
  },
  settled: ({ listed }) => {
    const findings: string[] = [];
    for (const quota of objectsOf<ResourceQuota>(listed, 'resourcequotas')) {
      for (const what of Object.keys(quota.spec.hard ?? {})) {
        const count = counted(listed, quota.metadata.namespace, what);
        const used = quota.status?.used?.[what];
        if (count !== undefined && (used === undefined || numberOf(used) !== count))
          findings.push(`${called(quota)} says that ${used} ${what} are used of ${count}`);
      }
    }
    return findings;
  },
};

function numberOf(quantity: string): number {
  return quantityValue(parseQuantity(quantity));
}
