import { describe, expect, it } from 'vitest';
import type { Deployment, ReplicaSet } from '../../../src/sim/api/types/workloads.js';
import { DEPLOYMENTS, REPLICA_SETS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { podsOf, type Simulation, simulateWithNodes } from './simulation.js';
import { NEVER_READY } from './test-kubelet.js';

const NAMES = ['deployment-controller', 'replicaset-controller', 'garbage-collector-controller'];

function deployment(replicas: number, image: string, spec: Partial<Deployment['spec']> = {}): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
      ...spec,
    },
  };
}

const web = (simulation: Simulation) => simulation.get<Deployment>(DEPLOYMENTS, 'web', 'default');
const images = (simulation: Simulation) => podsOf(simulation).map((pod) => pod.spec.containers[0]?.image);
const sizes = (simulation: Simulation) =>
  Object.fromEntries(
    simulation
      .list<ReplicaSet>(REPLICA_SETS, 'default')
      .map((set) => [set.spec.template?.spec.containers[0]?.image, set.spec.replicas]),
  );
const setImage = (simulation: Simulation, image: string) =>
  simulation.change<Deployment>(DEPLOYMENTS, 'web', 'default', (object) => {
    const [container] = object.spec.template.spec.containers;
    if (container) container.image = image;
  });

describe('deployment', () => {
  it('makes a replica set and its pods, and reports progress', () => {
    const simulation = simulateWithNodes(NAMES, ['a', 'b']);
    simulation.create(DEPLOYMENTS, deployment(3, 'nginx:1'));
    simulation.advance(10 * SECOND);
    expect(podsOf(simulation)).toHaveLength(3);
    const { status, metadata } = web(simulation);
    expect(status).toMatchObject({ replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 });
    expect(metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
    const [set] = simulation.list<ReplicaSet>(REPLICA_SETS);
    const hash = set?.metadata.labels?.['pod-template-hash'] ?? '';
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{8,10}$/);
    expect(set?.metadata.name).toBe(`web-${hash}`);
    expect(status?.conditions?.map(({ type, status: word, reason, message }) => [type, word, reason, message])).toEqual(
      [
        ['Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
        ['Progressing', 'True', 'NewReplicaSetAvailable', `ReplicaSet "web-${hash}" has successfully progressed.`],
      ],
    );
    expect(simulation.events('web')).toEqual([`ScalingReplicaSet: Scaled up replica set web-${hash} from 0 to 3`]);
    const names = podsOf(simulation).map((pod) => `SuccessfulCreate: Created pod: ${pod.metadata.name}`);
    expect(simulation.events(`web-${hash}`).sort()).toEqual(names.sort());
  });

  it('rolls step by step and keeps the old set for the history', () => {
    const simulation = simulateWithNodes(NAMES, ['a', 'b']);
    simulation.create(DEPLOYMENTS, deployment(4, 'nginx:1'));
    simulation.advance(10 * SECOND);
    setImage(simulation, 'nginx:2');
    let least = 4;
    let most = 4;
    for (let step = 0; step < 100; step += 1) {
      simulation.advance(SECOND / 5);
      const { status } = web(simulation);
      least = Math.min(least, status?.availableReplicas ?? 0);
      most = Math.max(most, podsOf(simulation).filter((pod) => !pod.metadata.deletionTimestamp).length);
    }
    expect([least, most]).toEqual([3, 5]);
    expect(sizes(simulation)).toEqual({ 'nginx:1': 0, 'nginx:2': 4 });
    expect(images(simulation)).toEqual(['nginx:2', 'nginx:2', 'nginx:2', 'nginx:2']);
    expect(web(simulation).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
    setImage(simulation, 'nginx:1');
    simulation.advance(20 * SECOND);
    const [old] = simulation
      .list<ReplicaSet>(REPLICA_SETS)
      .filter((set) => set.spec.template?.spec.containers[0]?.image === 'nginx:1');
    expect(old?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(simulation.list<ReplicaSet>(REPLICA_SETS)).toHaveLength(2);
  });

  it('recreates only after the last old pod has gone', () => {
    const simulation = simulateWithNodes(NAMES, ['a']);
    simulation.create(DEPLOYMENTS, deployment(3, 'nginx:1', { strategy: { type: 'Recreate' } }));
    simulation.advance(10 * SECOND);
    setImage(simulation, 'nginx:2');
    const mixed = [];
    for (let step = 0; step < 100; step += 1) {
      simulation.advance(SECOND / 10);
      mixed.push(new Set(images(simulation)).size);
    }
    expect(Math.max(...mixed)).toBe(1);
    expect(images(simulation)).toEqual(['nginx:2', 'nginx:2', 'nginx:2']);
  });

  it('says when the deadline for progress has passed', () => {
    const simulation = simulateWithNodes(NAMES, ['a']);
    const stuck = deployment(1, 'nginx:1', { progressDeadlineSeconds: 30 });
    stuck.spec.template.metadata = { labels: { app: 'web' }, annotations: { [NEVER_READY]: '' } };
    simulation.create(DEPLOYMENTS, stuck);
    simulation.advance(MINUTE);
    const [set] = simulation.list<ReplicaSet>(REPLICA_SETS);
    expect(web(simulation).status?.conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${set?.metadata.name}" has timed out progressing.`,
    });
  });

  it('follows the number of replicas and does not roll while it is paused', () => {
    const simulation = simulateWithNodes(NAMES, ['a']);
    simulation.create(DEPLOYMENTS, deployment(2, 'nginx:1', { paused: true }));
    simulation.advance(5 * SECOND);
    expect(podsOf(simulation)).toHaveLength(0);
    simulation.change<Deployment>(DEPLOYMENTS, 'web', 'default', (object) => {
      delete object.spec.paused;
    });
    simulation.advance(10 * SECOND);
    expect(podsOf(simulation)).toHaveLength(2);
    simulation.change<Deployment>(DEPLOYMENTS, 'web', 'default', (object) => {
      object.spec.replicas = 5;
    });
    simulation.advance(10 * SECOND);
    expect(web(simulation).status).toMatchObject({ replicas: 5, availableReplicas: 5 });
    expect(simulation.events('web').at(-1)).toMatch(/^ScalingReplicaSet: Scaled up replica set web-\w+ from 2 to 5$/);
  });

  it('replaces a pod that was deleted, and takes everything along when it is deleted itself', () => {
    const simulation = simulateWithNodes(NAMES, ['a']);
    simulation.create(DEPLOYMENTS, deployment(2, 'nginx:1'));
    simulation.advance(10 * SECOND);
    const [first] = podsOf(simulation);
    simulation.run(
      simulation.client.delete(
        { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true },
        first?.metadata.name ?? '',
        'default',
      ),
    );
    simulation.advance(10 * SECOND);
    expect(podsOf(simulation)).toHaveLength(2);
    expect(podsOf(simulation).map((pod) => pod.metadata.uid)).not.toContain(first?.metadata.uid);
    simulation.run(simulation.client.delete(DEPLOYMENTS, 'web', 'default', { propagationPolicy: 'Background' }));
    simulation.advance(10 * SECOND);
    expect(podsOf(simulation)).toEqual([]);
    expect(simulation.list(REPLICA_SETS)).toEqual([]);
  });
});
