import { drawPod } from './drawn-pods.js';
import { event } from './plain-scenes.js';
import { Draw, look, make, namespaceOf, quotaOf, type Scene, type SceneRequest } from './scene.js';

const object = (apiVersion: string, kind: string, name: string, rest: object) =>
  ({ apiVersion, kind, metadata: { name }, ...rest }) as { apiVersion: string; kind: string };

/** What all scenes of a server share. */
export function sharedObjects(): SceneRequest[] {
  const runtime = (name: string, rest: object) =>
    make(
      `runtime class ${name}`,
      '/apis/node.k8s.io/v1/runtimeclasses',
      object('node.k8s.io/v1', 'RuntimeClass', name, { handler: 'h', ...rest }),
    );
  const priority = (name: string, value: number) =>
    make(
      `priority class ${name}`,
      '/apis/scheduling.k8s.io/v1/priorityclasses',
      object('scheduling.k8s.io/v1', 'PriorityClass', name, { value }),
    );
  const node = object('v1', 'Node', 'here', {});
  return [
    runtime('heavy', { overhead: { podFixed: { cpu: '250m', memory: '120Mi' } } }),
    runtime('placed', {
      scheduling: {
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'vm', operator: 'Exists', effect: 'NoSchedule' }],
      },
    }),
    runtime('plain', {}),
    priority('cheap', 10),
    priority('dear', 100_000),
    make('node', '/api/v1/nodes', {
      ...node,
      metadata: {
        name: 'here',
        labels: { 'topology.kubernetes.io/zone': 'z1', 'topology.kubernetes.io/region': 'r1', rack: '7' },
      },
    } as never),
    make('ingress class', '/apis/networking.k8s.io/v1/ingressclasses', {
      ...object('networking.k8s.io/v1', 'IngressClass', 'first', { spec: { controller: 'example.com/c' } }),
      metadata: { name: 'first', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    } as never),
  ];
}

const pod = (name: string, spec: object = {}, metadata: object = {}) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: [{ name: 'a', image: 'nginx:1' }], ...spec },
  }) as never;

/** Classes of run-times, ingresses and where pods are. */
export function classScenes(): Scene[] {
  const id = 'classes';
  const ask = (name: string, spec: object, metadata: object = {}) =>
    make(`${id} ${name}`, `/api/v1/namespaces/${id}/pods?dryRun=All`, pod(name, spec, metadata));
  const ingress = (name: string, spec: object, annotations = {}) =>
    make(`${id} ingress ${name}`, `/apis/networking.k8s.io/v1/namespaces/${id}/ingresses?dryRun=All`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, annotations },
      spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } }, ...spec },
    } as never);
  return [
    {
      id,
      server: 'plain',
      before: [namespaceOf(id)],
      requests: [
        ask('none', { runtimeClassName: 'nowhere' }),
        ask('heavy', { runtimeClassName: 'heavy' }),
        ask('same', { runtimeClassName: 'heavy', overhead: { cpu: '0.25', memory: '120Mi' } }),
        ask('other', { runtimeClassName: 'heavy', overhead: { cpu: '1' } }),
        ask('own', { overhead: { cpu: '1' } }),
        ask('own-plain', { runtimeClassName: 'plain', overhead: { cpu: '1' } }),
        ask('placed', { runtimeClassName: 'placed', nodeSelector: { zone: 'a' } }),
        ask('misplaced', { runtimeClassName: 'placed', nodeSelector: { disk: 'hdd' } }),
        ask('tolerant', { runtimeClassName: 'placed', tolerations: [{ operator: 'Exists' }] }),
        ask('tolerant-too', {
          runtimeClassName: 'placed',
          tolerations: [{ key: 'vm', operator: 'Equal', value: 'x', effect: 'NoSchedule' }],
        }),
        ask('there', { nodeName: 'here' }),
        ask('there-labelled', { nodeName: 'here' }, { labels: { 'topology.kubernetes.io/zone': 'mine', a: 'b' } }),
        ask('nowhere', { nodeName: 'gone' }),
        ask('priority', { priorityClassName: 'dear' }),
        ask('priority-none', { priorityClassName: 'lost' }),
        ask('priority-number', { priorityClassName: 'dear', priority: 7 }),
        ask('priority-policy', { priorityClassName: 'dear', preemptionPolicy: 'Never' }),
        ask('critical', { priorityClassName: 'system-node-critical' }),
        ask('tolerates', {
          tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoSchedule' }],
        }),
        ask('tolerates-all', { tolerations: [{ operator: 'Exists' }] }),
        ingress('plain', {}),
        ingress('named', { ingressClassName: 'other' }),
        ingress('annotated', {}, { 'kubernetes.io/ingress.class': 'old' }),
        make(
          `${id} default`,
          '/apis/scheduling.k8s.io/v1/priorityclasses?dryRun=All',
          object('scheduling.k8s.io/v1', 'PriorityClass', 'd', { value: 5, globalDefault: true }),
        ),
        make(`${id} lost namespace`, '/api/v1/namespaces/lost/pods', pod('x')),
      ],
    },
  ];
}

