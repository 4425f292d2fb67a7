import { expect, test } from 'vitest';
import { log } from '../../../src/checker/checks/log.js';
import { lintSubject } from '../../../src/checker/lint.js';
import { ObjectReader } from '../../../src/checker/objects.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { CheckContext } from '../../../src/checker/subject.js';
import { FakeCluster, type FakeContent } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const event = (verb: string, resource: string, level = 'Metadata', more: object = {}): string =>
  JSON.stringify({ kind: 'Event', level, verb, objectRef: { resource }, ...more });
const AUDIT = [
  event('get', 'secrets'),
  event('create', 'secrets'),
  event('create', 'pods', 'Request', { requestObject: {} }),
  '',
].join('\n');
const FILES = {
  'cka1-node1:/audit.log': AUDIT,
  'cka1-node1:/plain.log': 'one denied\ntwo allowed\n\nthree denied\n',
  'cka1-node1:/empty.log': '',
  'cka1-node1:/odd.log': '5\nnull\n  \n',
  'cka1-node1:/long.log': `${event('get', 'secrets')}\nx`,
  'cka1-node1:/folder': { type: 'directory' as const },
};
const at = (path: string, lines: readonly object[] | undefined, count: object = {}): Subject => ({
  log: { host: 'node01', path, ...(lines ? { lines } : {}) },
  ...count,
});
const verb = (equals: string) => ({ jsonpath: '$.verb', equals });
const of = (equals: string) => ({ jsonpath: '$.objectRef.resource', equals });

test.each<[Subject, string]>([
  [at('/plain.log', undefined), '✓ at least 1 line in /plain.log / 3 of 3 lines: one denied'],
  [
    at('/plain.log', [{ contains: 'denied' }], { atLeast: 2 }),
    '✓ at least 2 lines in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { atLeast: 3 }),
    '✗ at least 3 lines in /plain.log with contains denied / 2 of 3 lines',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { atMost: 2 }),
    '✓ at most 2 lines in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { atMost: 1 }),
    '✗ at most 1 line in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { equals: 2 }),
    '✓ exactly 2 lines in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { equals: 1 }),
    '✗ exactly 1 line in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [
    at('/plain.log', [{ contains: 'denied' }], { equals: 3 }),
    '✗ exactly 3 lines in /plain.log with contains denied / 2 of 3 lines',
  ],
  [
    at('/plain.log', [{ contains: 'denied', not: true }], { equals: 1 }),
    '✓ exactly 1 line in /plain.log with not contains denied / 1 of 3 lines: two allowed',
  ],
  [
    at('/plain.log', [{ matches: '^t' }, { contains: 'denied' }], { equals: 1 }),
    '✓ exactly 1 line in /plain.log with matches ^t, contains denied / 1 of 3 lines: three denied',
  ],
  [at('/plain.log', [{ contains: 'x' }], { equals: 0 }), '✓ no line in /plain.log with contains x / 0 of 3 lines'],
  [
    at('/plain.log', [{ contains: 'denied' }], { equals: 0 }),
    '✗ no line in /plain.log with contains denied / 2 of 3 lines: one denied',
  ],
  [at('/empty.log', undefined, { atMost: 0 }), '✓ at most 0 lines in /empty.log / 0 of 0 lines'],
  // Only a map or a list of JSON has anything in it.
  [at('/odd.log', [{ jsonpath: '$', equals: 5 }]), '✗ at least 1 line in /odd.log with $ 5 / 0 of 2 lines'],
  [
    at('/odd.log', [{ jsonpath: '$.a', absent: true }]),
    '✗ at least 1 line in /odd.log with $.a is not set / 0 of 2 lines',
  ],
  [
    at('/long.log', [verb('get'), { contains: 'pods' }]),
    `✗ at least 1 line in /long.log with $.verb get, contains pods / 0 of 2 lines; the nearest has ${event('get', 'secrets')}`,
  ],
  // What is not kept proves nothing.
  [
    at('/none.log', [{ contains: 'x' }], { equals: 0 }),
    '✗ no line in /none.log with contains x / there is no /none.log',
  ],
  [at('/folder', undefined, { equals: 0 }), '✗ no line in /folder / there is no /folder'],
  [
    at('/audit.log', [verb('create'), of('secrets')], { equals: 1 }),
    `✓ exactly 1 line in /audit.log with $.verb create, $.objectRef.resource secrets / 1 of 3 lines: ${event('create', 'secrets')}`,
  ],
  [
    at('/audit.log', [verb('delete'), of('secrets')]),
    '✗ at least 1 line in /audit.log with $.verb delete, $.objectRef.resource secrets / 0 of 3 lines; the nearest has $.verb get',
  ],
  [
    at('/audit.log', [of('pods'), { jsonpath: '$.requestObject', absent: true }], { equals: 0 }),
    '✓ no line in /audit.log with $.objectRef.resource pods, $.requestObject is not set / 0 of 3 lines',
  ],
  [
    at('/audit.log', [of('pods'), { jsonpath: '$.level', equals: 'Metadata', not: true }], { atLeast: 1 }),
    `✓ at least 1 line in /audit.log with $.objectRef.resource pods, $.level not Metadata / 1 of 3 lines: ${event('create', 'pods', 'Request', { requestObject: {} })}`,
  ],
  // A line that is no JSON meets nothing that is asked of JSON, not even that something is not there.
  [
    at('/plain.log', [{ jsonpath: '$.a', absent: true }]),
    '✗ at least 1 line in /plain.log with $.a is not set / 0 of 3 lines',
  ],
  [
    at('/plain.log', [{ contains: 'two' }, { jsonpath: '$.a', equals: 1, not: true }]),
    '✗ at least 1 line in /plain.log with contains two, $.a not 1 / 0 of 3 lines; the nearest has no JSON',
  ],
])('%j: %s', async (subject, says) => {
  expect(whole(await judgedWhole(subject, { files: FILES }))).toBe(says);
});

