import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ContextCluster } from '../../../src/clusters/context/context-cluster.js';
import { type AttemptRecord, attemptFolder, readRecord } from '../../../src/clusters/context/record.js';
import { whatStands } from '../../../src/clusters/context/what-stands.js';
import type { ApiSide } from '../../../src/clusters/real/api-side.js';
import type { OpenHow } from '../../../src/clusters/real/real-cluster.js';
import { servedResources } from '../../../src/clusters/real/resources.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { SmallApi } from './small-api.js';
import { LAB } from './small-lab.js';

const LABEL = 'kubedrill.dev/attempt';
const ROLES = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const NOTHING: AttemptRecord = {
  version: 1,
  attempt: 'a1',
  context: 'mine',
  server: 'https://here',
  began: '2026-11-22T20:00:00Z',
  made: [],
  used: [],
  objects: [],
  foreign: [],
  nodes: false,
};
const HOW: OpenHow = { onStep: () => {}, confirm: async () => true };

// Manifests are read by it, and it takes its time to load.
beforeAll(() => import('../../../src/sim/index.js'));

/** An attempt before a small API. */
function attempt(api: SmallApi, record: AttemptRecord = NOTHING) {
  const folder = attemptFolder(temporaryFolder(), record.attempt);
  const side: ApiSide = {
    request: api.request,
    far: {},
    over: () => side,
    close: async () => {},
  } as unknown as ApiSide;
  const cluster = new ContextCluster({
    side,
    capabilities: new Set(),
    notes: [],
    record,
    folder,
    kubeconfig: join(folder, 'kubeconfig'),
    environment: { PATH: process.env['PATH'], SHELL: '/bin/bash', HOME: folder },
  });
  const setUp = (text: string, how = HOW) => cluster.setUp({ base: 'three-node', steps: [{ manifests: text }] }, how);
  return { cluster, folder, setUp };
}

describe('what comes while the person is asked, or others of the lab are made', () => {
  test.each([
    ['Namespace harbour', '/api/v1/namespaces/harbour'],
    ['ClusterRole sailor', `${ROLES}/sailor`],
  ])('%s is neither used nor deleted', async (title, path) => {
    const api = new SmallApi();
    const { cluster, folder, setUp } = attempt(api);
    api.before = ({ method }) => {
      if (method !== 'POST' || api.objects.has(path)) return;
      api.put(path);
      api.put(`${path}/configmaps/theirs`);
    };
    await expect(setUp(LAB)).rejects.toThrow(`${title} came from somebody else meanwhile, and is left as it is`);
    expect(await cluster.restore(HOW)).toEqual([]);
    expect([...api.objects.keys()]).toEqual([path, `${path}/configmaps/theirs`]);
    expect(readRecord(folder)).toBeUndefined();
  });

  test('is the lab’s where its own label is on it: an answer was lost', async () => {
    const api = new SmallApi();
    const { cluster, setUp } = attempt(api);
    api.before = ({ method }) => {
      if (method === 'POST') api.put('/api/v1/namespaces/harbour', { labels: { [LABEL]: 'a1' } });
    };
    await setUp(LAB);
    expect(api.objects.has('/api/v1/namespaces/harbour/configmaps/settings')).toBe(true);
    expect(await cluster.restore(HOW)).toEqual([]);
    expect([...api.objects.keys()]).toEqual([]);
  });
});

test('a namespace in which only things of a controller elsewhere are is not empty', async () => {
  const api = new SmallApi();
  api.put('/api/v1/namespaces/harbour');
  api.put('/api/v1/namespaces/harbour/pods/proxy', { ownerReferences: [{ kind: 'Node', controller: true }] });
  const { setUp } = attempt(api);
  await expect(setUp(LAB)).rejects.toThrow("Namespace harbour holds what is not the lab's: Pod proxy.");
});

test('a lent namespace is not put back between checks: its labels are its owner’s', async () => {
  const api = new SmallApi();
  api.put('/api/v1/namespaces/lent', { labels: { team: 'sea' } });
  api.put('/api/v1/namespaces/own', { labels: { [LABEL]: 'a1' } });
  const { cluster } = attempt(api, { ...NOTHING, made: ['own'], used: ['lent'] });
  const putBack = await cluster.noteState();
  for (const name of ['lent', 'own']) api.put(`/api/v1/namespaces/${name}`, { labels: { team: 'land' } });
  expect(await putBack({ inside: false })).toEqual({ changed: true, left: [] });
  const labels = ['lent', 'own'].map((name) => api.objects.get(`/api/v1/namespaces/${name}`)?.metadata['labels']);
  expect(labels).toEqual([{ team: 'land' }, { [LABEL]: 'a1' }]);
});

test.each([
  ['made and labelled', { made: ['own'] }, true],
  ['made, by whom it does not say', { made: ['bare'] }, false],
  ['lent, with something in it', { used: ['lent'] }, false],
  ['lent, and empty', { used: ['empty'] }, true],
  ['a labelled object', { objects: ['clusterroles.rbac.authorization.k8s.io/ours'] }, true],
  ['an object without a label', { objects: ['clusterroles.rbac.authorization.k8s.io/theirs'] }, false],
])('whether what stands is an attempt’s for certain: %s', async (_title, record, labelled) => {
  const api = new SmallApi();
  for (const name of ['bare', 'lent', 'empty']) api.put(`/api/v1/namespaces/${name}`);
  api.put('/api/v1/namespaces/own', { labels: { [LABEL]: 'a1' } });
  api.put('/api/v1/namespaces/lent/configmaps/came-since');
  api.put(`${ROLES}/ours`, { labels: { [LABEL]: 'a1' } });
  api.put(`${ROLES}/theirs`);
  expect((await whatStands(api.request, { ...NOTHING, ...record })).labelled).toBe(labelled);
});

test.each([
  ['apps', 503, 'does not tell what is at /apis/apps/v1: not now'],
  ['metrics.k8s.io', 503, undefined],
  ['metrics.k8s.io', 404, undefined],
  ['metrics.k8s.io', 0, 'does not tell what is at /apis/metrics.k8s.io/v1'],
  ['rbac.authorization.k8s.io', 500, 'does not tell'],
])('a group %s that answers %d is no group without objects', async (group, status, words) => {
  const api = new SmallApi();
  api.failing.set(group, status);
  if (words === undefined) expect((await servedResources(api.request)).length).toBeGreaterThan(0);
  else await expect(servedResources(api.request)).rejects.toThrow(words);
});
