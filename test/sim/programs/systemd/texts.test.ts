import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { parseInstant } from '../../../../src/sim/programs/journalctl/when.js';
import {
  expandSpecifiers,
  expandWords,
  parseExecLine,
  splitWords,
} from '../../../../src/sim/programs/systemd/exec-line.js';
import { formatAgo, formatInstant, formatSpan, parseSpan } from '../../../../src/sim/programs/systemd/time-span.js';
import { parseUnitFile, Settings } from '../../../../src/sim/programs/systemd/unit-file.js';

describe('spans', () => {
  test.each([
    ['90', 90],
    ['1min 30s', 90],
    ['2h', 7200],
    ['500ms', 0.5],
    ['1.5', 1.5],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('%s is %d seconds', (text, seconds) => expect(parseSpan(text)).toBe(seconds * SECOND));
  test.each(['', 'soon', '5 parsecs', '-3'])('%j is none', (text) => expect(parseSpan(text)).toBeUndefined());
  test.each([
    [2_345_000, '2.345s'],
    [5 * 60 * SECOND + 2_300_000, '5min 2.300s'],
    [50_000, '50ms'],
    [3 * SECOND, '3s'],
    [26 * 3600 * SECOND, '1d 2h'],
    [0, '0'],
  ])('%d shows as %s', (span, text) => expect(formatSpan(span)).toBe(text));
  test.each([
    [3, '3s ago'],
    [61, '1min 1s ago'],
    [400, '6min ago'],
    [3700, '1h 1min ago'],
    [7 * 3600, '7h ago'],
    [26 * 3600, '1 day 2h ago'],
    [50 * 3600, '2 days ago'],
  ])('%d seconds before is %s', (seconds, text) => expect(formatAgo(0, seconds * SECOND)).toBe(text));
  test('an instant', () => expect(formatInstant(1_772_442_000 * SECOND)).toBe('Mon 2026-03-02 09:00:00 UTC'));
});

describe('instants of journalctl', () => {
  const now = Date.UTC(2026, 2, 2, 9, 0, 0) * 1000;
  const day = Date.UTC(2026, 2, 2) * 1000;
  test.each([
    ['now', now],
    ['today', day],
    ['yesterday', day - 86_400 * SECOND],
    ['5 min ago', now - 300 * SECOND],
    ['-1h', now - 3600 * SECOND],
    ['08:30', day + 30_600 * SECOND],
    ['2026-03-01 10:00:05', day - 50_395 * SECOND],
    ['@1772442000', now],
    ['bogus', undefined],
    ['25:00', undefined],
  ])('%s', (text, instant) => expect(parseInstant(text, now)).toBe(instant));
});

describe('unit files', () => {
  const text = `# comment
[Unit]
Description = A thing
After=a.service b.service
After=c.service
[Service]
ExecStart=/bin/x \\
  --flag
; another
ExecStart=
ExecStart=/bin/y
Restart=always
nonsense
`;
  const { assignments, complaints } = parseUnitFile(text);
  const settings = new Settings(assignments);
  test.each([
    ['a value with blanks around', () => settings.get('Unit', 'Description'), 'A thing'],
    ['a list over several lines', () => settings.words('Unit', 'After'), ['a.service', 'b.service', 'c.service']],
    ['an emptied list', () => settings.list('Service', 'ExecStart'), ['/bin/y']],
    ['a missing one', () => settings.get('Service', 'User'), undefined],
    ['what is not understood', () => complaints, [{ line: 13, message: "Missing '=', ignoring line." }]],
    ['continued lines', () => new Settings(parseUnitFile('[S]\nA=1 \\\n2\n').assignments).get('S', 'A'), '1  2'],
  ])('%s', (_, actual, expected) => expect(actual()).toEqual(expected));
});

describe('command lines', () => {
  test.each([
    [`/bin/sh -c 'a b' "c d" e\\x`, ['/bin/sh', '-c', 'a b', 'c d', 'ex']],
    ['  ', []],
    ['""', ['']],
  ])('%s', (line, words) => expect(splitWords(line)).toEqual(words));
  test('prefixes', () => {
    expect(parseExecLine('-@/bin/x name arg')).toMatchObject({
      path: '/bin/x',
      words: ['name', 'arg'],
      ignoreFailure: true,
    });
    expect(parseExecLine('+/bin/x')).toMatchObject({ privileged: true, ignoreFailure: false });
  });
  test('variables: alone they are split, in braces not', () => {
    const variables = new Map([['A', 'one two']]);
    expect(expandWords(['$A', '${A}', 'x${A}y', '$$A', '$NONE', '${NONE}'], variables)).toEqual([
      'one',
      'two',
      'one two',
      'xone twoy',
      '$A',
      '',
    ]);
  });
  test('specifiers', () =>
    expect(expandSpecifiers('%n %i %p %H 100%%', 'a@b.service', 'node01')).toBe('a@b.service b a node01 100%'));
});
