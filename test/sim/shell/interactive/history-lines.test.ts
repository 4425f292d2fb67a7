import { describe, expect, test } from 'vitest';
import { openSession } from '../terminal.js';

// History expansion in the later lines of a command. Recorded from GNU bash 5.2 in a pseudo-terminal (PS1='$ ', --norc);
// blank lines are left out.
const screens: readonly (readonly [name: string, lines: readonly string[], screen: readonly string[]])[] = [
  [
    'a here-document with a quoted delimiter',
    ["cat <<'X'", 'rule: "!has(self.a)"', 'second !!', 'X'],
    ["$ cat <<'X'", '> rule: "!has(self.a)"', '> second !!', '> X', 'rule: "!has(self.a)"', 'second !!'],
  ],
  [
    'a here-document with a plain delimiter',
    ['cat <<X', 'rule: "!has(self.a)"', '!echo', 'second !!', 'X'],
    [
      '$ cat <<X',
      '> rule: "!has(self.a)"',
      '> !echo',
      '> second !!',
      '> X',
      'rule: "!has(self.a)"',
      '!echo',
      'second !!',
    ],
  ],
  ['a circumflex in a here-document', ['cat <<X', '^a^b', 'X'], ['$ cat <<X', '> ^a^b', '> X', '^a^b']],
  [
    'a backslash at the end of a here-document line',
    ['cat <<X', 'a \\', '!x', 'X'],
    ['$ cat <<X', '> a \\', '> !x', '> X', 'a !x'],
  ],
  [
    'the line that opens a here-document is expanded',
    ['echo hi', 'cat <<X; !ec', '!z', 'X'],
    ['$ echo hi', 'hi', '$ cat <<X; !ec', 'cat <<X; echo hi', '> !z', '> X', '!z', 'hi'],
  ],
  [
    'two here-documents',
    ['cat <<A; cat <<B', '!a', 'A', '!b', 'B'],
    ['$ cat <<A; cat <<B', '> !a', '> A', '> !b', '> B', '!a', '!b'],
  ],
  [
    'a here-document in $( ) in double quotes',
    ["echo \"$(cat <<'X'", '!has', 'second !!', 'X', ')"'],
    ["$ echo \"$(cat <<'X'", '> !has', '> second !!', '> X', '> )"', '!has', 'second !!'],
  ],
  [
    'a quote in a here-document in $( ) opens nothing',
    ["a=$(cat <<'X'", "it's", 'X', ')', 'echo !x'],
    ["$ a=$(cat <<'X'", "> it's", '> X', '> )', '$ echo !x', 'bash: !x: event not found'],
  ],
  [
    'a here-document in a loop, and the line after it',
    ['for i in 1 2; do', 'cat <<X', '!has', 'X', 'echo !has', 'echo b', 'done'],
    [
      '$ for i in 1 2; do',
      '> cat <<X',
      '> !has',
      '> X',
      '> echo !has',
      'bash: !has: event not found',
      '> echo b',
      '> done',
      '!has',
      'b',
      '!has',
      'b',
    ],
  ],
  ['a here-document in braces', ['{', 'cat <<X; }', '!has', 'X'], ['$ {', '> cat <<X; }', '> !has', '> X', '!has']],
  [
    'a here-document after a single-quoted string',
    ["cat <<X; echo 'a", "!x'", '!y', 'X'],
    ["$ cat <<X; echo 'a", "> !x'", '> !y', '> X', '!y', 'a', '!x'],
  ],
  [
    'in an if command',
    ['if true; then', '!x', 'cat <<X', '!y', 'X', 'fi'],
    ['$ if true; then', '> !x', 'bash: !x: event not found', '> cat <<X', '> !y', '> X', '> fi', '!y'],
  ],
  ['a single-quoted string', ["echo 'a", '!x', "b'"], ["$ echo 'a", '> !x', "> b'", 'a', '!x', 'b']],
  [
    'after the end of a single-quoted string',
    ["echo 'a", "!x' !y", "b'"],
    ["$ echo 'a", "> !x' !y", 'bash: !y: event not found', "> b'", 'a', 'b'],
  ],
  ['a $ string', ["echo $'a", "!x'"], ["$ echo $'a", "> !x'", 'a', '!x']],
  [
    'an escaped quote in a $ string',
    ["echo $'a", "it\\'s !x", "'"],
    ["$ echo $'a", "> it\\'s !x", "> '", 'a', "it's !x"],
  ],
  [
    'a double-quoted string',
    ['echo "a', '!x', 'b"'],
    ['$ echo "a', '> !x', 'bash: !x: event not found', '> b"', 'a', 'b'],
  ],
  [
    'single quotes in a double-quoted string',
    ['echo "a', "it's !x", 'b"'],
    ['$ echo "a', "> it's !x", '> b"', 'a', "it's !x", 'b'],
  ],
  [
    'single quotes after a double-quoted string',
    ['echo "a', "b\" '!x'", 'echo end'],
    ['$ echo "a', "> b\" '!x'", 'a', 'b !x', '$ echo end', 'end'],
  ],
  [
    'between single quotes and the end',
    ['echo "a', "'b' !x", '"'],
    ['$ echo "a', "> 'b' !x", 'bash: !x: event not found', '> "', 'a'],
  ],
  [
    'an event in a double-quoted string',
    ['echo hi', 'echo "a', '!echo', '"'],
    ['$ echo hi', 'hi', '$ echo "a', '> !echo', 'echo hi', '> "', 'a', 'echo hi'],
  ],
  ['! before a closing double quote', ['echo "a', 'b!"'], ['$ echo "a', '> b!"', 'a', 'b!']],
  [
    'what looks like a here-document in double quotes',
    ['echo "cat <<X', '!x', 'X', '"'],
    ['$ echo "cat <<X', '> !x', 'bash: !x: event not found', '> X', '> "', 'cat <<X', 'X'],
  ],
  [
    '$( ) in double quotes',
    ['echo "$(echo', '!x', ')"'],
    ['$ echo "$(echo', '> !x', 'bash: !x: event not found', '> )"'],
  ],
  [
    'after a backslash-newline',
    ['echo hi', 'echo a \\', '!ec', 'b'],
    ['$ echo hi', 'hi', '$ echo a \\', '> !ec', 'echo hi', 'a echo hi', '$ b', 'bash: b: command not found'],
  ],
  ['single quotes after a backslash-newline', ['echo a \\', "'!x'"], ['$ echo a \\', "> '!x'", 'a !x']],
  [
    'comments',
    ['echo # !x', "echo a # it's", 'echo !x'],
    ['$ echo # !x', "$ echo a # it's", 'a', '$ echo !x', 'bash: !x: event not found'],
  ],
  ['an escaped quote in a $ string on one line', ["echo $'it\\'s !x'"], ["$ echo $'it\\'s !x'", "it's !x"]],
  [
    'a quote ends no event',
    ['echo hi', "echo !x'y'"],
    ['$ echo hi', 'hi', "$ echo !x'y'", "bash: !x'y': event not found"],
  ],
];

async function screenAfter(steps: readonly string[]): Promise<string[]> {
  const session = openSession();
  for (const step of steps) session.type(`${step}\r`);
  return (await session.screen()).map((line) => line.trimEnd()).filter((line) => line !== '');
}

describe('history expansion over several lines', () => {
  test.each(screens)('%s', async (_name, lines, screen) => {
    expect(await screenAfter(lines)).toEqual([...screen, '$']);
  });

  test('<<- with tabs', async () => {
    const screen = await screenAfter(['cat <<-X', '  !has', '\x16\tsecond !!', '\x16\tX']);
    expect(screen.slice(-3)).toEqual(['  !has', 'second !!', '$']);
  });

  test('a paste of several lines is expanded line by line', async () => {
    const pasted = ['for i in 1; do', 'echo !nope', 'cat <<X', '!has', 'X', 'done'].join('\n');
    const screen = await screenAfter([`\x1b[200~${pasted}\x1b[201~`]);
    expect(screen.slice(-3)).toEqual(['bash: !nope: event not found', '!has', '$']);
  });
});
