import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { ApiRequest, ApiResponse } from '../../../src/clusters/port.js';
import { judged, saying } from '../graded.js';

const refused = (status: number, message: string): ApiResponse => ({ status, body: { message } });

/** Refuses latest images and mary, warns of a missing owner, adds a side car. */
function admit({ method, path, body, as }: ApiRequest): ApiResponse | undefined {
  if (!path.includes('dryRun=All')) return method === 'GET' ? undefined : refused(500, 'this would be stored');
  if (as?.user === 'mary') return refused(403, 'pods is forbidden: User "mary" cannot create resource "pods"');
  if (method === 'DELETE') return refused(403, 'admission webhook "keep" denied the request: it stays');
  const object = body as { metadata: { name: string; labels?: object }; spec?: { image?: string } };
  if (object.metadata.name === 'taken') return refused(409, 'pods "taken" already exists');
  if (object.spec?.image?.endsWith(':latest')) return refused(422, 'Pod "new" is invalid: Image tags must be fixed');
  const warnings = object.metadata.labels ? undefined : ['new has no owner'];
  return {
    status: 201,
    body: { ...object, spec: { ...object.spec, sidecar: 'proxy' } },
    ...(warnings && { warnings }),
  };
}

const pod = (more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'new', namespace: 'shop', ...more },
  spec: { image: 'web:1' },
});
const latest = { ...pod(), spec: { image: 'web:latest' } };
const owned = pod({ labels: { owner: 'me' } });
const admission = (more: object, beside: object = {}): Subject => ({
  admission: { object: pod(), ...more },
  ...beside,
});

test.each<[string, Subject, string]>([
  ['accepted', admission({ accepted: true }), '✓ accepted / accepted'],
  [
    'refused instead',
    admission({ object: latest, accepted: true }),
    '✗ accepted / Pod "new" is invalid: Image tags must be fixed',
  ],
  [
    'refused as it must be',
    admission({ object: latest, refused: 'image TAGS' }),
    '✓ refused with image TAGS / Pod "new" is invalid: Image tags must be fixed',
  ],
  [
    'refused for something else',
    admission({ object: latest, refused: ['Image', 'privileged'] }),
    '✗ refused with Image, privileged / Pod "new" is invalid: Image tags must be fixed',
  ],
  ['accepted instead', admission({ refused: 'Image tags' }), '✗ refused with Image tags / accepted'],
  [
    'as somebody',
    admission({ as: { user: 'mary' }, refused: 'cannot create' }),
    '✓ refused with cannot create / pods is forbidden: User "mary" cannot create resource "pods"',
  ],
  ['warned', admission({ warned: 'no owner' }), '✓ warned of no owner / new has no owner'],
  ['not warned', admission({ object: owned, warned: 'no owner' }), '✗ warned of no owner / no warning'],
  ['warned of something else', admission({ warned: ['owner', 'tag'] }), '✗ warned of owner, tag / new has no owner'],
  ['warned where it must not be', admission({ warned: false }), '✗ no warning / new has no owner'],
  ['without a warning', admission({ object: owned, warned: false }), '✓ no warning / no warning'],
  ['changed on the way', admission({}, { jsonpath: '$.spec.sidecar', equals: 'proxy' }), '✓ proxy / proxy'],
  ['changed in another way', admission({}, { jsonpath: '$.spec.sidecar', equals: 'none' }), '✗ none / proxy'],
  [
    'warned, and then changed in another way',
    admission({ warned: 'owner' }, { jsonpath: '$.spec.sidecar', equals: 'none' }),
    '✗ none / proxy',
  ],
  ['an update', admission({ verb: 'update' }, { jsonpath: '$.spec.image', equals: 'web:1' }), '✓ web:1 / web:1'],
  [
    'a deletion',
    admission({ verb: 'delete', refused: 'it stays' }),
    '✓ refused with it stays / admission webhook "keep" denied the request: it stays',
  ],
  [
    'an update of nobody',
    admission({ verb: 'update', object: pod({ name: undefined }), accepted: true }),
    '✗ to be found out / which Pod is it to update? The object has no name',
  ],
  ['one that gets its name', admission({ object: pod({ name: undefined }), accepted: true }), '✓ accepted / accepted'],
  [
    'a name that is taken',
    admission({ object: pod({ name: 'taken' }), refused: 'exists' }),
    '✗ to be found out / it could not be tried: pods "taken" already exists',
  ],
  [
    'an unknown kind',
    admission({ object: { ...pod(), kind: 'Widget' }, refused: 'x' }),
    '✗ to be found out / the cluster has no kind Widget in v1 that could be handed in',
  ],
  [
    'no namespace',
    admission({ object: pod({ namespace: undefined }), refused: 'x' }),
    '✗ to be found out / in which namespace is pod/new? The check names none',
  ],
])('%s', async (_, subject, says) => {
  expect(await saying(subject, { responds: admit })).toBe(says);
});

test.each<[number, object, string]>([
  [299, { accepted: true }, '✓ accepted / accepted'],
  [300, { accepted: true }, '✗ accepted / status 300'],
  [299, { refused: 'status' }, '✗ refused with status / accepted'],
  [300, { refused: 'status' }, '✓ refused with status / status 300'],
  [499, { refused: 'status' }, '✓ refused with status / status 499'],
  [500, { refused: 'status' }, '✗ to be found out / it could not be tried: status 500'],
])('a response of %i where it is to be %j: %s', async (status, outcome, says) => {
  const responds = ({ method }: ApiRequest) => (method === 'POST' ? { status, body: undefined } : undefined);
  expect(await saying(admission(outcome), { responds })).toBe(says);
});

test.each([{ warned: 'x' }, { accepted: true }, { refused: 'x' }, { accepted: false }])(
  '%j is an outcome',
  (outcome) => {
    const said: string[] = [];
    lintSubject(admission(outcome), '', (path) => said.push(path));
    expect(said).toEqual([]);
  },
);

test('nothing of it is ever stored', async () => {
  const { cluster } = await judged(admission({ accepted: true }), { responds: admit });
  expect(cluster.requests.filter((request) => !request.startsWith('GET'))).toEqual([
    'POST /api/v1/namespaces/shop/pods?dryRun=All',
  ]);
});

test.each<[Subject, string]>([
  [admission({}), '/admission: says no outcome: accepted, refused, warned, or jsonpath with a condition'],
  [
    admission({ refused: 'x', accepted: true }),
    '/admission/refused: stands beside what only an accepted object can be',
  ],
  [admission({ refused: 'x', warned: false }), '/admission/refused: stands beside what only an accepted object can be'],
  [
    admission({ refused: 'x' }, { jsonpath: '$.a', equals: 1 }),
    '/jsonpath: looks into an object that is to be refused',
  ],
  [
    admission({ accepted: true }, { jsonpath: '$.a', equals: 1, contains: 1 }),
    '/contains: stands beside equals; a check has one condition',
  ],
  [admission({ accepted: true }, { jsonpath: '$.a' }), '/jsonpath: has no condition beside it, such as equals'],
])('lint %j: %s', (subject, says) => {
  const said: string[] = [];
  lintSubject(subject, '', (path, message) => said.push(`${path}: ${message}`));
  expect(said).toEqual([says]);
});
