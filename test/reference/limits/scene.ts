import { createRandom, type Random } from '../../../src/sim/kernel/random.js';

/** A request of a scene, in its order: what one takes from a quota the next one meets. */
export interface SceneRequest {
  readonly id: string;
  readonly kind: string;
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
}

/** Objects that are there, a namespace of their own at most, and what is asked about them. */
export interface Scene {
  readonly id: string;
  /** Which server is asked: one as it is by itself, or with the plug-ins on that a flag turns on. */
  readonly server: 'plain' | 'extended';
  readonly before: readonly SceneRequest[];
  readonly requests: readonly SceneRequest[];
}

/** Plug-ins off everywhere: pods would need an account of their namespace. */
export const OFF = ['ServiceAccount'];
/** Plug-ins that a flag turns on in the extended server. */
export const ON = [
  'AlwaysPullImages',
  'DenyServiceExternalIPs',
  'EventRateLimit',
  'ExtendedResourceToleration',
  'LimitPodHardAntiAffinityTopology',
  'NamespaceExists',
  'OwnerReferencesPermissionEnforcement',
  'PodNodeSelector',
  'PodTolerationRestriction',
];
/** What --admission-control-config-file says to the extended server. */
export const CONFIGURATION = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'ResourceQuota',
      configuration: {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'ResourceQuotaConfiguration',
        limitedResources: [
          { resource: 'pods', matchScopes: [{ scopeName: 'PriorityClass', operator: 'In', values: ['dear'] }] },
          { resource: 'persistentvolumeclaims', matchContains: ['gold.storageclass.storage.k8s.io/requests.storage'] },
        ],
      },
    },
    {
      name: 'EventRateLimit',
      configuration: {
        apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
        kind: 'Configuration',
        limits: [
          { type: 'Namespace', qps: 1, burst: 1000 },
          { type: 'SourceAndObject', qps: 1, burst: 1, cacheSize: 100 },
        ],
      },
    },
    {
      name: 'PodTolerationRestriction',
      configuration: {
        apiVersion: 'podtolerationrestriction.admission.k8s.io/v1alpha1',
        kind: 'Configuration',
        default: [{ key: 'cluster', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }],
        whitelist: [{ operator: 'Exists' }],
      },
    },
  ],
};

/** Draws for one scene. */
export class Draw {
  private readonly random: Random;

  constructor(seed: string) {
    this.random = createRandom(`limits ${seed}`);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.random.below(choices.length)] as T;
  }

  /** Whether something happens that happens once in so many times. */
  chance(oneIn: number): boolean {
    return this.random.below(oneIn) === 0;
  }

  /** Each with a chance of one half, and one at least. */
  some<T>(choices: readonly T[]): T[] {
    const drawn = choices.filter(() => this.chance(2));
    return drawn.length > 0 ? drawn : [this.one(choices)];
  }
}

/** A POST. */
export function make(id: string, collection: string, body: { apiVersion: string; kind: string }): SceneRequest {
  return { id, kind: `${body.apiVersion} ${body.kind}`, method: 'POST', target: collection, body };
}

/** The namespace of a scene. */
export function namespaceOf(name: string, annotations?: Record<string, string>): SceneRequest {
  const metadata = { name, ...(annotations ? { annotations } : {}) };
  return make(`${name} namespace`, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata } as never);
}

/** A quota and, as if it had been counted already, its status. */
export function quotaOf(
  namespace: string,
  hard: Record<string, string>,
  more: object = {},
  used = '0',
): SceneRequest[] {
  const collection = `/api/v1/namespaces/${namespace}/resourcequotas`;
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard, ...more } };
  const status = { hard, used: Object.fromEntries(Object.keys(hard).map((name) => [name, used])) };
  return [
    make(`${namespace} quota`, collection, quota),
    {
      id: `${namespace} count`,
      kind: 'v1 ResourceQuota',
      method: 'PUT',
      target: `${collection}/q/status`,
      body: { ...quota, status },
    },
  ];
}

/** A look at the scene's quota. */
export function look(namespace: string, id: string): SceneRequest {
  return { id, kind: 'v1 ResourceQuota', method: 'GET', target: `/api/v1/namespaces/${namespace}/resourcequotas/q` };
}
