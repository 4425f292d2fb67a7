import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { parseTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';

/** Where an object is on its way to what it should be (kstatus). */
export interface ObjectState {
  readonly status: 'Current' | 'InProgress' | 'Failed' | 'Terminating';
  readonly message: string;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** So long a pod that nobody can schedule is waited for. */
const SCHEDULE_WINDOW = 15 * SECOND;

/** The state of an object, by the rules of kstatus for its kind, and by its conditions for all others. */
export function stateOf(object: KubeObject, now: Micros): ObjectState {
  const group = object.apiVersion.includes('/') ? `${object.apiVersion.split('/')[0]}/` : '';
  return generic(object) ?? RULES[`${group}${object.kind}`]?.(object, now) ?? byReady(object) ?? CURRENT;
}

const CURRENT: ObjectState = { status: 'Current', message: 'Resource is current' };

function generic(object: KubeObject): ObjectState | undefined {
  if (object.metadata.deletionTimestamp) return { status: 'Terminating', message: 'Resource scheduled for deletion' };
  const { generation } = object.metadata;
  const observed = statusOf(object)['observedGeneration'];
  if (generation !== undefined && typeof observed === 'number' && observed !== generation)
    return inProgress(`${object.kind} generation is ${generation}, but latest observed generation is ${observed}`);
  for (const { type, status, message = '' } of conditionsOf(object)) {
    if (status !== 'True') continue;
    if (type === 'Reconciling') return inProgress(message);
    if (type === 'Stalled') return { status: 'Failed', message };
  }
  return undefined;
}

function byReady(object: KubeObject): ObjectState | undefined {
  const ready = conditionsOf(object).find(({ type }) => type === 'Ready');
  if (!ready) return undefined;
  return ready.status === 'True' ? current('Resource is Ready') : inProgress(ready.message ?? '');
}

const RULES: Readonly<Record<string, (object: KubeObject, now: Micros) => ObjectState>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': definitionState,
  'apps/DaemonSet': daemonSetState,
  'apps/Deployment': deploymentState,
  'apps/ReplicaSet': replicaSetState,
  'apps/StatefulSet': statefulSetState,
  'batch/CronJob': () => current('Resource is always ready'),
  'batch/Job': jobState,
  ConfigMap: () => current('Resource is always ready'),
  PersistentVolumeClaim: claimState,
  Pod: podState,
  'policy/PodDisruptionBudget': () => current('AllowedDisruptions has been computed.'),
  Secret: () => current('Resource is always ready'),
  Service: serviceState,
};

function current(message: string): ObjectState {
  return { status: 'Current', message };
}

function inProgress(message: string): ObjectState {
  return { status: 'InProgress', message };
}

function failed(message: string): ObjectState {
  return { status: 'Failed', message };
}

function statusOf(object: KubeObject): JsonObject {
  return isJsonObject(object['status']) ? object['status'] : {};
}

function specOf(object: KubeObject): JsonObject {
  return isJsonObject(object['spec']) ? object['spec'] : {};
}

function conditionsOf(object: KubeObject): readonly Condition[] {
  const { conditions } = statusOf(object);
  return Array.isArray(conditions) ? (conditions as Condition[]) : [];
}

function counts(object: KubeObject) {
  const status = statusOf(object);
  const number = (field: string, otherwise = 0): number => {
    const value = status[field];
    return typeof value === 'number' ? value : otherwise;
  };
  const { replicas } = specOf(object);
  return { number, wanted: typeof replicas === 'number' ? replicas : 1 };
}

function deploymentState(object: KubeObject): ObjectState {
  const { number, wanted } = counts(object);
  const conditions = conditionsOf(object);
  const progress = conditions.find(({ type }) => type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return failed('Progress deadline exceeded');
  const replicas = number('replicas');
  const updated = number('updatedReplicas');
  const available = number('availableReplicas');
  if (wanted > replicas) return inProgress(`Replicas: ${replicas}/${wanted}`);
  if (wanted > updated) return inProgress(`Updated: ${updated}/${wanted}`);
  if (replicas > wanted) return inProgress(`Pending termination: ${replicas - wanted}`);
  if (updated > available) return inProgress(`Available: ${available}/${updated}`);
  if (wanted > number('readyReplicas')) return inProgress(`Ready: ${number('readyReplicas')}/${wanted}`);
  const endless = specOf(object)['progressDeadlineSeconds'] === 2 ** 31 - 1;
  if (!endless && !(progress?.status === 'True' && progress.reason === 'NewReplicaSetAvailable'))
    return inProgress('ReplicaSet not Available');
  if (!conditions.some(({ type, status }) => type === 'Available' && status === 'True'))
    return inProgress('Deployment not Available');
  return current(`Deployment is available. Replicas: ${replicas}`);
}

function replicaSetState(object: KubeObject): ObjectState {
  const { number, wanted } = counts(object);
  if (conditionsOf(object).some(({ type, status }) => type === 'ReplicaFailure' && status === 'True'))
    return inProgress('Replica Failure condition. Check Pods');
  for (const [word, field] of [
    ['Labelled', 'fullyLabeledReplicas'],
    ['Available', 'availableReplicas'],
    ['Ready', 'readyReplicas'],
  ] as const)
    if (wanted > number(field)) return inProgress(`${word}: ${number(field)}/${wanted}`);
  const replicas = number('replicas');
  if (replicas > wanted) return inProgress(`Pending termination: ${replicas - wanted}`);
  return current(`ReplicaSet is available. Replicas: ${replicas}`);
}

function statefulSetState(object: KubeObject): ObjectState {
  const { number, wanted } = counts(object);
  const strategy = specOf(object)['updateStrategy'] as
    | { type?: string; rollingUpdate?: { partition?: number } }
    | undefined;
  if (strategy?.type === 'OnDelete') return current('StatefulSet is using the ondelete update strategy');
  const replicas = number('replicas');
  const updated = number('updatedReplicas');
  if (wanted > replicas) return inProgress(`Replicas: ${replicas}/${wanted}`);
  if (wanted > number('readyReplicas')) return inProgress(`Ready: ${number('readyReplicas')}/${wanted}`);
  if (replicas > wanted) return inProgress(`Pending termination: ${replicas - wanted}`);
  const partition = strategy?.rollingUpdate?.partition;
  if (partition !== undefined)
    return updated < wanted - partition
      ? inProgress(`updated: ${updated}/${wanted - partition}`)
      : current(`Partition rollout complete. updated: ${updated}`);
  if (wanted > number('currentReplicas')) return inProgress(`current: ${number('currentReplicas')}/${wanted}`);
  const status = statusOf(object);
  if (status['currentRevision'] !== status['updateRevision'])
    return inProgress('Waiting for updated revision to match current');
  return current(`All replicas scheduled as expected. Replicas: ${replicas}`);
}

function daemonSetState(object: KubeObject): ObjectState {
  const { number } = counts(object);
  if (statusOf(object)['observedGeneration'] === undefined)
    return inProgress('DaemonSet status.observedGeneration not found');
  const wanted = number('desiredNumberScheduled', -1);
  if (wanted === -1) return inProgress('Missing .status.desiredNumberScheduled');
  for (const [word, field] of [
    ['Current', 'currentNumberScheduled'],
    ['Updated', 'updatedNumberScheduled'],
    ['Available', 'numberAvailable'],
    ['Ready', 'numberReady'],
  ] as const)
    if (wanted > number(field)) return inProgress(`${word}: ${number(field)}/${wanted}`);
  return current(`All replicas scheduled as expected. Replicas: ${wanted}`);
}

function claimState(object: KubeObject): ObjectState {
  const { phase = 'unknown' } = statusOf(object);
  return phase === 'Bound' ? current('PVC is Bound') : inProgress(`PVC is not Bound. phase: ${phase}`);
}

function serviceState(object: KubeObject): ObjectState {
  const { type, clusterIP } = specOf(object);
  return type === 'LoadBalancer' && !clusterIP
    ? inProgress('ClusterIP not set. Service type: LoadBalancer')
    : current('Service is ready');
}

function definitionState(object: KubeObject): ObjectState {
  for (const { type, status, reason = '', message = '' } of conditionsOf(object)) {
    if (type === 'NamesAccepted' && status === 'False') return failed(message);
    if (type !== 'Established') continue;
    if (status === 'False' && reason !== 'Installing') return failed(message);
    if (status === 'True') return current('CRD is established');
  }
  return inProgress('Install in progress');
}

/** Of a job among a release's objects: one that has begun is enough. */
function jobState(object: KubeObject): ObjectState {
  const { number } = counts(object);
  const { completions, wasFailed, isComplete } = jobEnd(object);
  if (isComplete) return current(`Job Completed. succeeded: ${number('succeeded')}/${completions}`);
  if (wasFailed) return failed(`Job Failed. failed: ${number('failed')}/${completions}`);
  if (!statusOf(object)['startTime']) return inProgress('Job not started');
  return current(
    `Job in progress. success:${number('succeeded')}, active: ${number('active')}, failed: ${number('failed')}`,
  );
}

function jobEnd(object: KubeObject) {
  const { parallelism = 1, completions = parallelism } = specOf(object);
  const has = (wanted: string): boolean =>
    conditionsOf(object).some(({ type, status }) => type === wanted && status === 'True');
  return { completions, wasFailed: has('Failed'), isComplete: has('Complete') };
}

function podState(object: KubeObject, now: Micros): ObjectState {
  const status = statusOf(object);
  const conditions = conditionsOf(object);
  switch (status['phase']) {
    case 'Succeeded':
      return current('Pod has completed successfully');
    case 'Failed':
      return current('Pod has completed, but not successfully');
    case 'Running': {
      if (conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')) return current('Pod is Ready');
      const containers = (status['containerStatuses'] ?? []) as {
        name: string;
        state?: { waiting?: { reason?: string } };
      }[];
      const looping = containers.filter(({ state }) => state?.waiting?.reason === 'CrashLoopBackOff');
      if (looping.length === 0) return inProgress('Pod is running but is not Ready');
      return failed(`Containers in CrashLoop state: ${looping.map(({ name }) => name).join(',')}`);
    }
    case 'Pending': {
      const unscheduled = conditions.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
      if (unscheduled?.reason !== 'Unschedulable') return inProgress('Pod is in the Pending phase');
      const born = parseTime(object.metadata.creationTimestamp ?? '') ?? now;
      return now - SCHEDULE_WINDOW < born
        ? inProgress('Pod has not been scheduled')
        : failed('Pod could not be scheduled');
    }
    default:
      return inProgress('Pod phase not available');
  }
}

/** The state of a hook's object: a pod or a job must have ended, all else is ready once it is there. */
export function hookStateOf(object: KubeObject): ObjectState {
  if (object.kind === 'Pod' && object.apiVersion === 'v1') {
    const { name } = object.metadata;
    const { phase } = statusOf(object);
    if (phase === 'Succeeded') return current(`pod ${name} succeeded`);
    return phase === 'Failed' ? failed(`pod ${name} failed`) : inProgress('Pod in progress');
  }
  if (object.kind === 'Job' && object.apiVersion === 'batch/v1') return endedJobState(object);
  return CURRENT;
}

/** The state of a job that must end. */
export function endedJobState(object: KubeObject): ObjectState {
  const { number } = counts(object);
  const { completions, wasFailed, isComplete } = jobEnd(object);
  if (isComplete) return current(`Job Completed. succeeded: ${number('succeeded')}/${completions}`);
  if (wasFailed) return failed(`Job Failed. failed: ${number('failed')}/${completions}`);
  return inProgress('Job in progress');
}
