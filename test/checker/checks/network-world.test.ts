import { afterAll, beforeAll, expect, test } from 'vitest';
import { grade, noteBaseline } from '../../../src/checker/grade.js';
import type { Check, Subject } from '../../../src/checker/rubric.js';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

/** One world for all: two versions behind a service, a web server, somebody with rights, and a place with rules. */
const WORLD = `
apiVersion: v1
kind: Namespace
metadata: {name: strict, labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: v1, namespace: default}
spec:
  replicas: 3
  selector: {matchLabels: {app: api, version: v1}}
  template:
    metadata: {labels: {app: api, version: v1}}
    spec: {containers: [{name: it, image: "traefik/whoami:v1.10"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: v2, namespace: default}
spec:
  selector: {matchLabels: {app: api, version: v2}}
  template:
    metadata: {labels: {app: api, version: v2}}
    spec: {containers: [{name: it, image: "traefik/whoami:v1.10"}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: default}
spec: {selector: {app: api}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: default, labels: {app: web}}
spec: {containers: [{name: it, image: "nginx:1.27"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: box, namespace: default, labels: {app: box}}
spec: {containers: [{name: it, image: "busybox:1.36", command: [sleep, infinity]}, {name: beside, image: "busybox:1.36", command: [sleep, infinity]}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: jane, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]
`;

let cluster: SimCluster;
beforeAll(async () => {
  cluster = await openSimCluster(
    {
      world: { base: 'single-node', hosts: {}, steps: [{ manifests: WORLD }, { settle: true }] },
      seed: '1',
      salt: '',
      epoch: EPOCH,
      timing: 'brisk',
    },
    { thread: 'same' },
  );
});
afterAll(() => cluster.close());

const probe = { probe: { namespace: 'default' } };
const box = { pods: { namespace: 'default', selector: 'app=box' } };
const host = { host: 'controlplane' };
const api = { service: { namespace: 'default', name: 'api' }, port: 80 };
const web = { pods: { namespace: 'default', selector: 'app=web' }, port: 80 };
const kubernetes = {
  to: { service: { namespace: 'default', name: 'kubernetes' }, port: 443 },
  tls: true,
  path: '/version',
};
const ca = (name: string) => ({ file: { host: 'controlplane', path: `/etc/kubernetes/pki/${name}.crt` } });
const pod = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'new', namespace },
  spec: { containers: [{ name: 'it', image: 'nginx' }] },
});
const by = { pods: { namespace: 'default', label: 'version' } };

