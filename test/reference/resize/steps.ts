/** Pods whose resources are changed while they are there, and what a server refuses of that. */
import type { Sequence, Step } from '../by-hand/sequence.js';

const PODS = '/api/v1/namespaces/NS/pods';
const MERGE = { 'content-type': 'application/strategic-merge-patch+json' };
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const APPLY = { 'content-type': 'application/apply-patch+yaml' };

const BURSTABLE = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };
const GUARANTEED = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '100m', memory: '64Mi' } };

const container = (name: string, resources: object, more: object = {}) => ({
  name,
  image: 'busybox',
  resources,
  ...more,
});
const pod = (name: string, containers: readonly object[], spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { containers, ...spec },
});
const made = (name: string, containers: readonly object[], spec: object = {}, metadata: object = {}): Step => ({
  does: `set up: ${name}`,
  method: 'POST',
  path: PODS,
  body: pod(name, containers, spec, metadata),
});
const resize = (does: string, name: string, body: object, headers: Record<string, string> = MERGE): Step => ({
  does,
  method: 'PATCH',
  path: `${PODS}/${name}/resize${headers === APPLY ? '?fieldManager=applier' : '?fieldManager=patcher'}`,
  body,
  headers,
});
const to = (resources: object, name = 'main', more: object = {}) => ({
  spec: { containers: [{ name, resources, ...more }] },
});
const initTo = (name: string, resources: object) => ({ spec: { initContainers: [{ name, resources }] } });
const get = (does: string, path: string): Step => ({ does, method: 'GET', path });
const running = (does: string, name: string, status: object): Step => ({
  does: `set up: ${does}`,
  method: 'PATCH',
  path: `${PODS}/${name}/status`,
  body: {
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          image: 'busybox',
          imageID: '',
          ready: true,
          restartCount: 0,
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
          ...status,
        },
      ],
    },
  },
  headers: MERGE,
});

const SET_UP: readonly Step[] = [
  made('one', [container('main', BURSTABLE)]),
  made('two', [container('main', BURSTABLE), container('side', { requests: { cpu: '50m' } })]),
  made('sure', [container('main', GUARANTEED)]),
  made('bare', [container('main', {})]),
  made('disk', [container('main', { requests: { cpu: '100m', 'ephemeral-storage': '1Gi' } })]),
  made('inits', [container('main', BURSTABLE)], {
    initContainers: [
      container('first', { requests: { cpu: '10m' } }),
      container('helper', { requests: { cpu: '10m' } }, { restartPolicy: 'Always' }),
    ],
  }),
  made('level', [container('main', BURSTABLE)], { resources: { requests: { cpu: '1', memory: '1Gi' } } }),
  made('policy', [
    container('main', BURSTABLE, { resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }] }),
  ]),
  made('windows', [container('main', BURSTABLE)], { os: { name: 'windows' } }),
];

/** What a resize may change, and what not. */
const RULES: readonly Step[] = [
  ...SET_UP,
  get('read', `${PODS}/one/resize`),
  resize('more cpu', 'one', to({ requests: { cpu: '150m' } })),
  resize('the same again', 'one', to({ requests: { cpu: '150m' } })),
  resize('both limits', 'one', to({ limits: { cpu: '400m', memory: '256Mi' } })),
  resize('less memory', 'one', to({ requests: { memory: '32Mi' }, limits: { memory: '64Mi' } })),
  get('what came of it', `${PODS}/one`),
  resize('requests above limits', 'one', to({ requests: { cpu: '2' } })),
  resize('a negative amount', 'one', to({ requests: { cpu: '-1' } })),
  resize('no amount', 'one', to({ requests: { cpu: 'much' } })),
  resize('an unknown resource', 'one', to({ requests: { apples: '1' } })),
  resize('ephemeral storage added', 'one', to({ requests: { 'ephemeral-storage': '1Gi' } })),
  resize('ephemeral storage changed', 'disk', to({ requests: { 'ephemeral-storage': '2Gi' } })),
  resize('cpu beside ephemeral storage', 'disk', to({ requests: { cpu: '200m' } })),
  resize('a limit added', 'disk', to({ limits: { cpu: '500m' } })),
  resize('a request taken away', 'one', to({ requests: { cpu: null } })),
  resize('a limit taken away', 'one', to({ limits: { memory: null } })),
  resize('everything taken away', 'one', to({ requests: null, limits: null })),
  resize('the image as well', 'one', to({ requests: { cpu: '160m' } }, 'main', { image: 'nginx' })),
  resize('labels as well', 'one', { metadata: { labels: { a: 'b' } }, ...to({ requests: { cpu: '170m' } }) }),
  resize('the status as well', 'one', { status: { phase: 'Failed' }, ...to({ requests: { cpu: '175m' } }) }),
  resize('tolerations alone', 'one', { spec: { tolerations: [{ operator: 'Exists' }] } }),
  resize(
    'the policy of resizing',
    'one',
    to({}, 'main', { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }),
  ),
  resize('a container added', 'one', to({ requests: { cpu: '1m' } }, 'new', { image: 'busybox' })),
  resize('a container taken away', 'two', { spec: { containers: [{ name: 'side', $patch: 'delete' }] } }),
  resize(
    'a container renamed',
    'two',
    [{ op: 'replace', path: '/spec/containers/1/name', value: 'other' }],
    JSON_PATCH,
  ),
  resize(
    'containers in another order',
    'two',
    [{ op: 'move', from: '/spec/containers/1', path: '/spec/containers/0' }],
    JSON_PATCH,
  ),
  resize('the second container', 'two', to({ requests: { cpu: '60m' }, limits: { memory: '1Gi' } }, 'side')),
  resize('a guaranteed pod as a whole', 'sure', to({ requests: { cpu: '200m' }, limits: { cpu: '200m' } })),
  resize('a guaranteed pod made burstable', 'sure', to({ requests: { cpu: '50m' } })),
  resize('a burstable pod made guaranteed', 'one', to({ requests: { cpu: '400m', memory: '64Mi' } })),
  resize('a bare pod given requests', 'bare', to({ requests: { cpu: '50m' } })),
  resize('an init container', 'inits', initTo('first', { requests: { cpu: '20m' } })),
  resize('a sidecar', 'inits', initTo('helper', { requests: { cpu: '20m' } })),
  resize('a sidecar without its request', 'inits', initTo('helper', { requests: { cpu: null } })),
  resize(
    'an init container renamed',
    'inits',
    [{ op: 'replace', path: '/spec/initContainers/0/name', value: 'other' }],
    JSON_PATCH,
  ),
  resize('an init container taken away', 'inits', { spec: { initContainers: [{ name: 'first', $patch: 'delete' }] } }),
  resize("the pod's own resources", 'level', { spec: { resources: { requests: { cpu: '2' } } } }),
  resize("a limit of the pod's own", 'level', { spec: { resources: { limits: { cpu: '4' } } } }),
  resize("the pod's own resources taken away", 'level', { spec: { resources: null } }),
  resize("a request of the pod's own taken away", 'level', { spec: { resources: { requests: { memory: null } } } }),
  resize("huge pages of the pod's own", 'level', { spec: { resources: { limits: { 'hugepages-2Mi': '2Mi' } } } }),
  resize('containers of a pod with resources of its own', 'level', to({ requests: { cpu: '150m' } })),
  resize('a container that is to start again', 'policy', to({ limits: { memory: '256Mi' } })),
  resize('a pod of Windows', 'windows', to({ requests: { cpu: '150m' } })),
  resize('applied', 'one', pod('one', [{ name: 'main', resources: { requests: { cpu: '180m' } } }]), APPLY),
  resize(
    'applied with an image',
    'one',
    pod('one', [{ name: 'main', image: 'nginx', resources: { requests: { cpu: '180m' } } }]),
    APPLY,
  ),
  resize('without being kept', 'one', to({ requests: { cpu: '190m' } })),
  resize('a pod that is not there', 'nobody', to({ requests: { cpu: '1m' } })),
  { does: 'put', method: 'PUT', path: `${PODS}/bare/resize`, body: pod('bare', [container('main', {})]) },
  { does: 'posted', method: 'POST', path: `${PODS}/bare/resize`, body: pod('bare', [container('main', {})]) },
  { does: 'deleted', method: 'DELETE', path: `${PODS}/bare/resize` },
  running('a node of old', 'one', {}),
  resize('on a node of old', 'one', to({ requests: { cpu: '185m' } })),
  running('a node of today', 'one', { resources: BURSTABLE }),
  resize('on a node of today', 'one', to({ requests: { cpu: '186m' } })),
];

