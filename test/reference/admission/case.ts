/** One thing that admission is configured with, and what is asked while it is. Each has a namespace of its own. */
export interface Case {
  readonly name: string;
  /** Objects that are made before: their `NS` is the case's namespace. */
  readonly setUp: readonly Made[];
  readonly requests: readonly Asked[];
  /** Rules by which the webhooks of the case answer. */
  readonly rules?: readonly object[];
}

export interface Made {
  readonly collection: string;
  readonly object: object;
}

export interface Asked {
  readonly title: string;
  readonly method: string;
  readonly target: string;
  readonly body?: object;
  readonly type?: string;
}

const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
/** Where a webhook of the recording listens, and where nobody does. */
export const PORTS = { hook: 26480, nobody: 26481 };

function inNamespace(name: string): object {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

/** Which requests a policy of a case is for, if it does not say: everything in its namespace. */
const ALL = { apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['*', '*/*'] };
const RULES = [{ ...ALL, resources: ['configmaps', 'pods', 'deployments', 'deployments/scale'] }];

interface PolicyParts {
  readonly spec: object;
  readonly binding?: object;
  readonly match?: object;
  readonly setUp?: readonly Made[];
  readonly requests?: readonly Asked[];
}

/** A validating or mutating policy with one binding in a namespace of its own. */
export function policyCase(kind: 'Mutating' | 'Validating', name: string, parts: PolicyParts): Case {
  const { spec, binding = {}, match = {}, setUp = [] } = parts;
  const plural = `${kind.toLowerCase()}admissionpolic`;
  const head = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name } };
  const matchConstraints = { namespaceSelector: inNamespace(name), resourceRules: RULES, ...match };
  const actions = kind === 'Validating' ? { validationActions: ['Deny'] } : {};
  return {
    name,
    setUp: [
      ...setUp,
      {
        collection: `${ADMISSION}/${plural}ies`,
        object: { ...head, kind: `${kind}AdmissionPolicy`, spec: { matchConstraints, ...spec } },
      },
      {
        collection: `${ADMISSION}/${plural}ybindings`,
        object: {
          ...head,
          kind: `${kind}AdmissionPolicyBinding`,
          spec: { policyName: name, ...actions, ...binding },
        },
      },
    ],
    requests: parts.requests ?? usualRequests(name),
  };
}

interface HookParts {
  readonly rules: readonly object[];
  readonly hook?: object;
  readonly more?: readonly object[];
  readonly requests?: readonly Asked[];
}

/** A configuration of webhooks in a namespace of its own; they are asked at the case's name. */
export function hookCase(kind: 'Mutating' | 'Validating', name: string, parts: HookParts): Case {
  const webhook = (hook: object, index: number) => ({
    name: `h${index}.${name}.example.com`,
    clientConfig: { url: `https://127.0.0.1:${PORTS.hook}/${name}/${index}` },
    rules: [{ ...ALL, operations: ['*'], resources: ['configmaps', 'pods', 'deployments', 'deployments/scale'] }],
    namespaceSelector: inNamespace(name),
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    timeoutSeconds: 10,
    ...hook,
  });
  return {
    name,
    rules: parts.rules,
    setUp: [
      {
        collection: `${ADMISSION}/${kind.toLowerCase()}webhookconfigurations`,
        object: {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: `${kind}WebhookConfiguration`,
          metadata: { name },
          webhooks: [parts.hook ?? {}, ...(parts.more ?? [])].map(webhook),
        },
      },
    ],
    requests: parts.requests ?? usualRequests(name),
  };
}

export function configMap(name: string, labels?: Record<string, string>, data: object = { a: '1' }): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(labels ? { labels } : {}) }, data };
}

function pod(name: string, image: string, labels: Record<string, string> = {}): object {
  const spec = { containers: [{ name: 'main', image }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
}

function deployment(name: string, replicas: number): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec };
}

/** What is asked of most cases. */
function usualRequests(namespace: string): Asked[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const maps = `${core}/configmaps`;
  const apps = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const merge = 'application/merge-patch+json';
  const ask = (title: string, method: string, target: string, body?: object, type?: string): Asked => ({
    title,
    method,
    target,
    ...(body ? { body } : {}),
    ...(type ? { type } : {}),
  });
  const scale = (replicas: number) => ({
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: 'web', namespace },
    spec: { replicas },
  });
  return [
    ask('a config map with labels', 'POST', maps, configMap('good', { team: 'blue' })),
    ask('a config map', 'POST', maps, configMap('bad', undefined, { a: '1', b: '2', c: '3', d: '4' })),
    ask('a config map, a dry run', 'POST', `${maps}?dryRun=All&fieldManager=me`, configMap('dry')),
    ask('a config map of a drawn name', 'POST', maps, {
      ...configMap(''),
      metadata: { generateName: 'drawn-' },
    }),
    ask('more data', 'PUT', `${maps}/good`, configMap('good', { team: 'blue' }, { a: '1', b: '2', c: '3', d: '4' })),
    ask('another label', 'PATCH', `${maps}/good`, { metadata: { labels: { team: 'red' } } }, merge),
    ask('a deployment', 'POST', apps, deployment('web', 3)),
    ask('a deployment of many', 'POST', apps, deployment('wide', 9)),
    ask('scaled', 'PUT', `${apps}/web/scale`, scale(8)),
    ask('a pod', 'POST', `${core}/pods`, pod('pod', 'nginx:1.27', { team: 'blue' })),
    ask('a pod of the latest', 'POST', `${core}/pods`, pod('latest', 'nginx:latest')),
    ask('deleted', 'DELETE', `${maps}/good`),
  ];
}
