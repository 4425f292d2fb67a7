import { describe, expect, test } from 'vitest';
import { type AskedOf, refusalOfFence, type Territory } from '../../../src/clusters/context/fence.js';
import { reachesNodes } from '../../../src/clusters/context/reaches-nodes.js';
import { namedObjects } from '../../../src/clusters/real/named-objects.js';

const TERRITORY: Territory = {
  namespaces: new Set(['shop', 'default']),
  lent: new Set(['default']),
  objects: new Set([
    'clusterroles.rbac.authorization.k8s.io/reader',
    'clusterroles.rbac.authorization.k8s.io/view',
    'customresourcedefinitions.apiextensions.k8s.io/boats.sea.io',
    'boats.sea.io/*',
    'nodes.sea.io/*',
  ]),
  foreign: new Set(['clusterroles.rbac.authorization.k8s.io/view']),
};
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

describe('the fence around a lab', () => {
  const judge = (line: string, body?: unknown): string => {
    const [method = '', path = ''] = line.split(' ');
    return refusalOfFence({ method, path, body } as AskedOf, TERRITORY) ?? 'allowed';
  };

  test.each([
    ['GET /api/v1/namespaces/shop/secrets'],
    ['POST /api/v1/namespaces/shop/pods/web/exec?command=sh'],
    ['DELETE /apis/apps/v1/namespaces/shop/deployments'],
    ['PATCH /api/v1/namespaces/shop'],
    ['DELETE /api/v1/namespaces/shop'],
    ['PUT /api/v1/namespaces/shop/finalize'],
    ['GET /api/v1/namespaces/other/pods?watch=true'],
    ['GET /api/v1/nodes'],
    ['GET /openapi/v3'],
    ['GET /apis'],
    ['GET /livez/etcd'],
    ['GET /api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt'],
    ['DELETE /apis/sea.io/v1/nodes/node01'],
    ['DELETE /api/v1/namespaces/default/pods'],
    ['POST /api/v1/namespaces/default/serviceaccounts/default/token'],
    ['DELETE /api/v1/namespaces/shop/serviceaccounts/default'],
    ['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
    [`PATCH ${RBAC}/clusterroles/reader`],
    ['DELETE /apis/apiextensions.k8s.io/v1/customresourcedefinitions/boats.sea.io'],
    ['DELETE /apis/sea.io/v1/boats/meridian'],
    ['POST /api/v1/namespaces/kube-system/pods?dryRun=All&fieldManager=kubectl'],
  ])('lets %s through', (line) => {
    expect(judge(line)).toBe('allowed');
  });

  test.each([
    ['GET /api/v1/secrets', "Secrets of the whole cluster are not the lab's"],
    ['GET /api/v1/namespaces/other/secrets/token', "Secrets in other are not the lab's"],
    ['GET /api/v1/namespaces/other/pods/web/exec?command=sh', "pods/exec in other is not the lab's"],
    ['GET /api/v1/namespaces/other/pods/web/log', "pods/log in other is not the lab's"],
    ['GET /api/v1/nodes/node01/proxy/configz', "nodes/proxy of the whole cluster is not the lab's"],
    ['DELETE /api/v1/namespaces/other/pods/web', "nothing is changed in namespace other: it is not the lab's"],
    ['DELETE /api/v1/namespaces/other', "namespace other is not the lab's"],
    ['DELETE /api/v1/namespaces', "namespaces are not changed all at once on somebody's own cluster"],
    ['PATCH /api/v1/nodes/node01', "nodes node01 is not the lab's"],
    [`PATCH ${RBAC}/clusterroles/view`, "clusterroles view is not the lab's"],
    [`DELETE ${RBAC}/clusterroles`, "clusterroles are not changed all at once on somebody's own cluster"],
    ['POST /shutdown', "only objects are asked for on somebody's own cluster"],
    ['GET /logs/kube-apiserver-audit.log', "only objects are asked for on somebody's own cluster"],
    ['GET /debug/pprof/heap', "only objects are asked for on somebody's own cluster"],
    ['GET /api/v1/configmaps', "ConfigMaps of the whole cluster are not the lab's"],
    ['GET /api/v1/namespaces/other/configmaps/settings', "ConfigMaps in other are not the lab's"],
    ['GET /api/v1/namespaces/other/%73ecrets', "Secrets in other are not the lab's"],
    ['DELETE /api/v1/nodes/node01', "nodes node01 is not the lab's"],
    ['DELETE /apis/lake.io/v1/boats/meridian', "boats meridian is not the lab's"],
    ['DELETE /api/v1/namespaces/default', 'namespace default was there before and stays as it is'],
    [
      'PATCH /api/v1/namespaces/default/serviceaccounts/default',
      "serviceaccounts default was in namespace default before and is not the lab's",
    ],
    [
      'DELETE /api/v1/namespaces/default/services',
      'services of namespace default are not deleted all at once: some were there before',
    ],
    ['GET /api/v1/pods%', "this path is not asked on somebody's own cluster: /api/v1/pods%"],
    ['GET /api/v1/pods%ff', "this path is not asked on somebody's own cluster: /api/v1/pods%ff"],
    ['GET /api/v1/watch/secrets', "this path is not asked on somebody's own cluster: /api/v1/watch/secrets"],
    [
      'GET /api/v1/namespaces/shop/../other/secrets',
      "this path is not asked on somebody's own cluster: /api/v1/namespaces/shop/../other/secrets",
    ],
    [
      'GET /api/v1/namespaces/shop%2f..%2fother/secrets',
      "this path is not asked on somebody's own cluster: /api/v1/namespaces/shop%2f..%2fother/secrets",
    ],
    ['POST /api/v1/namespaces/other/pods?dryRun=', "nothing is changed in namespace other: it is not the lab's"],
    ['POST /api/v1/namespaces/other/pods?dryrun=All', "nothing is changed in namespace other: it is not the lab's"],
    [
      'POST /api/v1/namespaces/other/pods?dryRun=All&dryRun=',
      "nothing is changed in namespace other: it is not the lab's",
    ],
    [
      'PATCH /api/v1/namespaces/other/pods/web?dryRun=All',
      "nothing is changed in namespace other: it is not the lab's",
    ],
    [
      'POST /api/v1/namespaces/other/pods/web/exec?dryRun=All',
      "nothing is changed in namespace other: it is not the lab's",
    ],
    ['POST /api/v1/nodes?dryRun=All', "nodes are not changed all at once on somebody's own cluster"],
    ['GET //api/v1/secrets', "this path is not asked on somebody's own cluster: //api/v1/secrets"],
  ])('does not let %s through', (line, words) => {
    expect(judge(line)).toBe(words);
  });

  test('asks for what gets at nodes, since that makes nothing', () => {
    const body = { spec: { hostNetwork: true } };
    expect(judge('POST /api/v1/namespaces/shop/pods?dryRun=All', body)).toBe('allowed');
    expect(judge('POST /api/v1/namespaces/shop/pods', body)).toBe("what gets at the nodes' own was not agreed to");
  });

  test('knows what is made by its name', () => {
    expect(judge(`POST ${RBAC}/clusterroles`, { metadata: { name: 'reader' } })).toBe('allowed');
    expect(judge(`POST ${RBAC}/clusterroles`, { metadata: { name: 'admin2' } })).toBe(
      "clusterroles admin2 is not the lab's",
    );
    expect(judge(`POST ${RBAC}/clusterroles`, { metadata: { generateName: 'reader' } })).toContain('all at once');
    expect(judge('POST /api/v1/namespaces', { metadata: { name: 'shop' } })).toBe('allowed');
  });

  test.each([
    [{ spec: { volumes: [{ name: 'root', hostPath: { path: '/' } }] } }, true],
    [{ spec: { template: { spec: { hostNetwork: true } } } }, true],
    [{ spec: { containers: [{ securityContext: { privileged: true } }] } }, true],
    [[{ op: 'add', path: '/spec/containers/0/securityContext/privileged', value: true }], true],
    [[{ op: 'add', path: '/spec/containers/0/securityContext/capabilities/add/-', value: 'SYS_ADMIN' }], true],
    [{ spec: { containers: [{ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }] } }, true],
    [{ spec: { containers: [{ securityContext: { capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] } } }] } }, false],
    [{ spec: { ephemeralContainers: [{ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }] } }, false],
    [{ spec: { containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] } }, true],
    [{ spec: { local: { path: '/var/lib' } } }, true],
    [{ spec: { containers: [{ securityContext: { privileged: false } }], hostPID: false } }, false],
    [{ metadata: { annotations: { about: 'hostPath' } } }, false],
  ])('%j gets at nodes: %s', (body, gets) => {
    expect(reachesNodes(body)).toBe(gets);
    expect(judge('POST /api/v1/namespaces/shop/pods', body)).toBe(
      gets ? "what gets at the nodes' own was not agreed to" : 'allowed',
    );
  });
});

test('objects are named by references, manifests and namespaces, however deep', () => {
  const checks = [
    { resource: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader' } },
    { from: [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', selector: 'app=web' }] },
    { before: { probe: { namespace: 'other' } } },
    { from: { probe: { namespace: 'default', labels: { app: 'web' } } } },
    { kind: 'script' },
  ];
  expect(namedObjects(checks)).toEqual([
    { kind: 'ClusterRole', name: 'reader' },
    { kind: 'Pod', namespace: 'shop' },
    { kind: 'Namespace', name: 'shop' },
    { kind: 'ProbePods', namespace: 'other' },
    { kind: 'Namespace', name: 'other' },
    { kind: 'ProbePods', namespace: 'default' },
  ]);
});
