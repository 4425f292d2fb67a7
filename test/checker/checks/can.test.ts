import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { ApiRequest, ApiResponse } from '../../../src/clusters/port.js';
import { judged, saying } from '../graded.js';

interface Review {
  readonly user: string;
  readonly groups: readonly string[];
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  readonly nonResourceAttributes?: Readonly<Record<string, string>>;
}

/** jane reads pods and their logs in shop; service accounts of shop scale; auditors see /metrics; root may everything. */
function allows({ user, groups, resourceAttributes: on, nonResourceAttributes: at }: Review): boolean {
  if (user === 'root') return true;
  if (at) return groups.includes('auditors') && at['path'] === '/metrics' && at['verb'] === 'get';
  if (on?.['namespace'] !== 'shop') return false;
  if (groups.includes('system:serviceaccounts:shop')) return on['group'] === 'apps' && on['subresource'] === 'scale';
  return user === 'jane' && on['resource'] === 'pods' && on['verb'] === 'get' && (on['name'] ?? 'a') === 'a';
}

const responds = ({ method, path, body }: ApiRequest): ApiResponse | undefined => {
  if (method !== 'POST' || !path.endsWith('/subjectaccessreviews')) return undefined;
  const allowed = allows((body as { spec: Review }).spec);
  return { status: 201, body: { status: { allowed, ...(allowed ? {} : { reason: 'no rule says so' }) } } };
};
const jane = { who: { user: 'jane' }, verb: 'get', resource: 'pods', namespace: 'shop', allowed: true };
const can = (more: object): Subject => ({ can: { ...jane, ...more } });

test.each<[string, Subject, string]>([
  ['what she may', can({}), '✓ allowed / jane get pods in shop: allowed'],
  [
    'of every spelling',
    can({ resource: ['po', 'Pod', 'pods.v1'] }),
    '✓ allowed / jane get po in shop: allowed and 2 more',
  ],
  ['of a subresource', can({ resource: 'pods/log' }), '✓ allowed / jane get pods/log in shop: allowed'],
  [
    'one of several verbs',
    can({ verb: ['get', 'list'] }),
    '✗ allowed / jane list pods in shop: refused (no rule says so)',
  ],
  [
    'one of several namespaces',
    can({ namespace: ['shop', 'bank'] }),
    '✗ allowed / jane get pods in bank: refused (no rule says so)',
  ],
  ['in all namespaces', can({ namespace: undefined }), '✗ allowed / jane get pods: refused (no rule says so)'],
  ['one of several names', can({ name: ['a', 'b'] }), '✗ allowed / jane get pods b in shop: refused (no rule says so)'],
  [
    'what she may not, and must not',
    can({ verb: ['delete', 'create'], allowed: false }),
    '✓ refused / jane delete pods in shop: refused and 1 more',
  ],
  ['what she may, and must not', can({ allowed: false }), '✗ refused / jane get pods in shop: allowed'],
  [
    'one of several people',
    can({ who: [{ user: 'jane' }, { user: 'mary' }] }),
    '✗ allowed / mary get pods in shop: refused (no rule says so)',
  ],
  [
    'a service account',
    can({ who: { serviceAccount: 'shop/bot' }, verb: 'update', resource: 'deploy/scale' }),
    '✓ allowed / shop/bot update deploy/scale in shop: allowed',
  ],
  [
    'another one',
    can({ who: { serviceAccount: 'bank/bot' }, verb: 'update', resource: 'deploy/scale' }),
    '✗ allowed / bank/bot update deploy/scale in shop: refused (no rule says so)',
  ],
  [
    'a group',
    { can: { who: { groups: ['auditors'] }, verb: 'get', path: '/metrics', allowed: true } },
    '✓ allowed / somebody of auditors get /metrics: allowed',
  ],
  [
    'a path nobody named',
    { can: { who: { user: 'jane', groups: ['auditors'] }, verb: 'get', path: ['/metrics', '/logs'], allowed: true } },
    '✗ allowed / jane get /logs: refused (no rule says so)',
  ],
  ['everything', can({ who: { user: 'root' }, verb: '*', resource: '*' }), '✓ allowed / root * * in shop: allowed'],
  [
    'a kind that is not served',
    can({ resource: 'widgets', allowed: false }),
    '✗ to be found out / the cluster has no resource widgets, so nobody can be asked about it',
  ],
  [
    'a kind of another group',
    can({ resource: 'deployments.extensions', allowed: false }),
    '✗ to be found out / the cluster has no resource deployments.extensions, so nobody can be asked about it',
  ],
])('%s', async (_, subject, says) => {
  expect(await saying(subject, { responds })).toBe(says);
});

test('a server that reviews nothing leaves it open', async () => {
  const { result } = await judged(can({ allowed: false }), {
    responds: ({ method }) => (method === 'POST' ? { status: 403, body: { message: 'no' } } : undefined),
  });
  expect(result).toMatchObject({
    passed: false,
    undecided: true,
    found: 'the API server does not say who may do what: no',
  });
});

test.each<[object, string]>([
  [{ resource: undefined }, '/can: says nothing that somebody may do something with: resource or path'],
  [{ path: '/x' }, '/can/resource: stands beside path, which is no resource'],
])('lint %j: %s', (more, says) => {
  const said: string[] = [];
  lintSubject(can(more), '', (path, message) => said.push(`${path}: ${message}`));
  expect(said).toContain(says);
});

test.each<[object]>([
  [{ who: { user: 'jane' }, verb: 'get', path: '/x', allowed: true }],
  [(can({}) as { can: object }).can],
])('nothing is wrong with %j', (wanted) => {
  const said: string[] = [];
  lintSubject({ can: wanted } as Subject, '', (path) => said.push(path));
  expect(said).toEqual([]);
});

test.each<[number, string]>([
  [299, '✓ refused / jane get pods in shop: refused'],
  [300, '✗ to be found out / the API server does not say who may do what: status 300'],
])('a review that ends with %i', async (status, says) => {
  const body = status < 300 ? { status: { allowed: false } } : { status: { allowed: false } };
  const responds = ({ method }: { method: string }) => (method === 'POST' ? { status, body } : undefined);
  expect(await saying(can({ who: { user: 'jane' }, allowed: false }), { responds })).toBe(says);
});
