import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, PODS, patch, pod, post, raw, SERVICES } from './steps.js';

const A = `${CONFIG_MAPS}/a`;
const WEB = `${DEPLOYMENTS}/web`;
const ONE = `${PODS}/one`;

/** JSON patches. */
export const JSON_PATCHES: Sequence = {
  name: 'json-patch',
  steps: [
    post('make', CONFIG_MAPS, configMap('a', { data: { x: '1', y: '2' }, metadata: { labels: { 'a/b': 'c' } } })),
    patch('json', 'add a key', A, [{ op: 'add', path: '/data/z', value: '3' }]),
    patch('json', 'replace a key', A, [{ op: 'replace', path: '/data/x', value: '9' }]),
    patch('json', 'remove a key', A, [{ op: 'remove', path: '/data/y' }]),
    patch('json', 'remove what is not there', A, [{ op: 'remove', path: '/data/nothing' }]),
    patch('json', 'replace what is not there', A, [{ op: 'replace', path: '/data/nothing', value: '1' }]),
    patch('json', 'test that holds', A, [{ op: 'test', path: '/data/x', value: '9' }]),
    patch('json', 'test that fails', A, [{ op: 'test', path: '/data/x', value: 'other' }]),
    patch('json', 'copy', A, [{ op: 'copy', from: '/data/x', path: '/data/w' }]),
    patch('json', 'move', A, [{ op: 'move', from: '/data/w', path: '/data/v' }]),
    patch('json', 'escaped path', A, [{ op: 'replace', path: '/metadata/labels/a~1b', value: 'd' }]),
    patch('json', 'below nothing', A, [{ op: 'add', path: '/binaryData/x', value: 'eA==' }]),
    patch('json', 'unknown operation', A, [{ op: 'mend', path: '/data/x', value: '1' }]),
    patch('json', 'no operation', A, [{ path: '/data/x', value: '1' }]),
    patch('json', 'path without a slash', A, [{ op: 'add', path: 'data', value: '1' }]),
    patch('json', 'object instead of list', A, { op: 'add', path: '/data/x', value: '1' }),
    patch('json', 'value of wrong type', A, [{ op: 'add', path: '/data/x', value: 5 }]),
    patch('json', 'another name', A, [{ op: 'replace', path: '/metadata/name', value: 'b' }]),
    patch('json', 'empty list', A, []),
    patch('json', 'of nothing', `${CONFIG_MAPS}/nothing`, [{ op: 'add', path: '/data/x', value: '1' }]),
    raw('broken JSON', 'PATCH', A, '[{"op":', 'application/json-patch+json'),
  ],
};

/** Merge patches. */
export const MERGE_PATCHES: Sequence = {
  name: 'merge-patch',
  steps: [
    post('make', CONFIG_MAPS, configMap('a', { data: { x: '1', y: '2' }, metadata: { finalizers: ['a.example/b'] } })),
    patch('merge', 'set a key', A, { data: { z: '3' } }),
    patch('merge', 'null takes away', A, { data: { y: null } }),
    patch('merge', 'nothing', A, {}),
    patch('merge', 'list replaces', A, { metadata: { finalizers: ['c.example/d', 'e.example/f'] } }),
    patch('merge', 'list goes', A, { metadata: { finalizers: null } }),
    patch('merge', 'right version', A, {
      metadata: { resourceVersion: '{make/metadata/resourceVersion}' },
      data: { q: '1' },
    }),
    patch('merge', 'wrong uid', A, { metadata: { uid: '11111111-1111-1111-1111-111111111111' } }),
    patch('merge', 'unknown field', A, { bogus: 1 }),
    patch('merge', 'unknown field, strict', `${A}?fieldValidation=Strict`, { bogus: 1 }),
    patch('merge', 'unknown field, ignored', `${A}?fieldValidation=Ignore`, { bogus: 1 }),
    patch('merge', 'invalid result', A, { data: { 'not a key': '1' } }),
    patch('merge', 'list instead of object', A, ['x']),
    patch('merge', 'other kind', A, { kind: 'Secret' }),
    patch('merge', 'immutable', A, { immutable: true }),
    patch('merge', 'change after immutable', A, { data: { z: '4' } }),
    patch('merge', 'no more immutable', A, { immutable: false }),
    post('deployment', DEPLOYMENTS, deployment('web', { replicas: 2 })),
    patch('merge', 'containers are replaced', WEB, {
      spec: { template: { spec: { containers: [{ name: 'two', image: 'redis:7' }] } } },
    }),
    patch('merge', 'scale', `${WEB}/scale`, { spec: { replicas: 4 } }),
    patch('merge', 'status', `${WEB}/status`, { status: { replicas: 3 }, spec: { replicas: 9 } }),
    patch('merge', 'selector cannot change', WEB, { spec: { selector: { matchLabels: { app: 'other' } } } }),
    patch('merge', 'field manager', `${WEB}?fieldManager=somebody`, { metadata: { labels: { a: 'b' } } }),
    patch('merge', 'field manager too long', `${WEB}?fieldManager=${'m'.repeat(129)}`, {
      metadata: { labels: { a: 'c' } },
    }),
    patch('merge', 'force is for apply', `${WEB}?force=true`, { metadata: { labels: { a: 'c' } } }),
    raw('broken JSON', 'PATCH', A, '{"data":', 'application/merge-patch+json'),
    raw('unknown type', 'PATCH', A, '{}', 'application/json'),
    raw('no type', 'PATCH', A, '{}', ''),
  ],
};

