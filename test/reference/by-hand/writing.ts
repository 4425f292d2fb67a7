import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, get, PODS, patch, pod, post, put, raw } from './steps.js';

const VERSION = '{make/metadata/resourceVersion}';
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/NS/leases';

/** Creating and replacing: versions, names, dry runs, validation of fields. */
export const WRITING: Sequence = {
  name: 'writing',
  steps: [
    post('make', CONFIG_MAPS, configMap('a', { data: { x: '1' } })),
    post('make again', CONFIG_MAPS, configMap('a')),
    post('make again, dry', `${CONFIG_MAPS}?dryRun=All`, configMap('a')),
    post('dry run', `${CONFIG_MAPS}?dryRun=All`, configMap('dry')),
    get('nothing was made', `${CONFIG_MAPS}/dry`),
    post('wrong dry run', `${CONFIG_MAPS}?dryRun=Some`, configMap('dry')),
    post('two dry runs', `${CONFIG_MAPS}?dryRun=All&dryRun=All`, configMap('dry')),
    put(
      'right version',
      `${CONFIG_MAPS}/a`,
      configMap('a', { metadata: { resourceVersion: VERSION }, data: { x: '2' } }),
    ),
    put(
      'stale version',
      `${CONFIG_MAPS}/a`,
      configMap('a', { metadata: { resourceVersion: VERSION }, data: { x: '3' } }),
    ),
    put('no version', `${CONFIG_MAPS}/a`, configMap('a', { data: { x: '4' } })),
    put('version no number', `${CONFIG_MAPS}/a`, configMap('a', { metadata: { resourceVersion: 'now' } })),
    put('wrong uid', `${CONFIG_MAPS}/a`, configMap('a', { metadata: { uid: '11111111-1111-1111-1111-111111111111' } })),
    put('dry run of a change', `${CONFIG_MAPS}/a?dryRun=All`, configMap('a', { data: { x: '5' } })),
    get('nothing was changed', `${CONFIG_MAPS}/a`),
    put('the same', `${CONFIG_MAPS}/a`, configMap('a', { data: { x: '4' } })),
    put('other name', `${CONFIG_MAPS}/a`, configMap('b')),
    put('other namespace', `${CONFIG_MAPS}/a`, configMap('a', { metadata: { namespace: 'default' } })),
    put('what is not there', `${CONFIG_MAPS}/nothing`, configMap('nothing')),
    put('lease that is not there', `${LEASES}/new`, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'new' },
      spec: { holderIdentity: 'me' },
    }),
    put('lease without a version', `${LEASES}/new`, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'new' },
    }),
    post('with a version', CONFIG_MAPS, configMap('v', { metadata: { resourceVersion: '5' } })),
    post(
      'with what only servers write',
      CONFIG_MAPS,
      configMap('w', {
        metadata: {
          uid: 'x',
          creationTimestamp: '2020-01-01T00:00:00Z',
          generation: 7,
          selfLink: '/x',
          deletionGracePeriodSeconds: 3,
        },
      }),
    ),
    post('other namespace in the object', CONFIG_MAPS, configMap('x', { metadata: { namespace: 'default' } })),
    post('namespace that is not there', '/api/v1/namespaces/nowhere/configmaps', configMap('x')),
    post('drawn name', CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'drawn-' } }),
    post('name and drawn name', CONFIG_MAPS, configMap('both', { metadata: { generateName: 'drawn-' } })),
    post('no name', CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }),
    post('no kind', CONFIG_MAPS, { metadata: { name: 'plain' } }),
    post('other kind', CONFIG_MAPS, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }),
    post('kind of another group', CONFIG_MAPS, deployment('web')),
    post('kind there is not', CONFIG_MAPS, { apiVersion: 'v1', kind: 'Bogus', metadata: { name: 'a' } }),
    post('three parts of a version', CONFIG_MAPS, { apiVersion: 'a/b/c', kind: 'ConfigMap', metadata: { name: 'a' } }),
    post('unknown field', CONFIG_MAPS, configMap('u', { bogus: 1, metadata: { more: 2 } })),
    post(
      'unknown field, strict',
      `${CONFIG_MAPS}?fieldValidation=Strict`,
      configMap('s', { bogus: 1, metadata: { more: 2 } }),
    ),
    post('unknown field, ignored', `${CONFIG_MAPS}?fieldValidation=Ignore`, configMap('i', { bogus: 1 })),
    post('unknown validation', `${CONFIG_MAPS}?fieldValidation=Sometimes`, configMap('i')),
    raw(
      'twice the same field',
      'POST',
      CONFIG_MAPS,
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"t"},"data":{"a":"1","a":"2"}}',
    ),
    raw(
      'twice the same field, strict',
      'POST',
      `${CONFIG_MAPS}?fieldValidation=Strict`,
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"ts","name":"tt"}}',
    ),
    raw(
      'other case',
      'POST',
      CONFIG_MAPS,
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"cased"},"Data":{"a":"1"}}',
    ),
    post('manager', `${CONFIG_MAPS}?fieldManager=somebody`, configMap('m')),
    post('manager that cannot be written', `${CONFIG_MAPS}?fieldManager=a%0Ab`, configMap('m2')),
    post('user agent', CONFIG_MAPS, configMap('agent'), { headers: { 'user-agent': 'kubectl/v1.36.0 (linux/amd64)' } }),
    patch('merge', 'second manager', `${CONFIG_MAPS}/m?fieldManager=other`, { data: { y: '1' } }),
    patch('merge', 'takes over', `${CONFIG_MAPS}/m?fieldManager=third`, { data: { y: '2' } }),
    patch('merge', 'forgets managers', `${CONFIG_MAPS}/m`, { metadata: { managedFields: [{}] } }),
    patch('json', 'empties managers', `${CONFIG_MAPS}/a`, [
      { op: 'replace', path: '/metadata/managedFields', value: [] },
    ]),
    post(
      'owners twice',
      CONFIG_MAPS,
      configMap('owned', {
        metadata: {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u1' },
            { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u1' },
          ],
        },
      }),
    ),
    post(
      'wrong labels',
      CONFIG_MAPS,
      configMap('l', { metadata: { labels: { 'a b': 'c d' }, annotations: { 'x y': '1' } } }),
    ),
    post('wrong finalizer', CONFIG_MAPS, configMap('f', { metadata: { finalizers: ['plain'] } })),
    put('wrong label in a change', `${CONFIG_MAPS}/a`, configMap('a', { metadata: { labels: { a: 'c d' } } })),
    post('key in both', CONFIG_MAPS, configMap('k', { data: { a: '1' }, binaryData: { a: 'MQ==' } })),
    post('deployment', DEPLOYMENTS, deployment('web')),
    get('scale', `${DEPLOYMENTS}/web/scale`),
    put('scale to three', `${DEPLOYMENTS}/web/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web', namespace: 'NS' },
      spec: { replicas: 3 },
    }),
    put('scale below zero', `${DEPLOYMENTS}/web/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web', namespace: 'NS' },
      spec: { replicas: -1 },
    }),
    post('pod', PODS, pod('p')),
    post('bind', `${PODS}/p/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'p' },
      target: { apiVersion: 'v1', kind: 'Node', name: 'n1' },
    }),
    post('bind again', `${PODS}/p/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'p' },
      target: { apiVersion: 'v1', kind: 'Node', name: 'n2' },
    }),
    { does: 'method there is not', method: 'PUT', path: CONFIG_MAPS, body: configMap('a') },
    { does: 'post to a name', method: 'POST', path: `${CONFIG_MAPS}/a`, body: configMap('a') },
    { does: 'subresource there is not', method: 'GET', path: `${CONFIG_MAPS}/a/status` },
    { does: 'delete of a review', method: 'GET', path: '/apis/authentication.k8s.io/v1/tokenreviews' },
  ],
};
