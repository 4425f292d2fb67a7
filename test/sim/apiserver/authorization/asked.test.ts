import { describe, expect, test } from 'vitest';
import { abacAuthorizer } from '../../../../src/sim/apiserver/authorization/abac.js';
import type { Authorizer } from '../../../../src/sim/apiserver/authorization/authorizer.js';
import { authorizersOf } from '../../../../src/sim/apiserver/authorization/modes.js';
import { compileCondition } from '../../../../src/sim/apiserver/authorization/webhook/conditions.js';
import {
  type WebhookSettings,
  webhookAuthorizer,
} from '../../../../src/sim/apiserver/authorization/webhook/webhook.js';
import type { OutgoingAccess } from '../../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { decodeText, encodeText } from '../../../../src/sim/kernel/bytes.js';
import type { HttpResponse } from '../../../../src/sim/kernel/network.js';
import { MINUTE, SECOND } from '../../../../src/sim/kernel/time.js';
import { testServer } from '../harness.js';

interface Question {
  readonly apiVersion: string;
  readonly spec: { readonly user: string };
}

/** Somebody who answers by name, and what he was asked. */
function judge(): { outgoing: OutgoingAccess; asked: string[] } {
  const asked: string[] = [];
  const outgoing: OutgoingAccess = {
    *request({ body, url }): Generator<never, HttpResponse> {
      const text = decodeText(body ?? new Uint8Array());
      asked.push(`${url} ${text.trimEnd()}`);
      const { apiVersion, spec } = JSON.parse(text) as Question;
      return answerFor(spec.user, apiVersion);
    },
  };
  return { outgoing, asked };
}

function answerFor(user: string, apiVersion: string): HttpResponse {
  const says = (status: object) => JSON.stringify({ apiVersion, kind: 'SubjectAccessReview', status });
  const texts: Record<string, string> = {
    alice: says({ allowed: true, reason: 'alice may' }),
    bob: says({ allowed: false, denied: true, reason: 'not bob' }),
    both: says({ allowed: true, denied: true, reason: 'both' }),
    junk: 'hello',
    empty: '',
    pod: '{"apiVersion":"v1","kind":"Pod"}',
  };
  if (user === 'err') return { status: 500, headers: {}, body: encodeText('oops') };
  return { status: 200, headers: {}, body: encodeText(texts[user] ?? says({ allowed: false, reason: 'dunno' })) };
}

const SETTINGS: WebhookSettings = {
  remote: { server: 'https://127.0.0.1:36555/authorize', tls: () => ({}), headers: () => ({}) },
  version: 'v1beta1',
  authorizedTtl: 5 * MINUTE,
  unauthorizedTtl: 30 * SECOND,
  timeout: 30 * SECOND,
  onError: 'no-opinion',
  conditions: [],
  failed: () => {},
};

/** A server that asks a judge before all else, and knows who asks by a header. */
function serverWith(settings: Partial<WebhookSettings> = {}) {
  const { outgoing, asked } = judge();
  const webhook = webhookAuthorizer({ ...SETTINGS, ...settings }, 0);
  const server = testServer({ outgoing, authorizers: [...authorizersOf([]), webhook], authenticators: [BY_NAME] });
  const get = (user: string, target = '/api/v1/namespaces/default/pods') => {
    const { status, headers, body } = server.request({ target, headers: { 'x-user': user } });
    return { status, type: headers['content-type'], text: Buffer.from(body ?? []).toString('utf8') };
  };
  return { server, asked, get };
}

const BY_NAME = {
  name: 'header',
  authenticate: ({ request }: { request: { headers: Readonly<Record<string, string>> } }) => ({
    user: { name: request.headers['x-user'] ?? '', uid: 'u', groups: ['system:authenticated'] },
  }),
} as unknown as NonNullable<Parameters<typeof testServer>[0]>['authenticators'] extends readonly (infer A)[] | undefined
  ? A
  : never;

