import { describe, expect, test } from 'vitest';
import type { Status } from '../../../src/sim/api/status.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { authorizersOf } from '../../../src/sim/apiserver/authorization/modes.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { type TestServer, testServer } from './harness.js';

/** A server with its first namespaces, an account, a config map and a terminating namespace. */
function filled(): TestServer {
  const server = testServer({ admission: admissionChain() });
  server.run(prepareCluster(server.parts));
  send(server, 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
  send(server, 'POST', '/api/v1/namespaces/default/configmaps', {
    metadata: { name: 'a', labels: { app: 'x' } },
    data: { k: 'v' },
  });
  send(server, 'POST', '/api/v1/namespaces', { metadata: { name: 'going' } });
  send(server, 'DELETE', '/api/v1/namespaces/going');
  return server;
}

/** A server with what every server makes when it starts. */
function prepared(parts: Parameters<typeof testServer>[0]): TestServer {
  const server = testServer(parts);
  server.run(prepareCluster(server.parts));
  return server;
}

function send(
  server: TestServer,
  method: string,
  target: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = server.request({
    method,
    target,
    headers,
    ...(text === undefined ? {} : { body: encodeText(text) }),
  });
  const json =
    response.body && response.headers['content-type'] === 'application/json'
      ? JSON.parse(decodeText(response.body))
      : undefined;
  return {
    status: response.status,
    headers: response.headers,
    object: json as Record<string, unknown> & Status,
    text: response.body ? decodeText(response.body) : '',
  };
}

const PATCH = (type: string) => ({ 'content-type': `application/${type}` });
const POD = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
const CM = '/api/v1/namespaces/default/configmaps';

describe('what is refused, in the words of kube-apiserver v1.36', () => {
  const cases: [
    string,
    [method: string, target: string, body?: unknown, headers?: Record<string, string>],
    number,
    string,
    string,
  ][] = [
    ['unknown object', ['GET', `${CM}/nope`], 404, 'NotFound', 'configmaps "nope" not found'],
    ['unknown resource', ['GET', '/api/v1/foos'], 404, 'NotFound', 'the server could not find the requested resource'],
    [
      'unknown version',
      ['GET', '/apis/apps/v9/deployments'],
      404,
      'NotFound',
      'the server could not find the requested resource',
    ],
    [
      'unknown subresource',
      ['GET', `${CM}/a/status`],
      404,
      'NotFound',
      'the server could not find the requested resource',
    ],
    ['existing name', ['POST', CM, { metadata: { name: 'a' } }], 409, 'AlreadyExists', 'configmaps "a" already exists'],
    [
      'no name',
      ['POST', CM, { metadata: {} }],
      422,
      'Invalid',
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      'other namespace',
      ['POST', CM, { metadata: { name: 'b', namespace: 'kube-system' } }],
      400,
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'other version',
      ['POST', CM, { apiVersion: 'v2', kind: 'ConfigMap', metadata: { name: 'b' } }],
      400,
      'BadRequest',
      'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'resourceVersion on create',
      ['POST', CM, { metadata: { name: 'b', resourceVersion: '5' } }],
      500,
      '',
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'missing namespace',
      ['POST', '/api/v1/namespaces/none/configmaps', { metadata: { name: 'b' } }],
      404,
      'NotFound',
      'namespaces "none" not found',
    ],
    [
      'terminating namespace',
      ['POST', '/api/v1/namespaces/going/configmaps', { metadata: { name: 'b' } }],
      403,
      'Forbidden',
      'configmaps "b" is forbidden: unable to create new content in namespace going because it is being terminated',
    ],
    [
      'immortal namespace',
      ['DELETE', '/api/v1/namespaces/default'],
      403,
      'Forbidden',
      'namespaces "default" is forbidden: this namespace may not be deleted',
    ],
    [
      'unknown account',
      ['POST', '/api/v1/namespaces/default/pods', { ...POD, spec: { ...POD.spec, serviceAccountName: 'x' } }],
      403,
      'Forbidden',
      'pods "p" is forbidden: error looking up service account default/x: serviceaccount "x" not found',
    ],
    [
      'unknown priority class',
      ['POST', '/api/v1/namespaces/default/pods', { ...POD, spec: { ...POD.spec, priorityClassName: 'x' } }],
      403,
      'Forbidden',
      'pods "p" is forbidden: no PriorityClass with name x was found',
    ],
    [
      'name in URL',
      ['PUT', `${CM}/a`, { metadata: { name: 'b' } }],
      400,
      'BadRequest',
      'the name of the object (b) does not match the name on the URL (a)',
    ],
    [
      'stale version',
      ['PUT', `${CM}/a`, { metadata: { name: 'a', resourceVersion: '1' } }],
      409,
      'Conflict',
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      'other uid',
      ['PUT', `${CM}/a`, { metadata: { name: 'a', uid: 'u' } }],
      409,
      'Conflict',
      expect.stringMatching(
        /^Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: \/registry\/configmaps\/default\/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: u, UID in object meta: [0-9a-f-]{36}$/,
      ) as unknown as string,
    ],
    ['update of nothing', ['PUT', `${CM}/b`, { metadata: { name: 'b' } }], 404, 'NotFound', 'configmaps "b" not found'],
    ['patch type', ['PATCH', `${CM}/a`, {}, PATCH('json')], 415, 'UnsupportedMediaType', '415: Unsupported Media Type'],
    [
      'body type',
      ['POST', CM, 'x', { 'content-type': 'text/plain' }],
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'JSON patch that does not fit',
      ['PATCH', `${CM}/a`, [{ op: 'test', path: '/data/k', value: 'w' }], PATCH('json-patch+json')],
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    ],
    [
      'accept',
      ['GET', `${CM}/a`, undefined, { accept: 'text/html' }],
      406,
      'NotAcceptable',
      '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'dry run',
      ['POST', `${CM}?dryRun=Some`, { metadata: { name: 'b' } }],
      422,
      'Invalid',
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
    [
      'field selector',
      ['GET', `${CM}?fieldSelector=data.k%3Dv`],
      400,
      'BadRequest',
      '"data.k" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [
      'label selector',
      ['GET', `${CM}?labelSelector=a%20in%20b`],
      400,
      'BadRequest',
      "unable to parse requirement: found 'b' expected: '('",
    ],
    ['limit', ['GET', `${CM}?limit=x`], 400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'resourceVersion',
      ['GET', `${CM}?resourceVersionMatch=Exact`],
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'delete precondition',
      ['DELETE', `${CM}/a`, { preconditions: { uid: 'u' } }],
      409,
      'Conflict',
      expect.stringMatching(
        /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(u\) does not match the UID in record \(/,
      ) as unknown as string,
    ],
    [
      'not JSON',
      ['POST', CM, '{"a":'],
      400,
      'BadRequest',
      'the object provided is unrecognized (must be of type ConfigMap): couldn\'t get version/kind; json parse error: unexpected end of JSON input ({"a":)',
    ],
    [
      'deletecollection of namespaces',
      ['DELETE', '/api/v1/namespaces'],
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    ],
    [
      'anonymous lease update without version',
      ['PUT', '/apis/coordination.k8s.io/v1/namespaces/default/leases/l', { metadata: { name: 'l' } }],
      201,
      '',
      '',
    ],
  ];
  test.each(cases)('%s', (_title, [method, target, body, headers], status, reason, message) => {
    const answer = send(filled(), method, target, body, headers);
    expect(answer.status).toBe(status);
    if (status < 400) return;
    expect(answer.object).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: status,
      ...(reason === '' ? {} : { reason }),
      message,
    });
  });
});

describe('fields nobody knows', () => {
  const body = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx', imagee: 'x' }], foo: 1 } };
  const post = (mode: string) => send(filled(), 'POST', `/api/v1/namespaces/default/pods${mode}`, body);
  test('are refused, warned of or dropped', () => {
    expect(post('?fieldValidation=Strict').object).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message:
        'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee", unknown field "spec.foo"',
    });
    const warned = post('');
    expect(warned.status).toBe(201);
    expect(warned.headers['warning']).toBe(
      '299 - "unknown field \\"spec.containers[0].imagee\\"", 299 - "unknown field \\"spec.foo\\""',
    );
    expect(warned.object['spec']).not.toHaveProperty('foo');
    expect(post('?fieldValidation=Ignore').headers).not.toHaveProperty('warning');
  });

  test('values of the wrong type are refused always', () => {
    const wrong = { metadata: { name: 'a' }, data: { k: 1 } };
    expect(send(filled(), 'POST', `${CM}?fieldValidation=Ignore`, wrong).object.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    );
  });
});

