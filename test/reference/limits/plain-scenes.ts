import { drawPod } from './drawn-pods.js';
import { Draw, look, make, namespaceOf, quotaOf, type Scene, type SceneRequest } from './scene.js';

const pods = (namespace: string) => `/api/v1/namespaces/${namespace}/pods`;

/** Pods and claims held against one range each. */
export function rangeScenes(): Scene[] {
  return Array.from({ length: 22 }, (_, index) => {
    const id = `range-${index}`;
    const draw = new Draw(id);
    const range = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'r' }, spec: { limits: drawLimits(draw) } };
    return {
      id,
      server: 'plain' as const,
      before: [namespaceOf(id), make(`${id} range`, `/api/v1/namespaces/${id}/limitranges`, range)],
      requests: [
        ...Array.from({ length: 8 }, (_, at) =>
          make(`${id} pod ${at}`, `${pods(id)}?dryRun=All`, drawPod(draw, `pod-${at}`)),
        ),
        ...['100Mi', '5Gi'].map((size) => claim(id, `claim ${size}`, size, {}, '?dryRun=All')),
      ],
    };
  });
}

function drawLimits(draw: Draw): object[] {
  const limits: object[] = [];
  if (!draw.chance(4)) limits.push({ type: 'Container', ...drawBounds(draw, true) });
  if (draw.chance(2)) limits.push({ type: 'Pod', ...drawBounds(draw, false) });
  if (draw.chance(3)) limits.push({ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '2Gi' } });
  return limits.length > 0
    ? limits
    : [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { memory: '64Mi' } }];
}

function drawBounds(draw: Draw, container: boolean): object {
  const names = draw.some(['cpu', 'memory']);
  const list = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(names.map((name) => [name, values[name] as string]));
  return {
    ...(draw.chance(2) ? { min: list({ cpu: '200m', memory: '100Mi' }) } : {}),
    ...(draw.chance(2) ? { max: list({ cpu: '1500m', memory: '1Gi' }) } : {}),
    ...(draw.chance(3) ? { maxLimitRequestRatio: list({ cpu: '3', memory: '2.5' }) } : {}),
    ...(container && draw.chance(2) ? { default: list({ cpu: '1', memory: '512Mi' }) } : {}),
    ...(container && draw.chance(2) ? { defaultRequest: list({ cpu: '500m', memory: '200Mi' }) } : {}),
  };
}

const POD_HARD: Readonly<Record<string, string>> = {
  pods: '5',
  'count/pods': '6',
  cpu: '3',
  memory: '3Gi',
  'requests.cpu': '2500m',
  'requests.memory': '2Gi',
  'limits.cpu': '6',
  'limits.memory': '5Gi',
  'requests.ephemeral-storage': '12Gi',
  'limits.ephemeral-storage': '20Gi',
  'requests.nvidia.com/gpu': '2',
  'hugepages-2Mi': '6Mi',
};
const SCOPES: readonly object[] = [
  { scopes: ['BestEffort'] },
  { scopes: ['NotBestEffort'] },
  { scopes: ['Terminating'] },
  { scopes: ['NotTerminating', 'NotBestEffort'] },
  { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['dear'] }] } },
  { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Exists' }] } },
  { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['dear'] }] } },
  { scopeSelector: { matchExpressions: [{ scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' }] } },
];

/** Pods that are made one after the other until a quota is full. */
export function quotaScenes(): Scene[] {
  return Array.from({ length: 24 }, (_, index) => {
    const id = `quota-${index}`;
    const draw = new Draw(id);
    const scope = index % 3 === 0 ? (SCOPES[(index / 3) % SCOPES.length] as object) : {};
    const fit = index % 3 === 0 ? ['pods'] : draw.some(Object.keys(POD_HARD)).slice(0, 4);
    const hard = Object.fromEntries(fit.map((name) => [name, index % 3 === 0 ? '2' : (POD_HARD[name] as string)]));
    const runtime = draw.chance(4) ? { runtimeClassName: 'heavy' } : {};
    return {
      id,
      server: 'plain' as const,
      before: [namespaceOf(id), ...quotaOf(id, hard, scope)],
      requests: [
        ...Array.from({ length: 9 }, (_, at) => {
          const dry = draw.chance(6) ? '?dryRun=All' : '';
          return make(`${id} pod ${at}`, `${pods(id)}${dry}`, drawPod(draw, `pod-${at}`, runtime));
        }),
        look(id, `${id} used`),
      ],
    };
  });
}

function claim(namespace: string, id: string, size: string, more: object = {}, query = ''): SceneRequest {
  const name = id.toLowerCase().replaceAll(/[^a-z0-9]/g, '-');
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, ...more };
  const body = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec };
  return make(`${namespace} ${id}`, `/api/v1/namespaces/${namespace}/persistentvolumeclaims${query}`, body);
}

function service(namespace: string, name: string, spec: object): SceneRequest {
  const body = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } };
  return make(`${namespace} service ${name}`, `/api/v1/namespaces/${namespace}/services`, body);
}

function configMap(namespace: string, name: string): SceneRequest {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
  return make(`${namespace} map ${name}`, `/api/v1/namespaces/${namespace}/configmaps`, body);
}