const NODES = '/api/v1/nodes';
const node = (name: string, labels: object, cpu: string): Step => ({
  does: `set up: node ${name}`,
  method: 'POST',
  path: NODES,
  body: { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, status: { allocatable: { cpu, memory: '1Gi' } } },
});

/** Pods on nodes. */
const BOUND: readonly Step[] = [
  node('resize-small', { 'kubernetes.io/os': 'linux' }, '1'),
  node('resize-windows', { 'kubernetes.io/os': 'windows' }, '8'),
  made('small', [container('main', BURSTABLE)], { nodeName: 'resize-small' }),
  made('pane', [container('main', BURSTABLE)], { nodeName: 'resize-windows' }),
  made('lost', [container('main', BURSTABLE)], { nodeName: 'resize-nowhere' }),
  made('whole', [container('main', BURSTABLE)], { nodeName: 'resize-small', resources: { requests: { cpu: '500m' } } }),
  made('early', [container('main', BURSTABLE)], {
    nodeName: 'resize-small',
    initContainers: [container('first', { requests: { cpu: '10m' } })],
  }),
  resize('what fits', 'small', to({ requests: { cpu: '900m' }, limits: { cpu: '1' } })),
  resize('more than the node has', 'small', to({ requests: { cpu: '1100m' }, limits: { cpu: '2' } })),
  resize(
    'more of both',
    'small',
    to({ requests: { cpu: '1100m', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } }),
  ),
  resize('nothing new', 'small', to({ requests: { cpu: '900m' } })),
  resize('on a node of Windows', 'pane', to({ requests: { cpu: '110m' } })),
  resize('on a node that is not there', 'lost', to({ requests: { cpu: '110m' } })),
  resize("the pod's own resources on a node that cannot", 'whole', {
    spec: { resources: { requests: { cpu: '600m' } } },
  }),
  resize('an init container on a node that cannot', 'early', initTo('first', { requests: { cpu: '20m' } })),
];

/** A namespace with limits and a quota. */
const LIMITED: readonly Step[] = [
  {
    does: 'set up: limits',
    method: 'POST',
    path: '/api/v1/namespaces/NS/limitranges',
    body: {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits' },
      spec: { limits: [{ type: 'Container', max: { cpu: '500m' }, min: { cpu: '50m' } }] },
    },
  },
  made('one', [container('main', BURSTABLE)]),
  resize('within the limits', 'one', to({ requests: { cpu: '200m' }, limits: { cpu: '300m' } })),
  resize('above the limits', 'one', to({ limits: { cpu: '600m' } })),
  resize('below the limits', 'one', to({ requests: { cpu: '10m' } })),
];

/** All of it. */
export const RESIZE_SEQUENCES: readonly Sequence[] = [
  { name: 'resize', steps: RULES },
  { name: 'resize-bound', steps: BOUND },
  { name: 'resize-limited', steps: LIMITED },
];
