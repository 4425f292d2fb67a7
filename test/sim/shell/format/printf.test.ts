import { describe, expect, test } from 'vitest';
import { formatEcho } from '../../../../src/sim/shell/format/echo.js';
import { formatPrintf } from '../../../../src/sim/shell/format/printf.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** format, arguments, output (Latin-1), status, messages: as bash 5.2.15 prints in C.UTF-8. */
const BASH: [string, string[], string, number?, string[]?][] = [
  ['a\\cb\\n', [], 'a\\cb\n'],
  ['%d\\n', ['abc'], '0\n', 1, ['abc: invalid number']],
  ['%d\\n', ['12abc'], '12\n', 1, ['12abc: invalid number']],
  ['%d\\n', [''], '0\n'],
  ['%d %d\\n', ['0x1F', '010'], '31 8\n'],
  ['%d %d\\n', ['"A', "'\u00e9"], '65 233\n'],
  [
    '%5.2f|%-8s|%05d|%+d|%x|%X|%#o\\n',
    ['3.14159', 'ab', '42', '7', '255', '255', '8'],
    ' 3.14|ab      |00042|+7|ff|FF|010\n',
  ],
  ['%e %g %G %g\\n', ['12345.678', '0.00001234', '1e10', '100000'], '1.234568e+04 1.234e-05 1E+10 100000\n'],
  ['%s\\n', ['a', 'b', 'c'], 'a\nb\nc\n'],
  ['hi\\n', ['x', 'y'], 'hi\n'],
  ['%b', ['a\\tb\\c', 'rest'], 'a\tb'],
  [
    '%q ',
    ['a b', '', "it's", 'a\nb', 'x=y', '~', 'a~', '#c', 'a*b', 'a,b', '{', '^'],
    "a\\ b '' it\\'s $'a\\nb' x=y \\~ a~ \\#c a\\*b a\\,b \\{ \\^ ",
  ],
  ['%c%c\\n', ['abc', ''], 'a\0\n'],
  ['%*d|%-*d|\\n', ['5', '42', '5', '42'], '   42|42   |\n'],
  ['%.3s|\\n', ['abcdef'], 'abc|\n'],
  ['\\x41\\101\\0101\\u00e9\\xff\\n', [], 'AA\x081\xc3\xa9\xff\n'],
  [
    '%d\\n',
    ['99999999999999999999'],
    '9223372036854775807\n',
    0,
    ['warning: 99999999999999999999: Numerical result out of range'],
  ],
  ['%u %x\\n', ['-1', '-1'], '18446744073709551615 ffffffffffffffff\n'],
  ['%', [], '', 1, ["`%': missing format character"]],
  ['%5', [], '', 1, ["`%5': missing format character"]],
  ['abc%ydef', ['1'], 'abc', 1, ["`y': invalid format character"]],
  ['%.0f %.0f %.0f %.2f\\n', ['0.5', '1.5', '2.5', '0.125'], '0 2 2 0.12\n'],
  ['%a %a\\n', ['1', '0.15625'], '0x8p-3 0xap-6\n'],
  ['\\z\\q%%\\n', [], '\\z\\q%\n'],
  ['%b\\n', ['\\z\\0101\\101\\x41'], '\\zAAA\n'],
  ['\\xzz\\n', [], '\\xzz\n', 0, ['missing hex digit for \\x']],
  ['%s %s\\n', ['a', 'b', 'c'], 'a b\nc \n'],
  ['%d\\n', ['12 '], '12\n', 1, ['12 : invalid number']],
  ['%-5c|%5b|\\n', ['a', 'x\\n'], 'a    |   x\n|\n'],
  ['%.5d|%8.3d|% d\\n', ['42', '-7', '5'], '00042|    -007| 5\n'],
  ['%f %g\\n', ['inf', '1e100'], 'inf 1e+100\n'],
  ['\\', [], '\\'],
];

describe('printf as bash formats', () => {
  test.each(BASH)('%s %j', (format, args, output, status = 0, errors = []) => {
    const result = formatPrintf(format, args);
    expect({ ...result, output: text(result.output) }).toEqual({ output, errors, status });
  });

  test('%(…)T hands the format and the seconds over', () => {
    const result = formatPrintf('%(%Y)T|%(%H)T|%12(x)T', ['0'], {
      strftime: (format, seconds) => `${format}@${seconds}`,
    });
    expect(text(result.output)).toBe('%Y@0|%H@-1|        x@-1');
  });
});

/** As printf of GNU coreutils 9.1. */
const COREUTILS: [string, string[], string, number?, string[]?][] = [
  ['a\\cb\\n', [], 'a'],
  ['%d\\n', ['abc'], '0\n', 1, ["'abc': expected a numeric value"]],
  ['%d\\n', ['12abc'], '12\n', 1, ["'12abc': value not completely converted"]],
  [
    '%d\\n',
    ['99999999999999999999'],
    '9223372036854775807\n',
    1,
    ["'99999999999999999999': Numerical result out of range"],
  ],
  ['hi\\n', ['x', 'y'], 'hi\n', 0, ["warning: ignoring excess arguments, starting with 'x'"]],
  ['%q ', ['a b', '', "it's", 'a\nb', 'x=y', 'a~', '{', 'a,b'], "'a b' '' \"it's\" 'a'$'\\n''b' 'x=y' a~ '{' a,b "],
  ['\\xzz\\n', [], '', 1, ['missing hexadecimal number in escape']],
  ['%5b|\\n', ['x'], '', 1, ['%5b: invalid conversion specification']],
];

describe('printf as coreutils formats', () => {
  test.each(COREUTILS)('%s %j', (format, args, output, status = 0, errors = []) => {
    const result = formatPrintf(format, args, { dialect: 'coreutils' });
    expect({ ...result, output: text(result.output) }).toEqual({ output, errors, status });
  });
});

/** Arguments, output of bash 5.2.15, output of coreutils 9.1 where it differs. */
const ECHO: [string[], string, string?][] = [
  [['-e', 'a\\tb\\c', 'z'], 'a\tb'],
  [['-e', '\\0101\\101\\1\\x41\\e\\z\\\\'], 'A\\101\\1A\x1b\\z\\\n', 'AA\x01A\x1b\\z\\\n'],
  [['-e', '\\E\\u00e9'], '\x1b\xc3\xa9\n', '\\E\\u00e9\n'],
  [['-n', 'a'], 'a'],
  [['-ne', 'x\\n'], 'x\n'],
  [['-nx'], '-nx\n'],
  [['--', 'a'], '-- a\n'],
  [['-eE', '\\n'], '\\n\n'],
  [['-e', '\\x'], '\\x\n'],
  [['-e', 'a\\'], 'a\\\n'],
];

describe('echo', () => {
  test.each(ECHO)('%j', (args, bash, coreutils = bash) => {
    expect(text(formatEcho(args))).toBe(bash);
    expect(text(formatEcho(args, { dialect: 'coreutils' }))).toBe(coreutils);
  });
});