/** Strategic merge patches with their directives. */
export const STRATEGIC_PATCHES: Sequence = {
  name: 'strategic-patch',
  steps: [
    post('make', DEPLOYMENTS, deployment('web')),
    patch('strategic', 'container by name', WEB, {
      spec: { template: { spec: { containers: [{ name: 'one', image: 'nginx:1.28' }] } } },
    }),
    patch('strategic', 'another container', WEB, {
      spec: {
        template: { spec: { containers: [{ name: 'two', image: 'redis:7', ports: [{ containerPort: 6379 }] }] } },
      },
    }),
    patch('strategic', 'without the key', WEB, {
      spec: { template: { spec: { containers: [{ image: 'redis:7' }] } } },
    }),
    patch('strategic', '$patch delete', WEB, {
      spec: { template: { spec: { containers: [{ name: 'two', $patch: 'delete' }] } } },
    }),
    patch('strategic', '$patch replace', WEB, {
      spec: { template: { spec: { containers: [{ $patch: 'replace' }, { name: 'three', image: 'httpd:2' }] } } },
    }),
    patch('strategic', '$setElementOrder', WEB, {
      spec: {
        template: {
          spec: {
            $setElementOrder$unused: 1,
            '$setElementOrder/containers': [{ name: 'four' }, { name: 'three' }],
            containers: [{ name: 'four', image: 'busybox:1' }],
          },
        },
      },
    }),
    patch('strategic', '$setElementOrder of containers', WEB, {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'four' }, { name: 'three' }],
            containers: [{ name: 'four', image: 'busybox:1' }],
          },
        },
      },
    }),
    patch('strategic', '$retainKeys', WEB, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }),
    patch('strategic', 'strategy without retained keys', WEB, { spec: { strategy: { type: 'RollingUpdate' } } }),
    patch('strategic', 'finalizers are a set', WEB, { metadata: { finalizers: ['a.example/b', 'c.example/d'] } }),
    patch('strategic', '$deleteFromPrimitiveList', WEB, {
      metadata: { '$deleteFromPrimitiveList/finalizers': ['a.example/b'] },
    }),
    patch('strategic', '$patch replace of a map', WEB, { metadata: { labels: { $patch: 'replace', b: 'c' } } }),
    patch('strategic', 'unknown directive', WEB, { metadata: { labels: { $patch: 'mend' } } }),
    patch('strategic', 'null takes away', WEB, { metadata: { labels: null } }),
    patch('strategic', 'map where a list is', WEB, { spec: { template: { spec: { containers: { name: 'x' } } } } }),
    patch('strategic', 'text where a number is', WEB, { spec: { replicas: 'three' } }),
    patch('strategic', 'list instead of object', WEB, [1]),
    patch('strategic', 'finalizers go', WEB, { metadata: { finalizers: null } }),
    post('service', SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'a', port: 80 }] },
    }),
    patch('strategic', 'ports by number', `${SERVICES}/web`, { spec: { ports: [{ name: 'b', port: 81 }] } }),
    patch('strategic', 'port goes', `${SERVICES}/web`, { spec: { ports: [{ port: 80, $patch: 'delete' }] } }),
    post('pod', PODS, pod('one')),
    patch('strategic', 'image of a pod', ONE, { spec: { containers: [{ name: 'one', image: 'nginx:1.28' }] } }),
    patch('strategic', 'name of a pod update container', ONE, {
      spec: { containers: [{ name: 'other', image: 'nginx' }] },
    }),
    patch('strategic', 'status of a pod', `${ONE}/status`, {
      status: { conditions: [{ type: 'Ready', status: 'True' }], phase: 'Running' },
    }),
    patch('strategic', 'condition by type', `${ONE}/status`, {
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Why' }] },
    }),
    patch('strategic', 'node of a pod update', ONE, { spec: { nodeName: 'other' } }),
    patch('strategic', 'container of a running pod (ephemeral)', `${ONE}/ephemeralcontainers`, {
      spec: { ephemeralContainers: [{ name: 'look', image: 'busybox:1' }] },
    }),
  ],
};