/** What a kind says before it is cut. */
async function judgedWhole(subject: Subject, content: FakeContent, acts?: (cluster: FakeCluster) => FakeContent) {
  const context = (cluster: FakeCluster, noted?: unknown) =>
    ({
      cluster,
      objects: new ObjectReader(cluster),
      host: (base: string) => ({ node01: 'cka1-node1' })[base] ?? base,
      noted: () => noted,
    }) as unknown as CheckContext;
  const cluster = new FakeCluster(content);
  const noted = acts && (await log.note?.(subject as never, context(cluster)));
  const after = acts ? new FakeCluster(acts(cluster)) : cluster;
  return log.judge(subject as never, context(after, noted));
}
const whole = ({ passed, undecided, expected, found }: Awaited<ReturnType<typeof judgedWhole>>): string =>
  `${undecided ? '?' : passed ? '✓' : '✗'} ${expected} / ${found}`;

const since = (path: string, lines?: readonly object[], count: object = {}): Subject => ({
  log: { host: 'node01', path, since: 'action', ...(lines ? { lines } : {}) },
  ...count,
});
const file = (path: string, content: string) => ({ files: { [`cka1-node1:${path}`]: content } });

test.each<[string, FakeContent, FakeContent, string]>([
  [
    'written since',
    file('/a', 'old x\n'),
    file('/a', 'old x\nnew x\n'),
    '✓ at least 1 line in /a with contains x / 1 of 1 lines: new x',
  ],
  [
    'only before',
    file('/a', 'old x\n'),
    file('/a', 'old x\n'),
    '✗ at least 1 line in /a with contains x / 0 of 0 lines',
  ],
  ['the file is new', {}, file('/a', 'new x\n'), '✓ at least 1 line in /a with contains x / 1 of 1 lines: new x'],
  ['it was empty', file('/a', ''), file('/a', 'x\n'), '✓ at least 1 line in /a with contains x / 1 of 1 lines: x'],
  [
    'rotated, now shorter',
    file('/a', 'old 1\nold 2\n'),
    file('/a', 'x\n'),
    '✓ at least 1 line in /a with contains x / 1 of 1 lines: x',
  ],
  [
    'rotated, as long',
    file('/a', 'old 1\n'),
    file('/a', 'x 2345678\n'),
    '✓ at least 1 line in /a with contains x / 1 of 1 lines: x 2345678',
  ],
  [
    'rotated, and begun with the same line',
    file('/a', 'x 1\nold 2\n'),
    file('/a', 'x 1\nnew x\n'),
    '✓ at least 1 line in /a with contains x / 2 of 2 lines: x 1',
  ],
  ['taken away', file('/a', 'x\n'), {}, '✗ at least 1 line in /a with contains x / there is no /a'],
])('since the action: %s', async (_, before, after, says) => {
  expect(whole(await judgedWhole(since('/a', [{ contains: 'x' }]), before, () => after))).toBe(says);
});

