import { expect, test } from 'vitest';
import { askMany, type Series } from '../../../src/checker/network/many.js';
import type { FakeRun } from '../fake-cluster.js';
import { proberOf } from './prober.js';

const ASKED = { url: "http://web/it's" };
const ONCE: Series = { count: 2, everySeconds: 0 };
const answer = (code: number, body: string, status = 0): string =>
  `HTTP/1.1 ${code} X\r\n\r\n${body}\n--of-the-answer--\n--said--\n--answered-- ${status}\n`;
const without =
  (program: string, run: FakeRun): FakeRun =>
  (who, argv) =>
    argv.at(-1)?.includes(`command -v ${program} `) ? { code: 127 } : run(who, argv);
const good: FakeRun = () => ({ stdout: answer(200, 'one') + answer(404, 'two') });

/** What came of it, in short. */
const short = (answers: Awaited<ReturnType<typeof askMany>>): string =>
  answers.map((one) => ('none' in one ? one.none : `${one.code} ${one.body}`)).join(', ');

test.each<[string, FakeRun, string]>([
  ['answers', good, '200 one, 404 two'],
  ['a body of several lines', () => ({ stdout: answer(200, 'a\n\nb\n') }), '200 a\n\nb\n'],
  ['none, for some reason', () => ({ stdout: answer(200, 'a') + answer(200, '', 7) }), '200 a, refused'],
  [
    'none, for a reason that is told',
    () => ({ stdout: '\n--said--curl: (52) Empty reply\n--answered-- 52\n' }),
    'Empty reply',
  ],
  ['one that was not finished', () => ({ stdout: `${answer(200, 'a')}HTTP/1.1 200 X` }), '200 a'],
  ['nothing', () => ({}), ''],
  [
    'by wget',
    without('curl', () => ({ stdout: 'one\n--said--  HTTP/1.1 201 X\n  A: b\n--answered-- 0\n' })),
    '201 one',
  ],
])('%s', async (_, run, says) => {
  expect(short(await askMany(proberOf(run), {}, ASKED, ONCE))).toBe(says);
});

test('by wget a redirect is the answer, unless it is to be followed', async () => {
  const stdout = 'x\n--said--  HTTP/1.1 301 X\n  HTTP/1.1 200 X\n--answered-- 0\n';
  const run = without('curl', () => ({ stdout }));
  expect(short(await askMany(proberOf(run), {}, ASKED, ONCE))).toBe('301 ');
  expect(short(await askMany(proberOf(run), { follow: true }, ASKED, ONCE))).toBe('200 x');
});

const CURL = "'curl' '-s' '-S' '-i' '-k' '-m' '5' '-w' '\\n--of-the-answer--%{certs}' 'http://web/it'\\''s'";
const body = (line: string): string =>
  `{ e=$(${line} 2>&1 1>&3); c=$?; } 3>&1; printf '\\n--said--%s\\n--answered-- %s\\n' "$e" $c`;
test.each<[Series, string]>([
  [ONCE, `i=0; while [ $i -lt 2 ]; do i=$((i+1)); ${body(CURL)}; done`],
  [{ count: 1, everySeconds: 0.5 }, `i=0; while [ $i -lt 1 ]; do i=$((i+1)); ${body(CURL)}; sleep 0.5; done`],
])('%j: %s', async (series, loop) => {
  const prober = proberOf(good);
  await askMany(prober, {}, ASKED, series);
  expect(prober.lines).toEqual([`sh -c command -v curl >/dev/null || exit 127; ${loop}`]);
});

test('as long as all of them may take, and half a minute more', async () => {
  const prober = proberOf(good);
  await askMany(prober, { timeout_seconds: 3 }, ASKED, { count: 10, everySeconds: 2 });
  expect(prober.seconds).toEqual([80]);
});

/** What happens while the requests go on, in its order: what is run there, what is done meanwhile, what is waited for. */
async function beside(run: FakeRun, count = 2) {
  const told: string[] = [];
  const meanwhile = {
    run: async () => void told.push('meanwhile'),
    wait: async (seconds: number) => void told.push(`wait ${seconds}`),
  };
  const prober = proberOf((who, argv) => {
    const line = argv.at(-1) as string;
    told.push(line.startsWith('test -e') ? 'look' : 'start');
    return run(who, argv);
  });
  const said = await askMany(prober, {}, ASKED, { count, everySeconds: 0 }, meanwhile).then(
    short,
    (error: Error) => error.message,
  );
  return { said, told: told.join(', '), prober };
}
const looking =
  (looks: number, stdout = answer(200, 'one')): FakeRun =>
  (_, argv) =>
    argv.at(-1)?.startsWith('test -e') && looks-- > 0 ? { code: 1 } : { stdout };
const NEVER = Array.from({ length: 8 }, () => 'look, wait 5').join(', ');

test.each<[string, FakeRun, string, string]>([
  ['done at once', looking(0), '200 one', 'start, wait 2, meanwhile, look'],
  ['done after a while', looking(2), '200 one', 'start, wait 2, meanwhile, look, wait 5, look, wait 5, look'],
  ['never done', looking(99), 'shop/a was not done with asking after 40 s', `start, wait 2, meanwhile, ${NEVER}`],
  [
    'that cannot begin',
    () => ({ code: 1, stderr: 'read-only\n' }),
    'shop/a could not begin to ask: read-only',
    'start',
  ],
  [
    'by wget',
    without('curl', looking(0, 'one\n--said--  HTTP/1.1 201 X\n--answered-- 0\n')),
    '201 one',
    'start, start, wait 2, meanwhile, look',
  ],
  ['with neither', () => ({ code: 127 }), 'shop/a has no curl or wget in a shell to ask with', 'start, start'],
])('requests that go on beside something else, %s', async (_, run, says, order) => {
  const { said, told } = await beside(run);
  expect(said).toBe(says);
  expect(told).toBe(order);
});

test('they go on without the session that began them', async () => {
  const { prober } = await beside(looking(0));
  const inner = `i=0; while [ $i -lt 2 ]; do i=$((i+1)); ${body(CURL)}; done; touch /tmp/kubedrill-requests.done`;
  expect(prober.lines).toEqual([
    `sh -c command -v curl >/dev/null || exit 127; rm -f /tmp/kubedrill-requests /tmp/kubedrill-requests.done; nohup sh -c '${inner.replaceAll("'", `'\\''`)}' </dev/null >/tmp/kubedrill-requests 2>&1 & exit 0`,
    'sh -c test -e /tmp/kubedrill-requests.done && cat /tmp/kubedrill-requests',
  ]);
  expect(prober.seconds).toEqual([5, 5]);
});