/** The plug-ins that a flag turns on. */
export function extendedScenes(): Scene[] {
  const id = 'extended';
  const collection = `/api/v1/namespaces/${id}/pods`;
  const ask = (name: string, spec: object, metadata: object = {}) =>
    make(`${id} ${name}`, `${collection}?dryRun=All`, pod(name, spec, metadata));
  const service = (name: string, externalIPs: string[]) =>
    make(
      `${id} service ${name}`,
      `/api/v1/namespaces/${id}/services?dryRun=All`,
      object('v1', 'Service', name, { spec: { ports: [{ port: 80 }], externalIPs } }),
    );
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u', blockOwnerDeletion: true };
  const one: Scene = {
    id,
    server: 'extended',
    before: [namespaceOf(id)],
    requests: [
      ask('plain', {}),
      ask('policy', {
        containers: [{ name: 'a', image: 'nginx:1', imagePullPolicy: 'Never' }],
        initContainers: [{ name: 'i', image: 'x', imagePullPolicy: 'IfNotPresent' }],
      }),
      ask('gpu', {
        containers: [
          { name: 'a', image: 'nginx:1', resources: { limits: { 'nvidia.com/gpu': '1', 'example.com/a': '2' } } },
        ],
      }),
      ask('burstable', { containers: [{ name: 'a', image: 'nginx:1', resources: { requests: { cpu: '1' } } }] }),
      ask('zone', {
        affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
      }),
      ask('host', {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
          },
        },
      }),
      ask('dear', { priorityClassName: 'dear' }),
      ask('owned', {}, { ownerReferences: [owner] }),
      ask('owned-oddly', {}, { ownerReferences: [{ ...owner, apiVersion: 'x.io/v1', kind: 'Odd' }] }),
      service('out', ['1.2.3.4']),
      service('in', []),
      make(`${id} lost`, '/api/v1/namespaces/lost/configmaps', object('v1', 'ConfigMap', 'm', {})),
      make(
        `${id} gold`,
        `/api/v1/namespaces/${id}/persistentvolumeclaims?dryRun=All`,
        object('v1', 'PersistentVolumeClaim', 'g', {
          spec: {
            storageClassName: 'gold',
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        }),
      ),
      ...['e1', 'e2', 'e3'].map((name) =>
        make(`${id} event ${name}`, `/api/v1/namespaces/${id}/events`, event(id, name)),
      ),
      make(`${id} event other`, `/api/v1/namespaces/${id}/events`, event(id, 'e4', 'y')),
    ],
  };
  return [one, ...annotatedScenes(), dearScene(), ...drawnScenes()];
}

function annotatedScenes(): Scene[] {
  const alpha = 'scheduler.alpha.kubernetes.io';
  const scene = (id: string, annotations: Record<string, string>): Scene => ({
    id,
    server: 'extended',
    before: [namespaceOf(id, annotations)],
    requests: [
      {},
      { nodeSelector: { env: 'test' } },
      { nodeSelector: { env: 'prod', disk: 'ssd' } },
      { tolerations: [{ key: 'mine', operator: 'Equal', value: 'a', effect: 'NoExecute', tolerationSeconds: 10 }] },
      { tolerations: [{ key: 'other', operator: 'Exists' }] },
      { containers: [{ name: 'a', image: 'n', resources: { requests: { memory: '1Mi' } } }] },
    ].map((spec, at) => make(`${id} ${at}`, `/api/v1/namespaces/${id}/pods?dryRun=All`, pod(`p${at}`, spec))),
  });
  const tolerations = JSON.stringify([
    { key: 'mine', operator: 'Equal', value: 'a', effect: 'NoExecute', tolerationSeconds: 20 },
  ]);
  const all = JSON.stringify([
    { key: 'mine', operator: 'Exists' },
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists' },
  ]);
  return [
    scene('selecting', { [`${alpha}/node-selector`]: 'env=prod' }),
    scene('selecting-two', { [`${alpha}/node-selector`]: 'env=prod, disk=ssd' }),
    scene('selecting-badly', { [`${alpha}/node-selector`]: 'env' }),
    scene('tolerating', { [`${alpha}/defaultTolerations`]: tolerations }),
    scene('tolerating-nothing', { [`${alpha}/defaultTolerations`]: '' }),
    scene('allowing', { [`${alpha}/tolerationsWhitelist`]: all, [`${alpha}/defaultTolerations`]: tolerations }),
  ];
}

/** Where a quota covers the scope that nobody may use without one. */
function dearScene(): Scene {
  const id = 'dear';
  const matchExpressions = [{ scopeName: 'PriorityClass', operator: 'In', values: ['dear'] }];
  return {
    id,
    server: 'extended',
    before: [namespaceOf(id), ...quotaOf(id, { pods: '1' }, { scopeSelector: { matchExpressions } })],
    requests: [
      ...['a', 'b'].map((name) =>
        make(`${id} ${name}`, `/api/v1/namespaces/${id}/pods`, pod(name, { priorityClassName: 'dear' })),
      ),
      make(`${id} cheap`, `/api/v1/namespaces/${id}/pods`, pod('c', { priorityClassName: 'cheap' })),
      look(id, `${id} used`),
    ],
  };
}

function drawnScenes(): Scene[] {
  return Array.from({ length: 4 }, (_, index) => {
    const id = `drawn-${index}`;
    const draw = new Draw(id);
    return {
      id,
      server: 'extended' as const,
      before: [namespaceOf(id)],
      requests: Array.from({ length: 8 }, (_, at) =>
        make(`${id} pod ${at}`, `/api/v1/namespaces/${id}/pods?dryRun=All`, drawPod(draw, `pod-${at}`)),
      ),
    };
  });
}