describe('a webhook that authorizes, as kube-apiserver v1.36.0 was seen to ask and to tell', () => {
  test('the question', () => {
    const { asked, get } = serverWith();
    const query = '?fieldSelector=a%3Db,c!%3Dd&labelSelector=x%3Dy,z';
    get('alice', `/api/v1/namespaces/default/pods${query}`);
    expect(asked).toEqual([
      'https://127.0.0.1:36555/authorize?timeout=30s {"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v1beta1","metadata":{},"spec":{"resourceAttributes":{"namespace":"default","verb":"list","version":"v1","resource":"pods","fieldSelector":{"requirements":[{"key":"a","operator":"In","values":["b"]},{"key":"c","operator":"NotIn","values":["d"]}]},"labelSelector":{"requirements":[{"key":"x","operator":"In","values":["y"]},{"key":"z","operator":"Exists"}]}},"user":"alice","group":["system:authenticated"],"uid":"u"},"status":{"allowed":false}}',
    ]);
  });

  test('what a selector says in other ways, and one that cannot be read', () => {
    const { asked, get } = serverWith();
    get('alice', `/api/v1/pods?labelSelector=${encodeURIComponent('z notin (b,a),!y,x>5,w!=v')}&fieldSelector=what`);
    expect(asked[0]).toContain(
      '"resource":"pods","labelSelector":{"requirements":[{"key":"w","operator":"NotIn","values":["v"]},{"key":"y","operator":"DoesNotExist"},{"key":"z","operator":"NotIn","values":["a","b"]}]}}',
    );
  });

  test.each([
    ['bob', 'not bob'],
    ['nobody', 'dunno'],
  ])('%s is refused: %s', (user, why) => {
    const { status, text } = serverWith().get(user);
    expect([status, (JSON.parse(text) as { message: string }).message]).toEqual([
      403,
      `pods is forbidden: User "${user}" cannot list resource "pods" in API group "" in the namespace "default": ${why}`,
    ]);
  });

  const SCHEMA =
    'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
  test.each([
    ['both', 'webhook subject access review returned both allow and deny response'],
    ['err', 'an error on the server ("oops") has prevented the request from succeeding'],
    [
      'junk',
      `couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type ${SCHEMA}`,
    ],
    ['empty', '0-length response with status code: 200 and content type: application/json'],
    ['pod', 'converting (v1.Pod) to (v1beta1.SubjectAccessReview): unknown conversion'],
  ])('%s is an error of the server', (user, why) => {
    const path = '/api/v1/namespaces/default/pods?limit=5&timeoutSeconds=5';
    expect(serverWith().get(user, path)).toEqual({
      status: 500,
      type: 'text/plain; charset=utf-8',
      text: `Internal Server Error: "${path.replace('&', '&amp;')}": ${why}\n`,
    });
  });

  test('answers are believed for their time: a yes for longer than anything else', () => {
    const { server, asked, get } = serverWith();
    for (const user of ['alice', 'nobody', 'alice', 'nobody']) get(user);
    expect(asked).toHaveLength(2);
    server.clock += 31 * SECOND;
    for (const user of ['alice', 'nobody']) get(user);
    expect(asked).toHaveLength(3);
    server.clock += 5 * MINUTE;
    get('alice');
    expect(asked).toHaveLength(4);
  });

  test('conditions choose what is asked; one that fails is treated as the policy for failures says', () => {
    const conditions = [
      "has(request.resourceAttributes) && request.resourceAttributes.namespace == 'default'",
      "!('system:masters' in request.groups)",
    ].map(compileCondition);
    const { asked, get } = serverWith({ conditions });
    expect(get('alice', '/api/v1/nodes').status).toBe(403);
    expect(get('alice', '/version').status).toBe(403);
    expect(asked).toEqual([]);
    expect(get('alice').status).toBe(200);
    expect(asked).toHaveLength(1);
    const broken = [compileCondition("request.extra['a'][0] == 'b'")];
    const why = `cel evaluation error: expression 'request.extra['a'][0] == 'b'' resulted in error: no such key: a`;
    for (const onError of ['no-opinion', 'deny'] as const) {
      const { status, text } = serverWith({ conditions: broken, onError }).get('alice');
      expect([status, text]).toEqual([500, `Internal Server Error: "/api/v1/namespaces/default/pods": ${why}\n`]);
    }
  });

  test('a review tells what went wrong', () => {
    const { server } = serverWith();
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: 'err', nonResourceAttributes: { path: '/x', verb: 'get' } },
    };
    const answer = server.request({
      method: 'POST',
      target: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      headers: { 'x-user': 'alice', 'content-type': 'application/json' },
      body: encodeText(JSON.stringify(review)),
    });
    expect(JSON.parse(decodeText(answer.body ?? new Uint8Array()))).toMatchObject({
      status: {
        allowed: false,
        evaluationError: 'an error on the server ("oops") has prevented the request from succeeding',
      },
    });
  });
});

