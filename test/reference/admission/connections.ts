import { type Asked, type Case, hookCase, type Made, policyCase } from './case.js';

/** Everything behind an object that is not the object itself. */
const BEHIND = [
  'pods/*',
  'deployments/*',
  'services/*',
  'nodes/*',
  'serviceaccounts/token',
  'localsubjectaccessreviews',
];
const RULES = [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: BEHIND }];
const CONNECT = { apiGroups: [''], apiVersions: ['v1'], operations: ['CONNECT'] };
const MERGE = 'application/merge-patch+json';

/** What the requests are about. */
function objects(namespace: string): Made[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const labels = { app: 'web' };
  const containers = [{ name: 'main', image: 'nginx:1.27' }];
  const head = { apiVersion: 'v1', metadata: { name: 'web' } };
  const template = { metadata: { labels }, spec: { containers } };
  return [
    { collection: `${core}/pods`, object: { ...head, kind: 'Pod', spec: { containers } } },
    { collection: `${core}/services`, object: { ...head, kind: 'Service', spec: { ports: [{ port: 80 }] } } },
    {
      collection: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
    },
  ];
}

const ask = (title: string, method: string, target: string, body?: object, type?: string): Asked => ({
  title,
  method,
  target,
  ...(body ? { body } : {}),
  ...(type ? { type } : {}),
});

function connections(namespace: string): Asked[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const web = `${core}/pods/web`;
  const exec = (title: string, query: string, method = 'POST') => ask(title, method, `${web}/exec${query}`);
  return [
    exec('a command', '?command=ls&command=-l&container=main&stdout=true'),
    exec('a command, asked for', '?command=ls&container=main', 'GET'),
    exec('a shell', '?command=sh&stdin=true&stdout=true&tty=true'),
    exec('a command of nothing', ''),
    exec('a command, odd words', '?command=ls&stdin=false&stdout=0&stderr=&tty=yes&other=1'),
    exec('a command, a dry run', '?command=ls&dryRun=All'),
    exec('a command elsewhere', '?command=ls&container=none'),
    ask('a command of nobody', 'POST', `${core}/pods/none/exec?command=ls`),
    ask('attached', 'POST', `${web}/attach?container=main&stdin=true`),
    ask('ports', 'POST', `${web}/portforward?ports=80&ports=443`),
    ask('ports, odd', 'POST', `${web}/portforward?ports=http`),
    ask('the log', 'GET', `${web}/log`),
    ask('through', 'GET', `${web}/proxy/a/b?c=d`),
    ask('through, posted', 'POST', `${web}/proxy/`, { a: 1 }),
    ask('through to a service', 'GET', `${core}/services/none/proxy/`),
    ask('through to a port', 'DELETE', `${core}/services/none:80/proxy/a/`),
  ];
}

function others(namespace: string): Asked[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const scale = `/apis/apps/v1/namespaces/${namespace}/deployments/web/scale`;
  const web = `${core}/pods/web`;
  const strategic = 'application/strategic-merge-patch+json';
  return [
    ask('a token', 'POST', `${core}/serviceaccounts/default/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: ['a'], expirationSeconds: 3600 },
    }),
    ask('a review', 'POST', `/apis/authorization.k8s.io/v1/namespaces/${namespace}/localsubjectaccessreviews`, {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'LocalSubjectAccessReview',
      metadata: { namespace },
      spec: { user: 'a', resourceAttributes: { namespace, verb: 'get', resource: 'pods' } },
    }),
    ask('the scale', 'GET', scale),
    ask('scaled', 'PUT', scale, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web', namespace },
      spec: { replicas: 2 },
    }),
    ask('scaled by a patch', 'PATCH', scale, { spec: { replicas: 3 } }, MERGE),
    ask('a state', 'PATCH', `${web}/status`, { status: { message: 'well' } }, MERGE),
    ask(
      'a container to look',
      'PATCH',
      `${web}/ephemeralcontainers`,
      {
        spec: { ephemeralContainers: [{ name: 'look', image: 'busybox' }] },
      },
      strategic,
    ),
    ask('bound', 'POST', `${web}/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'web' },
      target: { kind: 'Node', name: 'node' },
    }),
    ask('evicted, a dry run', 'POST', `${web}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'web' },
      deleteOptions: { dryRun: ['All'] },
    }),
    ask('evicted', 'POST', `${web}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'web' },
      deleteOptions: { gracePeriodSeconds: 0 },
    }),
  ];
}

function hooked(kind: 'Mutating' | 'Validating', name: string, rules: readonly object[]): Case {
  const requests = [...connections(name), ...others(name)];
  const made = hookCase(kind, name, { rules, hook: { rules: RULES }, requests });
  return { ...made, setUp: [...objects(name), ...made.setUp] };
}

function policy(kind: 'Mutating' | 'Validating', name: string, spec: object, requests: readonly Asked[]): Case {
  const resources = ['pods/exec', 'pods/attach', 'pods/portforward'];
  const match = { resourceRules: [{ ...CONNECT, resources }] };
  return policyCase(kind, name, { spec, match, setUp: objects(name), requests });
}

const no = { deny: { message: 'not through here' } };

/** Who connects to what, and other things behind an object. */
export const CONNECTIONS: readonly Case[] = [
  hooked('Validating', 'x-allow', []),
  hooked('Validating', 'x-deny', [no]),
  hooked('Validating', 'x-warn', [{ warnings: ['look out'] }]),
  hooked('Mutating', 'x-mutate', []),
  hooked('Mutating', 'x-mutate-deny', [no]),
  hooked('Mutating', 'x-patch', [
    { match: { operations: ['CONNECT'] }, patch: [{ op: 'add', path: '/container', value: 'other' }] },
  ]),
  policy(
    'Validating',
    'x-policy',
    {
      validations: [
        { expression: '!has(object.command) || !("sh" in object.command)', message: 'no shells' },
        {
          expression: '!has(object.ports) || object.ports.all(p, p != 80)',
          messageExpression: '"not port " + string(object.ports[0])',
        },
        { expression: 'request.operation == "CONNECT" && oldObject == null && request.name != "none"' },
      ],
    },
    connections('x-policy'),
  ),
  policy(
    'Validating',
    'x-policy-error',
    { validations: [{ expression: 'object.metadata.name == "web"' }] },
    connections('x-policy-error').slice(0, 3),
  ),
  policy(
    'Mutating',
    'x-policy-change',
    {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [
        {
          patchType: 'JSONPatch',
          jsonPatch: { expression: '[JSONPatch{op: "add", path: "/container", value: "other"}]' },
        },
      ],
    },
    connections('x-policy-change').slice(0, 3),
  ),
];
