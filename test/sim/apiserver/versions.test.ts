import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { object, ready } from './objects.js';

const type = (group: string, version: string, resource: string, kind: string) => ({
  group,
  version,
  resource,
  kind,
  namespaced: true,
});
const OLD = type('autoscaling', 'v1', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler');
const NEW = type('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler');
const CORE_EVENTS = type('', 'v1', 'events', 'Event');
const EVENTS = type('events.k8s.io', 'v1', 'events', 'Event');
const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };
const cpu = (percent: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
});
const hits = {
  type: 'Pods',
  pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } },
};
const event = (name: string) =>
  object('events.k8s.io/v1', 'Event', name, {
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'example.com/c',
    reportingInstance: 'c-1',
    action: 'Look',
    reason: 'Seen',
    type: 'Normal',
    note: 'there it was',
    regarding: { kind: 'Pod', name: 'web', namespace: 'default' },
  });

/** A server with one autoscaler of both metrics, made as autoscaling/v2. */
function scaled() {
  const server = ready();
  const spec = { scaleTargetRef: target, maxReplicas: 5, metrics: [cpu(60), hits] };
  server.run(server.client.create(NEW, object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop', { spec })));
  return server;
}

describe('a kind of several versions', () => {
  test('is shown in the version that is asked for', () => {
    const { client, run } = scaled();
    const old = run(client.get(OLD, 'shop', 'default'));
    expect(old).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { scaleTargetRef: target, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 60 },
    });
    expect(old['spec']).not.toHaveProperty('metrics');
    expect(JSON.parse(old.metadata.annotations?.[METRICS] ?? '')).toEqual([
      { type: 'Pods', pods: { metricName: 'hits', targetAverageValue: '10' } },
    ]);
    const fresh = run(client.get(NEW, 'shop', 'default'));
    expect(fresh).toMatchObject({ apiVersion: 'autoscaling/v2', spec: { metrics: [cpu(60), hits] } });
    expect(fresh.metadata.annotations).toBeUndefined();
    expect(fresh.metadata.resourceVersion).toBe(old.metadata.resourceVersion);
  });

  test('keeps what the asked version has no field for when it is changed in it', () => {
    const { client, run } = scaled();
    const patch = { spec: { targetCPUUtilizationPercentage: 75 } };
    const patched = run(client.patch(OLD, 'shop', 'default', 'application/merge-patch+json', patch));
    expect(patched.apiVersion).toBe('autoscaling/v1');
    expect(run(client.get(NEW, 'shop', 'default'))['spec']).toMatchObject({ metrics: [hits, cpu(75)] });
    const old = run(client.get(OLD, 'shop', 'default'));
    run(client.update(OLD, { ...old, spec: { ...(old['spec'] as object), maxReplicas: 9 } }));
    expect(run(client.get(NEW, 'shop', 'default'))['spec']).toMatchObject({ maxReplicas: 9, metrics: [hits, cpu(75)] });
  });

  test('carries a behavior in the capitals of the server itself', () => {
    const { client, run } = scaled();
    const patch = { spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 7 } } } };
    run(client.patch(NEW, 'shop', 'default', 'application/merge-patch+json', patch));
    const old = run(client.get(OLD, 'shop', 'default'));
    const text = old.metadata.annotations?.['autoscaling.alpha.kubernetes.io/behavior'] ?? '';
    expect(JSON.parse(text).ScaleDown).toEqual({
      StabilizationWindowSeconds: 7,
      SelectPolicy: 'Max',
      Policies: [{ Type: 'Percent', Value: 100, PeriodSeconds: 15 }],
      Tolerance: null,
    });
    run(client.update(OLD, { ...old, metadata: { ...old.metadata, labels: { a: 'b' } } }));
    expect(run(client.get(NEW, 'shop', 'default'))['spec']).toMatchObject({
      behavior: { scaleDown: { stabilizationWindowSeconds: 7, selectPolicy: 'Max' } },
    });
  });

  test('is refused in terms of what is kept', () => {
    const { client, run } = ready();
    const spec = { scaleTargetRef: target, maxReplicas: 5, targetCPUUtilizationPercentage: 0 };
    expect(() =>
      run(client.create(OLD, object('autoscaling/v1', 'HorizontalPodAutoscaler', 'shop', { spec }))),
    ).toThrow('spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0');
  });
});

describe('events of both groups', () => {
  test('are one store', () => {
    const { client, run } = ready();
    run(client.create(EVENTS, event('a')));
    expect(run(client.get(CORE_EVENTS, 'a', 'default'))).toMatchObject({
      apiVersion: 'v1',
      message: 'there it was',
      involvedObject: { name: 'web' },
      reportingComponent: 'example.com/c',
    });
    const listed = run(client.list(EVENTS, { namespace: 'default', fieldSelector: 'regarding.name=web' }));
    expect(listed.items.map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(listed.items[0]).toMatchObject({ note: 'there it was', reportingController: 'example.com/c' });
    run(client.delete(CORE_EVENTS, 'a', 'default'));
    expect(() => run(client.get(EVENTS, 'a', 'default'))).toThrow('events.events.k8s.io "a" not found');
  });

  test('are watched in the version that is asked for', () => {
    const { client, run } = ready();
    const watches = [run(client.watch(EVENTS, {})), run(client.watch(CORE_EVENTS, {}))];
    run(client.create(EVENTS, event('a')));
    const seen = watches.map((watch) => (watch.events.tryReceive() as { object: KubeObject }).object);
    expect(seen.map((one) => [one.apiVersion, one['note'] ?? one['message']])).toEqual([
      ['events.k8s.io/v1', 'there it was'],
      ['v1', 'there it was'],
    ]);
  });

  test('that are changed may only go on', () => {
    const { client, run } = ready();
    const made = run(client.create(EVENTS, event('a')));
    expect(() => run(client.update(EVENTS, { ...made, reason: 'Other' }))).toThrow(
      'Event "a" is invalid: reason: Invalid value: "Other": field is immutable',
    );
    const core = run(client.get(CORE_EVENTS, 'a', 'default'));
    expect(run(client.update(CORE_EVENTS, { ...core, reason: 'Other' }))).toMatchObject({ reason: 'Other' });
  });

  test('have tables in either version, with metadata of the asked one', () => {
    const { client, run, request } = ready();
    run(client.create(EVENTS, event('a')));
    const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const tables = ['/apis/events.k8s.io/v1/events', '/api/v1/events'].map((target) => {
      const { body } = request({ target: `${target}?includeObject=Object`, headers });
      return JSON.parse(Buffer.from(body as Uint8Array).toString('utf8'));
    });
    expect(tables.map(({ rows }) => rows[0].object.apiVersion)).toEqual(['events.k8s.io/v1', 'v1']);
    expect(tables[0].rows[0].cells).toEqual(tables[1].rows[0].cells);
  });
});
