import { beforeEach, describe, expect, test } from 'vitest';
import { admissionChain } from '../../../../src/sim/apiserver/admission/chain.js';
import { type TestServer, testServer } from '../harness.js';

const BYTES = new TextEncoder();
const UTF8 = new TextDecoder();
const IN = '/api/v1/namespaces/default';

interface Answer {
  message?: string;
  reason?: string;
  metadata?: { annotations?: Record<string, string> };
  spec?: { containers: { resources: object }[] };
  status?: { hard?: object; used?: object };
}

let server: TestServer;

beforeEach(() => {
  server = testServer({ admission: admissionChain([], ['ServiceAccount']) });
  send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
});

function send(method: string, target: string, object?: object): { status: number; body: Answer } {
  const body = object && BYTES.encode(JSON.stringify(object));
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const answer = server.request({ method, target, headers, ...(body ? { body } : {}) });
  const text = answer.object ?? JSON.parse(UTF8.decode(answer.body ?? new Uint8Array()));
  return { status: answer.status, body: text as unknown as Answer };
}

/** A quota whose use somebody has counted. */
function quota(name: string, hard: Record<string, string>, more: object = {}): void {
  const object = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard, ...more } };
  expect(send('POST', `${IN}/resourcequotas`, object).status).toBe(201);
  const used = Object.fromEntries(Object.keys(hard).map((one) => [one, '0']));
  expect(send('PUT', `${IN}/resourcequotas/${name}/status`, { ...object, status: { hard, used } }).status).toBe(200);
}

const used = (name: string) => send('GET', `${IN}/resourcequotas/${name}`).body.status?.used;

function limitRange(name: string, ...limits: object[]): void {
  const object = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name }, spec: { limits } };
  expect(send('POST', `${IN}/limitranges`, object).status).toBe(201);
}

function pod(name: string, resources: object = {}, spec: object = {}, query = '') {
  const containers = [{ name: 'c', image: 'nginx', resources }];
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } };
  return send('POST', `${IN}/pods${query}`, object);
}

describe('quotas', () => {
  test('count what a pod asks for before it is there, and refuse what is too much', () => {
    quota('q', { pods: '2', 'requests.cpu': '1', 'count/pods': '10' });
    expect(pod('a', { requests: { cpu: '600m' } }).status).toBe(201);
    expect(used('q')).toEqual({ 'count/pods': '1', pods: '1', 'requests.cpu': '600m' });
    expect(pod('b', { requests: { cpu: '600m' } }).body.message).toBe(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(pod('c').body.message).toBe('pods "c" is forbidden: failed quota: q: must specify requests.cpu for: c');
    expect(used('q')).toEqual({ 'count/pods': '1', pods: '1', 'requests.cpu': '600m' });
  });

  test('count nothing for a dry run, and refuse it all the same', () => {
    quota('q', { pods: '1' });
    expect(pod('a', {}, {}, '?dryRun=All').status).toBe(201);
    expect(used('q')).toEqual({ pods: '0' });
    expect(pod('a').status).toBe(201);
    expect(pod('b', {}, {}, '?dryRun=All').status).toBe(403);
  });

  test('that nobody has counted yet let nothing through', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'new' },
      spec: { hard: { pods: '1' } },
    };
    send('POST', `${IN}/resourcequotas`, object);
    const status = { hard: { pods: '1', memory: '1Gi' }, used: {} };
    send('PUT', `${IN}/resourcequotas/new/status`, { ...object, status });
    expect(pod('a', { requests: { memory: '1Mi' } }).body.message).toBe(
      'pods "a" is forbidden: status unknown for quota: new, resources: memory,pods',
    );
  });
});

describe('ranges', () => {
  test('give defaults, which quotas count', () => {
    limitRange('r', { type: 'Container', default: { cpu: '300m' }, defaultRequest: { cpu: '200m' } });
    quota('q', { 'requests.cpu': '1', 'limits.cpu': '1' });
    const { body } = pod('a');
    expect(body.spec?.containers[0]?.resources).toEqual({ limits: { cpu: '300m' }, requests: { cpu: '200m' } });
    expect(body.metadata?.annotations).toEqual({
      'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu request for container c; cpu limit for container c',
    });
    expect(used('q')).toEqual({ 'limits.cpu': '300m', 'requests.cpu': '200m' });
  });

  test('refuse with every bound that is broken', () => {
    limitRange('r', { type: 'Container', max: { cpu: '1', memory: '1Gi' } });
    expect(pod('a', { limits: { cpu: '2', memory: '2Gi' } }).body.message).toBe(
      'pods "a" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
    );
  });
});