describe('policies of ABAC', () => {
  const V1BETA1 = '"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy"';
  const line = (spec: string) => `{${V1BETA1},"spec":{${spec}}}`;
  const access = (verb: string, resource: string, namespace = 'default', group = '') => ({
    isResource: true,
    path: '',
    verb,
    group,
    version: 'v1',
    namespace,
    resource,
    subresource: '',
    name: '',
  });
  const path = (verb: string, at: string) => ({ ...access(verb, '', ''), isResource: false, path: at });
  const may = (authorizer: Authorizer, name: string, info: ReturnType<typeof access>, groups: string[] = []) =>
    authorizer.authorize({ user: { name, groups }, info, store: undefined }).decision;

  test.each([
    ['everything', '"user":"alice","namespace":"*","resource":"*","apiGroup":"*"', access('delete', 'pods'), 'allow'],
    ['another user', '"user":"bob","namespace":"*","resource":"*","apiGroup":"*"', access('get', 'pods'), 'no-opinion'],
    ['nobody named', '"namespace":"*","resource":"*","apiGroup":"*"', access('get', 'pods'), 'no-opinion'],
    [
      'another group of the API',
      '"user":"alice","namespace":"*","resource":"pods"',
      access('get', 'pods', 'default', 'apps'),
      'no-opinion',
    ],
    [
      'reading',
      '"user":"alice","namespace":"default","resource":"pods","readonly":true',
      access('watch', 'pods'),
      'allow',
    ],
    [
      'reading only',
      '"user":"alice","namespace":"default","resource":"pods","readonly":true',
      access('create', 'pods'),
      'no-opinion',
    ],
    ['another namespace', '"user":"alice","namespace":"other","resource":"pods"', access('get', 'pods'), 'no-opinion'],
    ['a group', '"group":"team","namespace":"default","resource":"pods"', access('get', 'pods'), 'allow'],
    [
      'user and group',
      '"user":"bob","group":"team","namespace":"default","resource":"pods"',
      access('get', 'pods'),
      'no-opinion',
    ],
    ['anybody who is known', '"user":"*","namespace":"default","resource":"pods"', access('get', 'pods'), 'allow'],
    ['a path', '"user":"alice","nonResourcePath":"/version"', path('get', '/version'), 'allow'],
    ['paths below', '"user":"alice","nonResourcePath":"/apis/*"', path('get', '/apis/apps'), 'allow'],
    ['another path', '"user":"alice","nonResourcePath":"/version"', path('get', '/versions'), 'no-opinion'],
    [
      'resources are no paths',
      '"user":"alice","namespace":"*","resource":"*","apiGroup":"*"',
      path('get', '/version'),
      'no-opinion',
    ],
  ])('%s', (_title, spec, info, decision) => {
    const authorizer = abacAuthorizer(`# who may what\n\n${line(spec)}\n`, '/policy.jsonl');
    expect(may(authorizer, 'alice', info, ['team', 'system:authenticated'])).toBe(decision);
  });

  test.each([
    ['{"user":"alice","resource":"pods","readonly":true}', access('get', 'pods', 'any', 'apps'), 'allow'],
    ['{"user":"alice","resource":"pods","readonly":true}', access('create', 'pods'), 'no-opinion'],
    ['{"user":"alice"}', path('post', '/anything'), 'allow'],
    ['{"user":"alice","namespace":"default"}', path('post', '/anything'), 'no-opinion'],
    ['{}', access('get', 'pods'), 'allow'],
  ])('without a version: %s', (text, info, decision) => {
    expect(may(abacAuthorizer(text, '/p'), 'alice', info, ['system:authenticated'])).toBe(decision);
  });
});
