import { expect, test } from 'vitest';
import { type ApiResource, apiResources, resourceCalled } from '../../src/checker/discovery.js';
import { ObjectReader } from '../../src/checker/objects.js';
import type { ApiResponse } from '../../src/clusters/port.js';
import { FakeCluster } from './fake-cluster.js';

const none: ApiResponse = { status: 404, body: undefined };
const ok = (body: object): ApiResponse => ({ status: 200, body });
const known = (answers: Readonly<Record<string, ApiResponse>>) =>
  apiResources(new ObjectReader(new FakeCluster({ answers })));

const pod = { name: 'pods', singularName: 'pod', kind: 'Pod', shortNames: ['po'], namespaced: true };
const core = { group: '', version: 'v1', ...{ name: 'pods', kind: 'Pod', namespaced: true } };

test.each<[string, Readonly<Record<string, ApiResponse>>, readonly object[]]>([
  [
    'no groups',
    { '/apis': ok({}), '/api/v1': ok({ resources: [pod] }) },
    [{ ...core, singular: 'pod', shortNames: ['po'] }],
  ],
  ['no /apis', { '/apis': none, '/api/v1': ok({ resources: [] }) }, []],
  ['no core', { '/apis': none, '/api/v1': none }, []],
  ['no list', { '/apis': none, '/api/v1': ok({}) }, []],
  [
    'old servers, which leave out the singular, and subresources',
    {
      '/apis': none,
      '/api/v1': ok({
        resources: [
          { ...pod, singularName: '', shortNames: undefined },
          { ...pod, name: 'pods/log' },
        ],
      }),
    },
    [{ ...core, singular: 'pod', shortNames: [] }],
  ],
  [
    'a group whose own server does not answer',
    {
      '/apis': ok({ groups: [{ name: 'metrics.k8s.io', preferredVersion: { version: 'v1beta1' } }] }),
      '/apis/metrics.k8s.io/v1beta1': { status: 503, body: { message: 'the server is currently unable' } },
      '/api/v1': ok({ resources: [pod] }),
    },
    [{ ...core, singular: 'pod', shortNames: ['po'] }],
  ],
])('%s', async (_, answers, resources) => {
  expect(await known(answers)).toEqual(resources);
});

test.each<[string, () => ApiResponse, string]>([
  [
    'one that nobody answers is waited for once',
    () => ({ status: 0, body: undefined, error: 'refused' }),
    'the API server does not answer: refused',
  ],
  [
    'what is wrong with the program itself is told',
    () => {
      throw new TypeError('a defect');
    },
    'a defect',
  ],
])('of the groups, %s', async (_, answers, says) => {
  const responds = ({ path }: { readonly path: string }) => (path === '/apis/apps/v1' ? answers() : undefined);
  const asked = apiResources(new ObjectReader(new FakeCluster({ responds })));
  expect(await asked.catch((error: Error) => error.message)).toBe(says);
});

test('a grading asks once', async () => {
  const cluster = new FakeCluster();
  const objects = new ObjectReader(cluster);
  await Promise.all([apiResources(objects), apiResources(objects)]);
  expect(cluster.requests).toEqual(['GET /apis', 'GET /api/v1', 'GET /apis/apps/v1']);
});

const resource = (name: string, singular: string, kind: string, group: string, shortNames: string[]): ApiResource => ({
  group,
  version: 'v1',
  name,
  singular,
  kind,
  shortNames,
  namespaced: true,
});
const RESOURCES = [
  resource('deployments', 'deployment', 'Deployment', 'apps', ['deploy']),
  resource('widgets', 'gadget', 'WidgetThing', 'one.example', ['w']),
  resource('widgets', 'widget', 'Widget', 'two.example', []),
];

test.each<[string, string | undefined]>([
  ['deploy', 'apps'],
  ['deployment', 'apps'],
  ['Deployments', 'apps'],
  ['DEPLOY.apps', 'apps'],
  ['deployments.v1.apps', 'apps'],
  ['deployments.v1', 'apps'],
  ['deployments.v2.apps', undefined],
  ['deployments.batch', undefined],
  ['widgets', 'one.example'],
  ['gadget', 'one.example'],
  ['widgetthing', 'one.example'],
  ['WidgetThing', 'one.example'],
  ['w', 'one.example'],
  ['widget', 'two.example'],
  ['widgets.two.example', 'two.example'],
  ['widgets.v1.two.example', 'two.example'],
  ['w.two.example', undefined],
  ['thing', undefined],
  ['', undefined],
])('%s is of %s', (word, group) => {
  expect(resourceCalled(word, RESOURCES)?.group).toBe(group);
});
