import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { CommandError } from '../errors.js';
import { revisionOf } from './revision.js';

/** How far a rollout is, and whether that is all. */
export interface RolloutStatus {
  readonly text: string;
  readonly done: boolean;
}

interface Workload extends KubeObject {
  spec: { replicas?: number; updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } } };
  status?: {
    [field: string]: unknown;
    conditions?: readonly { type: string; reason?: string }[];
    updateRevision?: string;
    currentRevision?: string;
  };
}

/** The status of a deployment, daemon set or stateful set. Throws when it failed or cannot be told. */
export function rolloutStatus(object: KubeObject, revision: number): RolloutStatus {
  const workload = object as Workload;
  if (object.kind === 'Deployment') return deploymentStatus(workload, revision);
  return object.kind === 'DaemonSet' ? daemonSetStatus(workload) : statefulSetStatus(workload);
}

const waiting = (text: string): RolloutStatus => ({ text: `${text}\n`, done: false });
const finished = (text: string): RolloutStatus => ({ text: `${text}\n`, done: true });

function count({ status }: Workload, field: string): number {
  const value = status?.[field];
  return typeof value === 'number' ? value : 0;
}

function isObserved(workload: Workload): boolean {
  return (workload.metadata.generation ?? 0) <= count(workload, 'observedGeneration');
}

function deploymentStatus(workload: Workload, revision: number): RolloutStatus {
  const name = goQuote(workload.metadata.name ?? '');
  const running = revisionOf(workload);
  if (revision > 0 && revision !== running) {
    throw new CommandError(`desired revision (${revision}) is different from the running revision (${running})`);
  }
  if (!isObserved(workload)) return waiting('Waiting for deployment spec update to be observed...');
  const progressing = workload.status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    throw new CommandError(`deployment ${name} exceeded its progress deadline`);
  const wanted = workload.spec.replicas ?? 1;
  const updated = count(workload, 'updatedReplicas');
  const all = count(workload, 'replicas');
  const available = count(workload, 'availableReplicas');
  const head = `Waiting for deployment ${name} rollout to finish: `;
  if (updated < wanted) return waiting(`${head}${updated} out of ${wanted} new replicas have been updated...`);
  if (all > updated) return waiting(`${head}${all - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${head}${available} of ${updated} updated replicas are available...`);
  return finished(`deployment ${name} successfully rolled out`);
}

function daemonSetStatus(workload: Workload): RolloutStatus {
  const name = goQuote(workload.metadata.name ?? '');
  if (workload.spec.updateStrategy?.type !== 'RollingUpdate')
    throw new CommandError('rollout status is only available for RollingUpdate strategy type');
  if (!isObserved(workload)) return waiting('Waiting for daemon set spec update to be observed...');
  const wanted = count(workload, 'desiredNumberScheduled');
  const updated = count(workload, 'updatedNumberScheduled');
  const available = count(workload, 'numberAvailable');
  const head = `Waiting for daemon set ${name} rollout to finish: `;
  if (updated < wanted) return waiting(`${head}${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return waiting(`${head}${available} of ${wanted} updated pods are available...`);
  return finished(`daemon set ${name} successfully rolled out`);
}

function statefulSetStatus(workload: Workload): RolloutStatus {
  const { spec, status } = workload;
  if (spec.updateStrategy?.type !== 'RollingUpdate')
    throw new CommandError('rollout status is only available for RollingUpdate strategy type');
  if (count(workload, 'observedGeneration') === 0 || !isObserved(workload))
    return waiting('Waiting for statefulset spec update to be observed...');
  const wanted = spec.replicas ?? 1;
  const ready = count(workload, 'readyReplicas');
  const updated = count(workload, 'updatedReplicas');
  if (ready < wanted) return waiting(`Waiting for ${wanted - ready} pods to be ready...`);
  const rolling = spec.updateStrategy.rollingUpdate;
  if (rolling) {
    const due = wanted - (rolling.partition ?? 0);
    if (updated < due)
      return waiting(
        `Waiting for partitioned roll out to finish: ${updated} out of ${due} new pods have been updated...`,
      );
    return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (status?.updateRevision !== status?.currentRevision) {
    return waiting(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${status?.updateRevision}...`,
    );
  }
  return finished(
    `statefulset rolling update complete ${count(workload, 'currentReplicas')} pods at revision ${status?.currentRevision}...`,
  );
}
