import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { Node } from '../../../../src/sim/api/types/node.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../../../src/sim/api/types/workloads.js';
import { type ClusterView, objectsOf } from '../cluster-view.js';
import { called, hasEnded, isGoing, isReady, ownedBy } from './facts.js';
import type { Invariant } from './invariant.js';
import { mayBeOn } from './room-for.js';

/** In the end there are as many ready pods as were asked for, unless nodes or quotas have no room for them. */
export const replicasConverge: Invariant = {
  name: 'replicas converge when capacity allows',
  settled: ({ listed }) => replicasMissing(listed),
};

/** Who has not what was asked for. */
export function replicasMissing(listed: ClusterView): string[] {
  return [
    ...objectsOf<Deployment>(listed, 'deployments').flatMap((deployment) => ofDeployment(listed, deployment)),
    ...objectsOf<ReplicaSet>(listed, 'replicasets').flatMap((set) =>
      judge(listed, set, set.spec.replicas ?? 1, ownedBy(listed, 'pods', set), set.status?.readyReplicas),
    ),
    ...objectsOf<StatefulSet>(listed, 'statefulsets').flatMap((set) =>
      judge(listed, set, set.spec.replicas ?? 1, ownedBy(listed, 'pods', set), set.status?.readyReplicas),
    ),
    ...objectsOf<DaemonSet>(listed, 'daemonsets').flatMap((set) => ofDaemonSet(listed, set)),
  ];
}

function ofDeployment(view: ClusterView, deployment: Deployment): string[] {
  const sets = ownedBy<ReplicaSet>(view, 'replicasets', deployment);
  const pods = sets.flatMap((set) => ownedBy<Pod>(view, 'pods', set));
  const wanted = deployment.spec.replicas ?? 1;
  const findings = judge(view, deployment, wanted, pods, deployment.status?.readyReplicas);
  if (isExcused(view, deployment, pods)) return findings;
  if ((deployment.status?.updatedReplicas ?? 0) !== wanted)
    findings.push(`${called(deployment)} has ${deployment.status?.updatedReplicas ?? 0} updated replicas of ${wanted}`);
  const filled = sets.filter(({ spec }) => (spec.replicas ?? 1) > 0).length;
  if (filled > 1) findings.push(`${called(deployment)} has pods of ${filled} templates`);
  return findings;
}

function ofDaemonSet(view: ClusterView, set: DaemonSet): string[] {
  const pods = ownedBy<Pod>(view, 'pods', set);
  const { template } = set.spec;
  // What the controller adds to its pods' tolerations of its own accord.
  const own = ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'];
  const added = own.map((name) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists' }));
  const tolerations = [...(template.spec.tolerations ?? []), ...added];
  const wouldBe = { ...set, spec: { ...template.spec, tolerations } } as unknown as Pod;
  const wanted = objectsOf<Node>(view, 'nodes').filter((node) => mayBeOn(wouldBe, node));
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  // Those that a later taint would have kept away stay, and are not counted.
  const counted = pods.filter(({ spec }) => spec.nodeName === undefined || names.has(spec.nodeName));
  return judge(view, set, wanted.length, counted, set.status?.numberReady);
}

function judge(
  view: ClusterView,
  owner: KubeObject,
  wanted: number,
  pods: readonly Pod[],
  told: number | undefined,
): string[] {
  const ready = pods.filter((pod) => isReady(pod) && !isGoing(pod)).length;
  const findings: string[] = [];
  if ((told ?? 0) !== ready) findings.push(`${called(owner)} says that ${told ?? 0} pods are ready, and ${ready} are`);
  if (ready !== wanted && !isExcused(view, owner, pods))
    findings.push(`${called(owner)} wants ${wanted} pods and has ${ready} that are ready`);
  return findings;
}

/** Whether some of the pods have no node, or the namespace's quota leaves no room for more. */
function isExcused(view: ClusterView, owner: KubeObject, pods: readonly Pod[]): boolean {
  if (pods.some((pod) => pod.spec.nodeName === undefined && !hasEnded(pod))) return true;
  return objectsOf(view, 'resourcequotas').some((quota) => {
    if (quota.metadata.namespace !== owner.metadata.namespace) return false;
    const { hard, used } = quota['status'] as { hard?: Record<string, string>; used?: Record<string, string> };
    return hard?.['pods'] !== undefined && Number(used?.['pods'] ?? 0) >= Number(hard['pods']);
  });
}