test('lines from before an action count where nothing is said of them', async () => {
  const [before, after] = [file('/a', 'old x\n'), file('/a', 'old x\nnew\n')];
  expect(whole(await judgedWhole(at('/a', [{ contains: 'x' }]), before, () => after))).toBe(
    '✓ at least 1 line in /a with contains x / 1 of 2 lines: old x',
  );
});

test('since an action that never was fails', async () => {
  expect(await saying(since('/a'), file('/a', 'x\n'))).toMatch(/^✗/);
});

test('since an action that never was cannot be decided', async () => {
  expect(whole(await judgedWhole(since('/a'), file('/a', 'x\n')))).toBe(
    '? at least 1 line in /a / the check does nothing since which lines could be counted',
  );
});

const unit = (count: object = {}): Subject => ({
  log: { host: 'node01', unit: 'kubelet', lines: [{ contains: 'failed' }] },
  ...count,
});
test.each<[object, object, string]>([
  [
    { stdout: 'a failed\nb\n' },
    {},
    '✓ at least 1 line in the journal of kubelet with contains failed / 1 of 2 lines: a failed',
  ],
  [
    { stdout: 'a failed\nb\n' },
    { equals: 0 },
    '✗ no line in the journal of kubelet with contains failed / 1 of 2 lines: a failed',
  ],
  [
    { stdout: '' },
    { equals: 0 },
    '✗ no line in the journal of kubelet with contains failed / there is no journal of kubelet',
  ],
  [
    { stdout: 'a failed\n', stderr: 'Hint: you see no other messages.\n' },
    {},
    '✓ at least 1 line in the journal of kubelet with contains failed / 1 of 1 lines: a failed',
  ],
  [
    { code: 1 },
    { equals: 0 },
    '✗ no line in the journal of kubelet with contains failed / there is no journal of kubelet',
  ],
  [
    { code: 1, stderr: 'x\nNo journal files were found.\n' },
    {},
    '✗ to be found out / the journal of cka1-node1 cannot be read: No journal files were found.',
  ],
])('a journal %j %j: %s', async (outcome, count, says) => {
  expect(await saying(unit(count), { run: () => outcome })).toBe(says);
});