/** Each kind passes where it should, and fails where something else is asked of the same world: with these words in what was found. */
const ROWS: readonly [Subject, string][] = [
  [
    {
      can: {
        who: { user: 'jane' },
        verb: ['get', 'create'],
        resource: ['deploy', 'pods'],
        namespace: 'default',
        allowed: true,
      },
    },
    '✓',
  ],
  [
    { can: { who: { user: 'jane' }, verb: 'get', resource: 'pods', namespace: 'kube-system', allowed: true } },
    '✗ jane get pods in kube-system: refused',
  ],
  [{ can: { who: { user: 'jane' }, verb: 'get', resource: 'pods', allowed: false } }, '✓'],
  [{ can: { who: { groups: ['system:masters'] }, verb: 'get', path: '/metrics', allowed: true } }, '✓'],
  [
    {
      can: {
        who: { serviceAccount: 'default/default' },
        verb: 'list',
        resource: 'secrets',
        namespace: 'default',
        allowed: false,
      },
    },
    '✓',
  ],
  [{ can: { who: { user: 'jane' }, verb: 'get', resource: 'widgets', allowed: false } }, '? no resource widgets'],
  [{ admission: { object: pod('default'), accepted: true } }, '✓'],
  [{ admission: { object: pod('strict'), accepted: true } }, '✗ violates PodSecurity'],
  [{ admission: { object: pod('strict'), refused: 'violates PodSecurity' } }, '✓'],
  [{ admission: { object: pod('default'), as: { user: 'mary' }, refused: ['cannot create', 'mary'] } }, '✓'],
  [
    {
      admission: { object: pod('default'), as: { user: 'jane' } },
      jsonpath: '$.spec.serviceAccountName',
      equals: 'default',
    },
    '✓',
  ],
  [
    {
      admission: {
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'v1', namespace: 'default' },
          spec: { replicas: 9 },
        },
        verb: 'update',
      },
      jsonpath: '$.spec.replicas',
      equals: 8,
    },
    '✗ 9',
  ],
  [
    {
      admission: {
        object: {
          ...pod('strict'),
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          spec: {
            selector: { matchLabels: { a: 'b' } },
            template: { metadata: { labels: { a: 'b' } }, spec: pod('').spec },
          },
        },
        warned: 'allowPrivilegeEscalation',
      },
    },
    '✓',
  ],
  [
    {
      resolve: {
        from: probe,
        names: ['api', 'api.default.svc.cluster.local'],
        to: { service: { namespace: 'default', name: 'api' } },
      },
    },
    '✓',
  ],
  [{ resolve: { from: box, names: ['api.default'], to: { addresses: ['10.0.0.1'] } } }, '✗ api.default: 10.'],
  [{ resolve: { from: host, names: ['api.default.svc.cluster.local'], resolves: false } }, '✓'],
  [{ resolve: { from: probe, names: ['nobody.default.svc.cluster.local'], resolves: false } }, '✓'],
  [{ resolve: { from: probe, names: ['nobody.default.svc.cluster.local'] } }, '✗ NXDOMAIN'],
  [
    {
      resolve: {
        from: probe,
        names: ['_http._tcp.api.default.svc.cluster.local'],
        type: 'SRV',
        answers: ['80', 'api.default'],
      },
    },
    '✓',
  ],
  [{ resolve: { from: probe, names: ['10.96.0.1'], type: 'PTR', answers: ['kubernetes.default'] } }, '✓'],
  [{ connect: { from: { pods: web.pods }, to: api, reaches: true } }, '✓'],
  [{ connect: { from: { pods: web.pods }, to: { ...api, port: 81 }, reaches: true } }, '✗ :81: timed out'],
  [{ connect: { from: box, to: { host: 'controlplane', port: 6443 }, reaches: true } }, '✓'],
  [{ connect: { from: box, to: { host: 'controlplane', port: 6444 }, reaches: false, how: 'refused' } }, '✓'],
  [
    {
      http: {
        from: probe,
        to: web,
        gives: { code: 200, body: { contains: 'Welcome to nginx' }, headers: { Server: { matches: '^nginx/1\\.27' } } },
      },
    },
    '✓',
  ],
  [{ http: { from: probe, to: web, path: '/nothing', gives: { code: 200 } } }, '✗ code 404'],
  [{ http: { from: box, to: web, gives: { code: 200, body: { contains: 'nginx!' } } } }, '✓'],
  [{ http: { from: box, to: web, path: '/nothing', gives: { code: 404 } } }, '✓'],
  [{ http: { from: host, url: 'http://127.0.0.1:81/', answers: false } }, '✓'],
  [{ http: { from: probe, to: api, host: 'shop.example', gives: { body: { contains: 'Host: shop.example' } } } }, '✓'],
  [{ http: { from: probe, to: api, answers: false } }, '✗ code 200'],
  [
    {
      http: {
        from: probe,
        ...kubernetes,
        gives: {
          body: { jsonpath: '$.minor', equals: '36' },
          certificate: {
            names: ['kubernetes.default'],
            issuer: 'CN = kubernetes',
            days_left_min: 300,
            verified_by: ca('ca'),
          },
        },
      },
    },
    '✓',
  ],
  [
    { http: { from: probe, ...kubernetes, gives: { certificate: { verified_by: ca('etcd/ca') } } } },
    '✗ signed by CN=kubernetes',
  ],
  [
    { http: { from: probe, ...kubernetes, gives: { certificate: { names: ['shop.example'] } } } },
    '✗ DNS:kubernetes.default',
  ],
  [
    {
      requests: {
        from: probe,
        to: api,
        count: 80,
        by,
        share: { v1: { exactly: 75, tolerance: 12 }, v2: { atLeast: 10 } },
      },
    },
    '✓',
  ],
  // busybox has no curl.
  [{ requests: { from: box, to: api, count: 40, by, share: { v1: { exactly: 75, tolerance: 20 } } } }, '✓'],
  [{ requests: { from: probe, to: api, count: 40, by, share: { v2: { exactly: 75, tolerance: 10 } } } }, '✗ of 40'],
  [{ requests: { from: probe, to: { ...api, port: 81 }, count: 3, timeout_seconds: 1 } }, '✗ 3 of 3 failed: timed out'],
  [
    {
      requests: {
        from: probe,
        to: api,
        every: '1s',
        over: '20s',
        meanwhile: [
          { run: 'kubectl scale deploy v1 v2 --replicas=0; sleep 5; kubectl scale deploy v1 --replicas=1', as: 'root' },
        ],
      },
    },
    '✗ of 20 failed: ',
  ],
  [
    {
      requests: {
        from: probe,
        to: api,
        every: '1s',
        over: '20s',
        meanwhile: [{ run: 'kubectl scale deploy v2 --replicas=2', as: 'root' }],
      },
    },
    '✓',
  ],
];

test('what each kind of check says of one world', async () => {
  const checks = ROWS.map(([subject], index) => ({ id: `c${index}`, says: 'it', points: 1, ...subject }) as Check);
  const baseline = await noteBaseline(cluster, checks);
  const report = await grade(cluster, { checks, baseline, hosts: {} });
  const said = report.checks.map(({ passed, undecided, expected, found }, index) => {
    const [, words = ''] = /^. (.*)/.exec(ROWS[index]?.[1] ?? '') ?? [];
    const mark = passed ? '✓' : undecided ? '?' : '✗';
    if (words === '') return passed ? mark : `${mark} ${expected} / ${found}`;
    return `${mark} ${found.includes(words) ? words : found}`;
  });
  expect(said).toEqual(ROWS.map(([, words]) => words));
});