/** Quotas of everything but pods. */
export function countScenes(): Scene[] {
  const scene = (id: string, hard: Record<string, string>, requests: SceneRequest[], more: object = {}): Scene => ({
    id,
    server: 'plain',
    before: [namespaceOf(id), ...quotaOf(id, hard, more)],
    requests: [...requests, look(id, `${id} used`)],
  });
  const put = (namespace: string, resource: string, { id, body, kind }: SceneRequest, change: object): SceneRequest => {
    const { metadata, spec, ...rest } = body as { metadata: { name: string }; spec: object };
    const target = `/api/v1/namespaces/${namespace}/${resource}/${metadata.name}`;
    return {
      id: `${id} changed`,
      kind,
      method: 'PUT',
      target,
      body: { ...rest, metadata, spec: { ...spec, ...change } },
    };
  };
  const s = 'services-quota';
  const plain = service(s, 'a', {});
  const gold = { storageClassName: 'gold' };
  const c = 'claims-quota';
  const sized = claim(c, 'claim 1', '1Gi');
  return [
    scene(s, { services: '4', 'services.nodeports': '3', 'services.loadbalancers': '1', 'count/services': '9' }, [
      plain,
      service(s, 'b', {
        type: 'NodePort',
        ports: [
          { port: 80, name: 'x' },
          { port: 81, name: 'y' },
        ],
      }),
      service(s, 'c', {
        type: 'LoadBalancer',
        ports: [
          { port: 80, name: 'x' },
          { port: 81, name: 'y' },
        ],
      }),
      service(s, 'd', { type: 'LoadBalancer' }),
      service(s, 'e', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      service(s, 'f', { type: 'ExternalName', externalName: 'x.example.com' }),
      service(s, 'g', {}),
      service(s, 'h', {}),
      put(s, 'services', plain, { type: 'NodePort' }),
    ]),
    scene(
      c,
      {
        persistentvolumeclaims: '6',
        'requests.storage': '20Gi',
        'gold.storageclass.storage.k8s.io/requests.storage': '4Gi',
        'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '2',
      },
      [
        sized,
        claim(c, 'claim 2', '1.5Gi'),
        claim(c, 'claim 3', '3Gi', gold),
        claim(c, 'claim 4', '2Gi', gold),
        claim(c, 'claim 5', '1Gi', gold),
        claim(c, 'claim 6', '1', gold),
        claim(c, 'claim 7', '100Gi'),
        claim(c, 'claim 8', '1500m'),
        claim(c, 'claim 9', '1Gi', {}, '?dryRun=All'),
        claim(c, 'claim 10', '1Gi'),
        put(c, 'persistentvolumeclaims', sized, { resources: { requests: { storage: '1Gi' } } }),
      ],
    ),
    scene(
      'attributes-quota',
      { persistentvolumeclaims: '1' },
      [
        claim('attributes-quota', 'plain', '1Gi'),
        claim('attributes-quota', 'fast', '1Gi', { volumeAttributesClassName: 'fast' }),
        claim('attributes-quota', 'fast too', '1Gi', { volumeAttributesClassName: 'fast' }),
      ],
      {
        scopeSelector: { matchExpressions: [{ scopeName: 'VolumeAttributesClass', operator: 'In', values: ['fast'] }] },
      },
    ),
    scene(
      'maps-quota',
      {
        configmaps: '2',
        'count/configmaps': '3',
        secrets: '1',
        'count/deployments.apps': '1',
        'count/widgets.example.com': '1',
      },
      [
        configMap('maps-quota', 'a'),
        configMap('maps-quota', 'b'),
        configMap('maps-quota', 'c'),
        configMap('maps-quota', 'a'),
        ...['s', 't'].map((name) =>
          make(`maps-quota secret ${name}`, '/api/v1/namespaces/maps-quota/secrets', {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name },
          } as never),
        ),
        ...['d', 'e'].map((name) =>
          make(`maps-quota deployment ${name}`, '/apis/apps/v1/namespaces/maps-quota/deployments', deployment(name)),
        ),
        ...['ev'].map((name) =>
          make(`maps-quota event ${name}`, '/api/v1/namespaces/maps-quota/events', event('maps-quota', name)),
        ),
      ],
    ),
    scene(
      'devices-quota',
      { 'gpu.deviceclass.resource.k8s.io/devices': '3', 'count/resourceclaims.resource.k8s.io': '3' },
      [
        ...[1, 2, 3].map((count) =>
          make(
            `devices-quota claim ${count}`,
            '/apis/resource.k8s.io/v1/namespaces/devices-quota/resourceclaims',
            deviceClaim(`c${count}`, { exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count } }),
          ),
        ),
        make(
          'devices-quota claim all',
          '/apis/resource.k8s.io/v1/namespaces/devices-quota/resourceclaims',
          deviceClaim('all', { exactly: { deviceClassName: 'gpu', allocationMode: 'All' } }),
        ),
        make(
          'devices-quota claim first',
          '/apis/resource.k8s.io/v1/namespaces/devices-quota/resourceclaims',
          deviceClaim('first', {
            firstAvailable: [
              { name: 'x', deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 2 },
              { name: 'y', deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 },
            ],
          }),
        ),
      ],
    ),
  ];
}

function deviceClaim(name: string, request: object): { apiVersion: string; kind: string } {
  const spec = { devices: { requests: [{ name: 'r', ...request }] } };
  return { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { name }, spec } as never;
}

function deployment(name: string): { apiVersion: string; kind: string } {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'nginx' }] } };
  const spec = { selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec } as never;
}

/** An event about nothing in particular. */
export function event(namespace: string, name: string, about = 'x'): { apiVersion: string; kind: string } {
  const involvedObject = { kind: 'Pod', namespace, name: about };
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name },
    involvedObject,
    reason: 'R',
    source: { component: 'c' },
  } as never;
}
