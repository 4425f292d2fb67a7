import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Pod, PodSpec } from '../../../src/sim/api/types/pod.js';
import type { ReplicaSet } from '../../../src/sim/api/types/workloads.js';
import type { Simulation } from './simulation.js';

/** What the replica set of these tests selects. */
export const LABELS = { app: 'web' };

/** A replica set of web servers. */
export function replicaSet(replicas: number, spec: Partial<PodSpec> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }],
          ...spec,
        },
      },
    },
  };
}

/** A pod of one container. */
export function pod(name: string, labels: Record<string, string> = {}, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  };
}

/** The names of objects. */
export const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);
/** Deletes an object. */
export const remove = (simulation: Simulation, ...args: Parameters<Simulation['client']['delete']>) =>
  simulation.run(simulation.client.delete(...args));
