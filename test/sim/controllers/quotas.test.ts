import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import type { ResourceQuota } from '../../../src/sim/api/types/limits.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { CONFIG_MAPS, PODS, RESOURCE_QUOTAS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { type Simulation, simulateWithNodes } from './simulation.js';

const quotaOf = (hard: Record<string, string>, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'default' },
  spec: { hard, ...more },
});

const pod = (name: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '250m' } } }], ...more },
});

const start = () => simulateWithNodes(['resourcequota-controller'], []);

const statusOf = (simulation: Simulation) =>
  simulation.get<ResourceQuota>(RESOURCE_QUOTAS, 'q', 'default').status ?? {};

function settle(simulation: Simulation) {
  simulation.advance(5 * SECOND);
  return statusOf(simulation).used;
}

describe('a quota', () => {
  it('is counted when it is made and when what it limits changes', () => {
    const simulation = start();
    simulation.create(PODS, pod('a'));
    simulation.create(RESOURCE_QUOTAS, quotaOf({ pods: '5', 'requests.cpu': '1', 'unknown.example.com/x': '1' }));
    expect(settle(simulation)).toEqual({ pods: '1', 'requests.cpu': '250m' });
    expect(statusOf(simulation).hard).toEqual({ pods: '5', 'requests.cpu': '1', 'unknown.example.com/x': '1' });
    simulation.change<ResourceQuota>(RESOURCE_QUOTAS, 'q', 'default', (quota) => {
      quota.spec.hard = { 'count/configmaps': '3', pods: '6' };
    });
    expect(settle(simulation)).toEqual({ 'count/configmaps': '0', pods: '1' });
  });

  it('is counted anew when something goes or ends', () => {
    const simulation = start();
    for (const name of ['a', 'b', 'c']) simulation.create(PODS, pod(name));
    simulation.create(RESOURCE_QUOTAS, quotaOf({ pods: '5', 'count/pods': '5', cpu: '2' }));
    expect(settle(simulation)).toEqual({ 'count/pods': '3', cpu: '750m', pods: '3' });
    simulation.run(simulation.client.delete(PODS, 'a', 'default', { gracePeriodSeconds: 0 }));
    expect(settle(simulation)).toEqual({ 'count/pods': '2', cpu: '500m', pods: '2' });
    const end = (changed: Pod) => {
      changed.status = { phase: 'Succeeded' };
    };
    simulation.change<Pod>(PODS, 'b', 'default', end, 'status');
    expect(settle(simulation)).toEqual({ 'count/pods': '2', cpu: '250m', pods: '1' });
  });

  it('counts only what is of its scopes', () => {
    const simulation = start();
    simulation.create(PODS, pod('plain'));
    simulation.create(PODS, pod('ends', { activeDeadlineSeconds: 60 }));
    simulation.create(RESOURCE_QUOTAS, quotaOf({ pods: '5' }, { scopes: ['Terminating', 'NotBestEffort'] }));
    expect(settle(simulation)).toEqual({ pods: '1' });
  });

  it('is left alone while nothing changes but what it does not count', () => {
    const simulation = start();
    simulation.create(RESOURCE_QUOTAS, quotaOf({ pods: '5' }));
    settle(simulation);
    const before = simulation.get(RESOURCE_QUOTAS, 'q', 'default').metadata.resourceVersion;
    simulation.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'm', namespace: 'default' },
    } as KubeObject);
    simulation.advance(700 * SECOND);
    expect(simulation.get(RESOURCE_QUOTAS, 'q', 'default').metadata.resourceVersion).toBe(before);
  });
});
