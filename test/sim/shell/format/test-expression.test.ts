import { describe, expect, test } from 'vitest';
import type { FileStat } from '../../../../src/sim/kernel/files.js';
import type { TestContext } from '../../../../src/sim/shell/format/test-expression.js';
import { evaluateBracket, evaluateTest } from '../../../../src/sim/shell/format/test-expression.js';

const stat = (over: Partial<FileStat>): FileStat => ({
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 1,
  inode: 1,
  device: 1,
  links: 1,
  accessed: 0,
  modified: 0,
  changed: 0,
  ...over,
});
const FILES: Record<string, FileStat> = {
  '/tmp': stat({ type: 'directory', mode: 0o1777, inode: 2, modified: 5 }),
  '/f': stat({}),
  '/empty': stat({ size: 0, uid: 7, inode: 3 }),
};
const context: TestContext = {
  stat: (path) => FILES[path],
  lstat: (path) => (path === '/link' ? stat({ type: 'symlink' }) : FILES[path]),
  access: (path, need) => path in FILES && (need !== 'execute' || path === '/tmp'),
  isTty: (descriptor) => descriptor === 0,
  uid: 0,
  gid: 0,
  variableSet: (name) => name === 'PATH',
  optionSet: (name) => name === 'errexit',
};

/** Words, then what bash 5.2.15 answers: a status, or the message that comes with status 2. */
const ROWS: [string, 0 | 1 | string][] = [
  ['', 1],
  ['a', 0],
  ['-n', 0],
  ["-n ''", 1],
  ['-n x', 0],
  ['! x', 1],
  ["! ''", 0],
  ['a = a', 0],
  ['a == b', 1],
  ['a != b', 0],
  ['1 -eq 1', 0],
  ['a -eq 1', 'a: integer expression expected'],
  ['1 -lt x', 'x: integer expression expected'],
  ['-z', 0],
  ['-q x', '-q: unary operator expected'],
  ['a b', 'a: unary operator expected'],
  ['a b c', 'b: binary operator expected'],
  ['a -foo b', '-foo: binary operator expected'],
  ['a b c d', 'too many arguments'],
  ['a = a -a b = b', 0],
  ['a = a -o', 'argument expected'],
  ['( a )', 0],
  ['( a', '(: unary operator expected'],
  ['( a = a )', 0],
  ['! a = b', 0],
  ['-d /tmp -a -w /tmp', 0],
  ['-f /tmp', 1],
  ['-k /tmp', 0],
  ['-s /empty', 1],
  ['-O /empty', 1],
  ['-L /link', 0],
  ['-e /link', 1],
  ['-x /f', 1],
  ['-t 0', 0],
  ['-t 99', 1],
  ['-t 0x', 1],
  ['a < b', 0],
  ['a > b', 1],
  ['/tmp -nt /f', 0],
  ['/f -ot /none', 1],
  ['/tmp -nt /none', 0],
  ['/tmp -ef /tmp', 0],
  ['-v PATH', 0],
  ['-o errexit', 0],
  ['-a -a -a', 0],
  ['a -a', 'a: unary operator expected'],
  ['1 -eq', '1: unary operator expected'],
  ["1 -eq ' 1 '", 0],
  ['! ( a )', 1],
  ['a -a b -a', 'argument expected'],
  ['( )', '(: unary operator expected'],
  ['( ) )', 0],
  ['-f x y', 'x: binary operator expected'],
  ['2x -eq 2', '2x: integer expression expected'],
  ['99999999999999999999 -eq 1', '99999999999999999999: integer expression expected'],
  ['= = =', 0],
  ['! = !', 0],
  ['( = a', 1],
  ['( a = b -o c = d', "`)' expected"],
];

const words = (line: string) =>
  (line === '' ? [] : (line.match(/'[^']*'|\S+/g) ?? [])).map((word) => word.replace(/^'(.*)'$/, '$1'));

describe('test as bash evaluates', () => {
  test.each(ROWS)('%s', (line, expected) => {
    const result = evaluateTest(words(line), context);
    expect(result).toEqual(typeof expected === 'string' ? { status: 2, error: expected } : { status: expected });
  });
});

/** As test of GNU coreutils 9.1 answers. */
const COREUTILS: [string, 0 | 1 | string][] = [
  ['a -eq 1', "invalid integer 'a'"],
  ['a b', "missing argument after 'b'"],
  ['a b c', "'b': binary operator expected"],
  ['a b c d', "extra argument 'b'"],
  ['a = a -o', "missing argument after '-o'"],
  ['-v PATH', "'-v': unary operator expected"],
  ['-t 0x', "invalid integer '0x'"],
  ['a < b', "'<': binary operator expected"],
  ['99999999999999999999 -eq 1', 1],
];

describe('test as coreutils evaluates', () => {
  test.each(COREUTILS)('%s', (line, expected) => {
    const result = evaluateTest(words(line), { ...context, dialect: 'coreutils' });
    expect(result).toEqual(typeof expected === 'string' ? { status: 2, error: expected } : { status: expected });
  });
});

test('[ wants its closing bracket', () => {
  expect(evaluateBracket(['a', ']'], context)).toEqual({ status: 0 });
  expect(evaluateBracket(['a'], context)).toEqual({ status: 2, error: "missing `]'" });
  expect(evaluateBracket([], { ...context, dialect: 'coreutils' })).toEqual({ status: 2, error: "missing ']'" });
});
