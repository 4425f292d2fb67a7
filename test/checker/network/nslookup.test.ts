import { expect, test } from 'vitest';
import { lookUp } from '../../../src/checker/network/nslookup.js';
import type { FakeRun } from '../fake-cluster.js';
import { proberOf } from './prober.js';

const SERVER = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n';
const NX = { code: 1, stdout: `${SERVER}\n** server can't find it: NXDOMAIN\n` };
const found = (...lines: string[]) => ({ stdout: `${SERVER}\n${lines.join('\n')}\n` });
/** Answers by the last word of the command line; what is not there is denied. */
const answering =
  (answers: Readonly<Record<string, object>>): FakeRun =>
  (_, argv) =>
    answers[argv.at(-1) as string] ?? NX;
const RESOLV = '/etc/resolv.conf';
const search = (line: string) => ({ [RESOLV]: { stdout: `nameserver 10.96.0.10\n${line}\noptions ndots:5\n` } });
const TEN = found('Name:\tit', 'Address: 10.0.0.1');
const CAT = `cat ${RESOLV}`;

/** What is asked there, and what comes of it: answers, or whether the name is denied. */
test.each<[string, string, FakeRun, string[], string]>([
  ['db', 'A', answering({ db: TEN }), ['nslookup db'], '10.0.0.1'],
  ['db.shop', 'A', answering({ 'db.shop': TEN, ...search('search a') }), ['nslookup db.shop'], '10.0.0.1'],
  ['db', 'A', answering(search('search a')), ['nslookup db'], 'denied'],
  ['db.shop.', 'A', answering(search('search a')), ['nslookup db.shop.'], 'denied'],
  ['10.0.0.1', 'PTR', answering(search('search a')), ['nslookup 10.0.0.1'], 'denied'],
  [
    'db.shop',
    'A',
    answering({ ...search('search a b '), 'db.shop.b.': TEN }),
    ['nslookup db.shop', CAT, 'nslookup db.shop.a.', 'nslookup db.shop.b.'],
    '10.0.0.1',
  ],
  [
    'db.shop',
    'A',
    answering(search('search a b ')),
    ['nslookup db.shop', CAT, 'nslookup db.shop.a.', 'nslookup db.shop.b.'],
    'denied',
  ],
  ['db.shop', 'A', answering(search('domain x')), ['nslookup db.shop', CAT], 'denied'],
  ['db.shop', 'A', answering({ [RESOLV]: { code: 127 } }), ['nslookup db.shop', CAT], 'denied'],
  ['db', 'AAAA', answering({ db: found('db has AAAA address fd00::1') }), ['nslookup -type=aaaa db'], 'fd00::1'],
  ['db', 'AAAA', answering({ db: found('Name: db', 'Address: fd00::1') }), ['nslookup -type=aaaa db'], 'fd00::1'],
  [
    'db',
    'SRV',
    answering({ db: found('db\tservice = 0 100 80 db.shop. ') }),
    ['nslookup -type=srv db'],
    '0 100 80 db.shop',
  ],
  ['10.0.0.1', 'PTR', answering({ '10.0.0.1': found('1.0.0.10\tname = db.shop.') }), ['nslookup 10.0.0.1'], 'db.shop'],
  // busybox numbers them; what it was asked is no answer; one that comes twice is one.
  [
    'db',
    'A',
    answering({ db: found('Name: db', 'Address 1: 10.0.0.1 db.shop', 'Address 2: 10.0.0.2', 'Address: 10.0.0.1') }),
    ['nslookup db'],
    '10.0.0.1 10.0.0.2',
  ],
  ['db', 'A', answering({ db: { stdout: `${SERVER} \r\nAddress: 10.0.0.1\r\n` } }), ['nslookup db'], '10.0.0.1'],
  ['db', 'A', () => ({ code: 1, stderr: ';; no servers could be reached' }), ['nslookup db'], 'nobody says'],
  ['db', 'A', () => ({ code: 1, stderr: "*** Can't find db: No answer" }), ['nslookup db'], 'denied'],
  [
    'db',
    'A',
    (_, argv) => (argv[0] === 'nslookup' ? { code: 127 } : { stdout: '10.0.0.1 STREAM db\n10.0.0.1 DGRAM\n' }),
    ['nslookup db', 'getent ahosts db'],
    '10.0.0.1',
  ],
  [
    'db',
    'A',
    (_, argv) => (argv[0] === 'nslookup' ? { code: 127 } : { code: 2 }),
    ['nslookup db', 'getent ahosts db'],
    'denied',
  ],
  [
    'db',
    'A',
    (_, argv) => (argv[0] === 'nslookup' ? { code: 127 } : { code: 1 }),
    ['nslookup db', 'getent ahosts db'],
    'nobody says',
  ],
])('%s (%s) %#', async (name, type, run, lines, outcome) => {
  const prober = proberOf(run);
  const { answers, ...rest } = await lookUp(prober, name, type);
  expect(answers?.join(' ') ?? ('denied' in rest && rest.denied ? 'denied' : 'nobody says')).toBe(outcome);
  expect(prober.lines).toEqual(lines);
});

test.each([
  ['A', 'shop/a has no nslookup or getent to try it with'],
  ['AAAA', 'shop/a has no nslookup to try it with'],
])('with neither, %s: %s', async (type, says) => {
  const said = await lookUp(
    proberOf(() => ({ code: 127 })),
    'db',
    type,
  ).catch((error: Error) => error.message);
  expect(said).toBe(says);
});
