import { describe, expect, test } from 'vitest';
import { openSession } from '../terminal.js';

/** Types keys in one line and gives the line as it stands. */
async function lineAfter(keys: readonly string[], before: readonly string[] = []): Promise<string> {
  const session = openSession();
  for (const line of before) session.type(`${line}\r`);
  for (const key of keys) session.type(key);
  return (await session.screen()).at(-1)?.replace(/^\$ /, '') ?? '';
}

const LEFT = '\x1b[D';
const UP = '\x1b[A';

const rows: readonly (readonly [name: string, keys: readonly string[], line: string, before?: readonly string[]])[] = [
  ['Ctrl-A goes to the start', ['bc', '\x01', 'a'], 'abc'],
  ['Ctrl-E goes to the end', ['ab', '\x01', '\x05', 'c'], 'abc'],
  ['Home and End', ['b', '\x1b[H', 'a', '\x1b[F', 'c'], 'abc'],
  ['arrows', ['ac', LEFT, 'b', '\x1b[C', 'd'], 'abcd'],
  ['Ctrl-B and Ctrl-F', ['ac', '\x02', 'b', '\x06', 'd'], 'abcd'],
  ['Alt-B and Alt-F', ['one two', '\x1bb', 'X', '\x1bb', '\x1bb', '\x1bf', 'Y'], 'oneY Xtwo'],
  ['Ctrl-Left and Ctrl-Right', ['one two', '\x1b[1;5D', 'X', '\x01', '\x1b[1;5C', 'Y'], 'oneY Xtwo'],
  ['backspace', ['abc', '\x7f', '\x7f', 'd'], 'ad'],
  ['Delete and Ctrl-D', ['abcd', '\x01', '\x1b[3~', '\x04'], 'cd'],
  ['Ctrl-K and Ctrl-Y', ['one two', '\x1bb', '\x0b', '\x01', '\x19'], 'twoone '],
  ['Ctrl-U', ['one two', LEFT, '\x15'], 'o'],
  ['Ctrl-W takes up to blanks', ['a b/c-d', '\x17', 'x'], 'a x'],
  ['Alt-Backspace takes a word', ['a b/c-d', '\x1b\x7f', 'x'], 'a b/c-x'],
  ['Alt-D', ['one two', '\x01', '\x1bd'], ' two'],
  ['kills in a row are yanked together', ['a b c', '\x17', '\x17', '\x19'], 'a b c'],
  ['Alt-Y goes through the ring', ['one', '\x15', 'two', '\x15', '\x19', '\x1by'], 'one'],
  ['Ctrl-T', ['ab', '\x14'], 'ba'],
  ['Alt-T', ['one two', '\x1bt'], 'two one'],
  ['Alt-U, Alt-L, Alt-C', ['aa BB cc', '\x01', '\x1bu', '\x1bl', '\x1bc'], 'AA bb Cc'],
  ['Ctrl-_ undoes', ['one', ' ', 'two', '\x17', '\x1f'], 'one two'],
  ['Ctrl-V takes the next key as it is', ['a', '\x16\x01', 'b'], 'a^Ab'],
  ['history up and down', [UP, UP, '\x1b[B'], 'echo two', ['echo one', 'echo two']],
  ['Ctrl-P keeps what was begun', ['new', '\x10', '\x0e'], 'new', ['echo one']],
  ['Alt-.', ['echo ', '\x1b.'], 'echo two', ['echo one two']],
  ['Alt-. again goes further back', ['echo ', '\x1b.', '\x1b.'], 'echo a', ['echo a', 'echo b']],
  ['Alt-< goes to the oldest', ['\x1b<'], 'echo one', ['echo one', 'echo two', 'echo three']],
  ['Alt-P finds what begins like it', ['echo o', '\x1bp'], 'echo one', ['echo one', 'ls', 'echo two']],
  ['Ctrl-R searches backwards', ['\x12', 'one', '\x05', '!'], 'echo one!', ['echo one', 'echo two']],
  ['Ctrl-R again goes on', ['\x12', 'echo', '\x12', '\x05'], 'echo one', ['echo one', 'echo two']],
  ['Ctrl-G leaves the search', ['x', '\x12', 'one', '\x07', 'y'], 'xy', ['echo one']],
  ['characters of several bytes', ['äö漢', '\x02', '\x7f', 'x'], 'äx漢'],
];

describe('keys', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_name, [, keys, line, before = []]) => {
    expect(await lineAfter(keys, before)).toBe(line);
  });
});

test('a pasted text is not run before Enter, and tabs in it complete nothing', async () => {
  const session = openSession();
  session.type('\x1b[200~echo a\n\techo b\x1b[201~');
  expect((await session.screen())[0]).toBe('$ echo a');
  session.type('\r');
  expect((await session.screen()).slice(-3)).toEqual(['a', 'b', '$ ']);
});

describe('long lines', () => {
  test('wrap and stay right when edited in the middle', async () => {
    const session = openSession({ columns: 20 });
    session.type('echo 0123456789012345678901234567890123456789');
    session.type('\x01\x06\x06\x06\x06\x06');
    session.type('XX');
    expect(await session.screen()).toEqual(['$ echo XX01234567890', '12345678901234567890', '123456789']);
    expect(await session.cursor()).toEqual([9, 0]);
  });

  test('end exactly at the margin', async () => {
    const session = openSession({ columns: 20 });
    session.type('echo 0123456789012');
    expect(await session.cursor()).toEqual([0, 1]);
    session.type('\x7f');
    expect(await session.screen()).toEqual(['$ echo 012345678901']);
    expect(await session.cursor()).toEqual([19, 0]);
  });

  test('with wide characters', async () => {
    const session = openSession({ columns: 20 });
    session.type('echo 0123456789ab漢字');
    expect(await session.screen()).toEqual(['$ echo 0123456789ab', '漢字']);
    session.type(`${LEFT}${LEFT}x`);
    expect(await session.screen()).toEqual(['$ echo 0123456789abx', '漢字']);
  });

  test('Ctrl-L clears and keeps the line', async () => {
    const session = openSession();
    session.type('echo a\r');
    session.type('abc\x0c');
    expect(await session.screen()).toEqual(['$ abc']);
  });

  test('another window width redraws', async () => {
    const session = openSession({ columns: 40 });
    session.type('echo 012345678901234567890123456789');
    session.resize(60, 24);
    session.type('X');
    expect((await session.screen()).join('')).toContain('$ echo 012345678901234567890123456789X');
  });
});
