import { CONFIG_MAP, DEPLOYMENT, POD, PORT_80, SERVICE, WEB } from './places.js';
import type { Sequence, Step, Target } from './step.js';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const HPA_1: Target = {
  apiVersion: 'autoscaling/v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
};

function apply(manager: string, body: unknown, query = ''): Step {
  return { verb: 'apply', manager, body, query };
}

function one(name: string, target: Target, ...steps: Step[]): Sequence {
  return { name, target, steps };
}

const DATA = { data: { a: '1' } };

/** A deployment as client-side apply makes it, with its annotation. */
function clientSide(replicas: number, image = 'nginx:1.27'): { metadata: object; spec: object } {
  const spec = {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ image, name: 'web' }] } },
  };
  const last = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { annotations: {}, name: 'x' }, spec };
  return { metadata: { annotations: { [LAST_APPLIED]: `${JSON.stringify(last)}\n` } }, spec };
}

const scale = (replicas: number) => ({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas } });

/** What has no place of its own: subresources, the annotation of client-side apply, cleared managers, order. */
export const SPECIAL: readonly Sequence[] = [
  one(
    'client-side apply, then server-side by kubectl',
    DEPLOYMENT,
    { verb: 'create', manager: 'kubectl-client-side-apply', body: clientSide(2) },
    apply('kubectl', { spec: { ...WEB.spec, replicas: 3 } }),
    apply('kubectl', { spec: { ...WEB.spec, replicas: 3 } }),
  ),
  one(
    'client-side apply, then server-side by somebody else',
    DEPLOYMENT,
    { verb: 'create', manager: 'kubectl-client-side-apply', body: clientSide(2) },
    apply('flux', { spec: { ...WEB.spec, replicas: 3 } }),
    apply('flux', { spec: { ...WEB.spec, replicas: 3 } }, 'force=true'),
  ),
  one(
    'client-side apply, changed by another, then server-side by kubectl',
    DEPLOYMENT,
    { verb: 'create', manager: 'kubectl-client-side-apply', body: clientSide(2) },
    { verb: 'merge', manager: 'u', body: { spec: { replicas: 5 } } },
    apply('kubectl', { spec: { ...WEB.spec, replicas: 3 } }),
    apply('kubectl', { spec: { ...WEB.spec, replicas: 3 } }, 'force=true'),
  ),
  one(
    'an annotation that cannot be read',
    CONFIG_MAP,
    { verb: 'create', manager: 'k', body: { metadata: { annotations: { [LAST_APPLIED]: '{' } }, ...DATA } },
    apply('kubectl', { data: { a: '2' } }),
    apply('kubectl', { data: { a: '2<b>' } }, 'force=true'),
  ),
  one(
    'kubectl applies the annotation itself',
    CONFIG_MAP,
    apply('kubectl', { metadata: { annotations: { [LAST_APPLIED]: '{}', other: 'x' } }, ...DATA }),
    apply('kubectl', DATA),
  ),
  one(
    'cleared by an empty entry',
    CONFIG_MAP,
    apply('a', DATA),
    { verb: 'merge', manager: 'u', body: { metadata: { managedFields: [{}] } } },
    apply('a', { data: { a: '2' } }),
    apply('a', { data: { a: '2' } }, 'force=true'),
    apply('a', {}),
  ),
  one(
    'cleared by an empty list',
    CONFIG_MAP,
    apply('a', DATA),
    { verb: 'merge', manager: 'u', body: { metadata: { managedFields: [] } } },
    { verb: 'merge', manager: 'u', body: { data: { b: '1' } } },
    apply('b', { data: { b: '2' } }),
  ),
  one('cleared and changed at once', CONFIG_MAP, apply('a', DATA), {
    verb: 'json',
    manager: 'u',
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: [{}] },
      { op: 'add', path: '/data/b', value: '2' },
    ],
  }),
  one(
    'an entry of a version that there is not',
    CONFIG_MAP,
    apply('a', DATA),
    {
      verb: 'merge',
      manager: 'u',
      body: {
        metadata: {
          managedFields: [
            {
              manager: 'old',
              operation: 'Apply',
              apiVersion: 'v0',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:a': {} } },
            },
          ],
        },
      },
    },
    apply('b', { data: { a: '2' } }),
  ),
  one(
    'an entry written by hand',
    CONFIG_MAP,
    apply('a', DATA),
    {
      verb: 'merge',
      manager: 'u',
      body: {
        metadata: {
          managedFields: [
            {
              manager: 'mine',
              operation: 'Apply',
              apiVersion: 'v1',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:a': {} } },
            },
          ],
        },
      },
    },
    apply('mine', { data: { b: '2' } }),
  ),
  one(
    'an entry that is none',
    CONFIG_MAP,
    apply('a', DATA),
    { verb: 'merge', manager: 'u', body: { metadata: { managedFields: [{ manager: 'x', operation: 'Bogus' }] } } },
    { verb: 'get' },
  ),
  one(
    'the same by apply and by update',
    CONFIG_MAP,
    { verb: 'create', manager: 'a', body: DATA },
    apply('a', DATA),
    apply('a', { data: { a: '2' } }),
  ),
  one(
    'put back as it is',
    CONFIG_MAP,
    apply('a', DATA),
    { verb: 'put', manager: 'a', body: DATA },
    { verb: 'put', manager: 'b', body: { data: { b: '1' } } },
    apply('a', DATA),
  ),
  one('a creation that was there', CONFIG_MAP, apply('a', DATA), { verb: 'create', manager: 'b', body: DATA }),
  one('deleted in between', CONFIG_MAP, apply('a', DATA), { verb: 'delete' }, apply('b', { data: { b: '1' } })),
  one(
    'replicas by the scale subresource',
    DEPLOYMENT,
    apply('a', { spec: { ...WEB.spec, replicas: 1 } }),
    { verb: 'merge', manager: 's', body: { spec: { replicas: 4 } }, subresource: 'scale' },
    { verb: 'get' },
    apply('a', { spec: { ...WEB.spec, replicas: 1 } }),
    apply('a', WEB),
    { verb: 'get' },
  ),
  one(
    'replicas put to the scale subresource',
    DEPLOYMENT,
    apply('a', { spec: { ...WEB.spec, replicas: 1 } }),
    { ...apply('s', scale(4)), verb: 'put', subresource: 'scale' },
    { verb: 'get' },
  ),
  one(
    'scale applied',
    DEPLOYMENT,
    apply('a', { spec: { ...WEB.spec, replicas: 1 } }),
    { ...apply('s', scale(4)), subresource: 'scale' },
    { ...apply('s', scale(4), 'force=true'), subresource: 'scale' },
    { verb: 'get' },
    { ...apply('s', { ...scale(0), spec: {} }), subresource: 'scale' },
    { verb: 'get' },
  ),
  one(
    'scale applied alike',
    DEPLOYMENT,
    apply('a', { spec: { ...WEB.spec, replicas: 1 } }),
    { ...apply('s', scale(1)), subresource: 'scale' },
    { verb: 'get' },
    apply('b', { spec: { replicas: 2 } }),
  ),
  one(
    'status updated',
    DEPLOYMENT,
    apply('a', WEB),
    { verb: 'merge', manager: 'k', body: { status: { replicas: 1, observedGeneration: 1 } }, subresource: 'status' },
    { verb: 'merge', manager: 'k', body: { status: { replicas: 2 }, spec: { replicas: 7 } }, subresource: 'status' },
    { verb: 'get' },
  ),
  one(
    'status applied',
    DEPLOYMENT,
    apply('a', WEB),
    { ...apply('k', { status: { conditions: [{ type: 'Available', status: 'True' }] } }), subresource: 'status' },
    { ...apply('k', { status: { conditions: [{ type: 'Progressing', status: 'True' }] } }), subresource: 'status' },
    { ...apply('l', { status: { conditions: [{ type: 'Progressing', status: 'False' }] } }), subresource: 'status' },
    { ...apply('l', { spec: { replicas: 9 }, metadata: { labels: { a: 'b' } } }), subresource: 'status' },
    apply('a', { ...WEB, status: { replicas: 7 } }),
  ),
  one('status of what is not there', DEPLOYMENT, { ...apply('k', { status: { replicas: 1 } }), subresource: 'status' }),
  one(
    'a pod',
    POD,
    apply('a', { spec: { containers: [{ name: 'web', image: 'nginx' }] } }),
    apply('a', { spec: { containers: [{ name: 'web', image: 'nginx:2' }] } }),
    apply('b', { metadata: { labels: { x: 'y' } }, spec: { containers: [{ name: 'web', image: 'nginx:3' }] } }),
    apply('a', {
      spec: {
        containers: [
          { name: 'web', image: 'nginx:2' },
          { name: 'more', image: 'a' },
        ],
      },
    }),
    apply('a', { spec: { containers: [] } }),
    { ...apply('k', { status: { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }] } }), subresource: 'status' },
  ),
  one(
    'a service',
    SERVICE,
    apply('a', { ...PORT_80, metadata: { labels: { x: 'y' } } }),
    apply('b', { spec: { type: 'NodePort' } }),
    apply('b', {}),
    apply('a', { spec: { ports: [{ port: 80, name: 'http', targetPort: 'web' }] } }),
  ),
  one(
    'ports in another order',
    SERVICE,
    apply('a', {
      spec: {
        ports: [
          { port: 1, name: 'a' },
          { port: 2, name: 'b' },
          { port: 3, name: 'c' },
        ],
      },
    }),
    apply('b', {
      spec: {
        ports: [
          { port: 4, name: 'd' },
          { port: 2, name: 'b' },
        ],
      },
    }),
    apply('a', {
      spec: {
        ports: [
          { port: 3, name: 'c' },
          { port: 1, name: 'a' },
        ],
      },
    }),
    apply('b', {
      spec: {
        ports: [
          { port: 2, name: 'b' },
          { port: 5, name: 'e' },
          { port: 4, name: 'd' },
        ],
      },
    }),
  ),
  one(
    'containers in another order',
    DEPLOYMENT,
    apply('a', WEB),
    apply('a', {
      spec: {
        ...WEB.spec,
        template: {
          ...WEB.spec.template,
          spec: { containers: ['x', 'web', 'y'].map((name) => ({ name, image: 'i' })) },
        },
      },
    }),
    apply('a', {
      spec: {
        ...WEB.spec,
        template: { ...WEB.spec.template, spec: { containers: ['y', 'z', 'x'].map((name) => ({ name, image: 'i' })) } },
      },
    }),
  ),
  one(
    'more updates than are told apart',
    CONFIG_MAP,
    apply('a', DATA),
    ...Array.from(
      { length: 12 },
      (_, n): Step => ({ verb: 'merge', manager: `u${n}`, body: { data: { [`k${n}`]: 'v' } } }),
    ),
    apply('b', { data: { k1: 'w', k11: 'w' } }),
  ),
  one(
    'an autoscaler in its first version',
    HPA_1,
    apply('a', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' },
        maxReplicas: 3,
        targetCPUUtilizationPercentage: 50,
      },
    }),
    apply('b', { spec: { maxReplicas: 5 } }),
    apply('a', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }, maxReplicas: 3 } }),
  ),
  one(
    'a map that others have put something into',
    CONFIG_MAP,
    apply('a', { metadata: { annotations: { a: '1' } } }),
    apply('b', { metadata: { annotations: { b: '1' } } }),
    apply('a', { metadata: { annotations: {} } }),
    apply('a', {}),
    apply('b', { metadata: {} }),
  ),
  one(
    'an item that others have put something into',
    DEPLOYMENT,
    apply('base', WEB),
    apply('a', { spec: { template: { spec: { containers: [{ name: 'side', image: 'a' }] } } } }),
    {
      verb: 'strategic',
      manager: 'u',
      body: { spec: { template: { spec: { containers: [{ name: 'side', env: [{ name: 'X', value: '1' }] }] } } } },
    },
    apply('a', {}),
    { verb: 'get' },
  ),
];