const POD = (name: string, containers = ['web', 'side']) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: `u-${name}`, labels: { app: 'web' } },
  spec: { containers: containers.map((container) => ({ name: container })) },
});
const logOf = (name: string, query: string, status: number, body: unknown) => ({
  [`/api/v1/namespaces/shop/pods/${name}/log?${query}`]: { status, body },
});
const ofPods = (more: object, count: object = {}): Subject => ({
  log: { pods: { namespace: 'shop', selector: 'app=web' }, lines: [{ contains: 'GET' }], ...more },
  ...count,
});
const PODS = {
  objects: [POD('a'), POD('b')],
  answers: {
    ...logOf('a', 'container=web', 200, 'GET /\n'),
    ...logOf('b', 'container=web', 200, 'GET /\nGET /x\n'),
    ...logOf('a', 'container=side', 200, 'quiet\n'),
    ...logOf('b', 'container=side', 400, { message: 'container is waiting to start' }),
    ...logOf('a', 'container=web&previous=true', 200, 'GET /old\n'),
    ...logOf('b', 'container=web&previous=true', 400, { message: 'previous terminated container not found' }),
  },
};
const WHAT = 'the log of Pod with app=web in shop with contains GET';
test.each<[Subject, FakeContent, string]>([
  [ofPods({}, { equals: 3 }), PODS, `✓ exactly 3 lines in ${WHAT} / 3 of 3 lines: GET /`],
  [ofPods({ container: 'side' }), PODS, `✗ at least 1 line in ${WHAT} / 0 of 1 lines`],
  [ofPods({ previous: true }, { equals: 1 }), PODS, `✓ exactly 1 line in ${WHAT} / 1 of 1 lines: GET /old`],
  [
    ofPods({ pods: { namespace: 'shop', name: 'b' } }, { equals: 2 }),
    PODS,
    '✓ exactly 2 lines in the log of pod/b in shop with contains GET / 2 of 2 lines: GET /',
  ],
  [
    ofPods({ pods: { namespace: 'shop', selector: 'app=db' } }, { equals: 0 }),
    PODS,
    '✗ no line in the log of Pod with app=db in shop with contains GET / there is no log of Pod with app=db in shop',
  ],
  [
    ofPods({}, { atMost: 0 }),
    {
      ...PODS,
      answers: { ...logOf('a', 'container=web', 200, undefined), ...logOf('b', 'container=web', 300, 'GET') },
    },
    `✓ at most 0 lines in ${WHAT} / 0 of 0 lines`,
  ],
  [
    ofPods({ pods: { namespace: 'shop', name: 'bare' } }),
    { objects: [{ ...POD('bare'), spec: undefined }], answers: logOf('bare', 'container=', 200, 'GET /') },
    '✓ at least 1 line in the log of pod/bare in shop with contains GET / 1 of 1 lines: GET /',
  ],
  [
    ofPods({}),
    { down: 'connection refused' },
    '✗ to be found out / the API server does not answer: connection refused',
  ],
])('containers %j: %#', async (subject, content, says) => {
  expect(await saying(subject, content)).toBe(says);
});

test.each<[Subject, string]>([
  [{ log: {} }, '/log: says no log: path or unit on a host, or pods'],
  [{ log: { path: '/a' } }, '/log: host is missing: whose log it is'],
  [{ log: { host: 'x', path: '/a', unit: 'b' } }, '/log/unit: stands beside path; a check reads one log'],
  [{ log: { host: 'x', path: '/a', container: 'b' } }, '/log/container: belongs to pods'],
  [{ log: { pods: { namespace: 'x' } } }, '/log/pods: name or selector is missing: which pods'],
  [{ log: { host: 'x', path: '/a' }, equals: 1, atMost: 2 }, '/atMost: stands beside equals; lines are counted once'],
  [
    { id: 'it', log: { host: 'x', path: '/a', since: 'action' } },
    '/log/since: the check has no before, so there is no action since which lines count',
  ],
  [{ log: { host: 'x', path: '/a', lines: [{ matches: '(' }] } }, '/log/lines/0/matches: missing closing ): `(`'],
  [
    { log: { host: 'x', path: '/a', lines: [{ matches: 'a', contains: 'b' }] } },
    '/log/lines/0/matches: stands beside contains; a check has one condition',
  ],
  [{ id: 'it', log: { host: 'x', path: '/a' } }, ''],
  [{ id: 'it', before: [], log: { host: 'x', path: '/a', since: 'action' }, atLeast: 1 }, ''],
  [{ log: { pods: { namespace: 'x', name: 'y' }, container: 'z', previous: true } }, ''],
])('lint %j: %s', (subject, says) => {
  const problems: string[] = [];
  lintSubject(subject, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});

test('what is undecided earns nothing and says so', async () => {
  const { result } = await judged(unit(), { run: () => ({ code: 1, stderr: 'no' }) });
  expect(result).toMatchObject({ undecided: true, earned: 0 });
});