describe('who may', () => {
  const RBAC = authorizersOf(['Node', 'RBAC']);
  const as = (name: string, groups: string[]) =>
    prepared({ authorizers: RBAC, authenticators: [{ name: 't', authenticate: () => ({ user: { name, groups } }) }] });
  test('anonymous requests are forbidden by path and resource, health and version are open', () => {
    const server = prepared({ authorizers: RBAC, authenticators: [] });
    expect(send(server, 'GET', '/').object).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: 'forbidden: User "system:anonymous" cannot get path "/"',
      details: {},
    });
    expect(send(server, 'GET', '/api/v1/nodes').object.message).toBe(
      'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
    );
    expect(send(server, 'GET', '/apis/apps/v1/namespaces/x/deployments/d/scale').object.message).toBe(
      'deployments.apps "d" is forbidden: User "system:anonymous" cannot get resource "deployments/scale" in API group "apps" in the namespace "x"',
    );
    expect(send(server, 'GET', '/livez').text).toBe('ok');
    expect(send(server, 'GET', '/version').object['gitVersion']).toBe('v1.36.0');
  });
  test('without anonymous authentication the answer is Unauthorized', () => {
    const answer = send(testServer({ authenticators: [], anonymousAuth: false }), 'GET', '/version');
    expect(answer.object).toMatchObject({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
  });
  test.each([
    ['admin', ['system:masters'], 200],
    ['system:node:node01', ['system:nodes'], 403],
    ['system:kube-scheduler', [], 200],
    ['system:serviceaccount:kube-system:job-controller', ['system:serviceaccounts'], 200],
    ['system:serviceaccount:a:b', ['system:serviceaccounts'], 403],
    ['jane', ['developers'], 403],
  ])('%s', (name, groups, status) => {
    expect(send(as(name, groups), 'GET', '/api/v1/pods').status).toBe(status);
  });
  test('impersonation asks for the right to impersonate, then acts for the other', () => {
    const headers = { 'impersonate-user': 'jane' };
    expect(send(as('admin', ['system:masters']), 'GET', '/api/v1/pods', undefined, headers).object.message).toContain(
      'User "jane" cannot list resource "pods"',
    );
    expect(send(as('bob', []), 'GET', '/api/v1/pods', undefined, headers).object.message).toBe(
      'pods is forbidden: User "bob" cannot impersonate-on:user-info:list resource "pods" in API group "" at the cluster scope',
    );
  });
});
