import { compareBytes } from '../../../api/bytewise.js';
import { formatSelectorObject } from '../../../api/labels.js';
import { type KubeObject, semanticEqual } from '../../../api/object.js';
import type { Deployment, ReplicaSet, WorkloadCondition } from '../../../api/types/workloads.js';
import type { Waiting } from '../../../kernel/wait.js';
import { replicaSetsOf } from '../../rollout/revision.js';
import { type TemplateLike, templateOf } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { describePodTemplate } from '../pod-template.js';
import { type DescribeWriter, longTime } from '../writer.js';

/** Describes a deployment with its replica sets. */
export function* describeDeployment(w: DescribeWriter, request: DescribeRequest<Deployment>): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status = {} } = object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Selector', formatSelectorObject(spec.selector));
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status;
  w.field(
    'Replicas',
    `${spec.replicas ?? 1} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
  );
  w.field('StrategyType', spec.strategy?.type ?? '');
  w.field('MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    w.field('RollingUpdateStrategy', `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  describePodTemplate(w, spec.template as unknown as TemplateLike);
  describeConditions(w, status.conditions);
  const sets = (yield* replicaSetsOf(session, object)) as ReplicaSet[];
  const current = sets.find((each) => isSameTemplate(each, object));
  const old = sets.filter((each) => each !== current).sort(byName);
  if (sets.length > 0) {
    w.field('OldReplicaSets', setsText(old));
    w.field('NewReplicaSet', setsText(current ? [current] : []));
  }
  yield* describeEvents(w, request);
}

/** The table of a workload's conditions, when it has any. */
export function describeConditions(w: DescribeWriter, conditions: readonly WorkloadCondition[] | undefined): void {
  if (!conditions?.length) return;
  w.write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  w.write(1, '----\t------\t------\n');
  for (const { type, status, reason = '' } of conditions) w.write(1, `${type} \t${status}\t${reason}\n`);
}

function byName(a: ReplicaSet, b: ReplicaSet): number {
  return compareBytes(a.metadata.name ?? '', b.metadata.name ?? '');
}

function isSameTemplate(set: KubeObject, deployment: KubeObject): boolean {
  const { metadata = {}, ...rest } = templateOf(set) ?? {};
  const { 'pod-template-hash': _hash, ...labels } = metadata.labels ?? {};
  return semanticEqual({ ...rest, metadata: { ...metadata, labels } }, templateOf(deployment));
}

function setsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec.replicas ?? 1} replicas created)`,
  );
  return texts.length === 0 ? '<none>' : texts.join(', ');
}
