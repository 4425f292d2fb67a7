import { describe, expect, test } from 'vitest';
import { openSession } from '../terminal.js';

/** Types line after line (or key after key) and gives the screen. */
async function screenAfter(
  steps: readonly string[],
  options: Parameters<typeof openSession>[0] = {},
): Promise<string[]> {
  const session = openSession(options);
  for (const step of steps) session.type(step);
  return session.screen();
}

// What stands here was compared with GNU bash 5.2.15 in a pseudo-terminal (PS1='$ ', --norc).
const screens: readonly (readonly [name: string, steps: readonly string[], screen: readonly string[]])[] = [
  [
    'Ctrl-C gives up the rest of the line',
    ['sleep 50; echo hi\r', '\x03', 'echo $?\r'],
    ['$ sleep 50; echo hi', '^C', '$ echo $?', '130', '$'],
  ],
  [
    'Ctrl-C ends a loop of programs',
    ['for i in 1 2; do sleep 50; done\r', '\x03', 'echo $?\r'],
    ['$ for i in 1 2; do sleep 50; done', '^C', '$ echo $?', '130', '$'],
  ],
  [
    'Ctrl-C ends a loop that only computes',
    ['while :; do :; done\r', '\x03', 'echo $?\r'],
    ['$ while :; do :; done', '^C', '$ echo $?', '130', '$'],
  ],
  [
    'Ctrl-C ends a function',
    ['f() { sleep 50; echo in; }; f; echo out\r', '\x03'],
    ['$ f() { sleep 50; echo in; }; f; echo out', '^C', '$'],
  ],
  ['Ctrl-C ends a pipeline', ['sleep 50 | cat; echo z\r', '\x03'], ['$ sleep 50 | cat; echo z', '^C', '$']],
  [
    'messages name no line, in subshells neither',
    ['nope\r', '(nope)\r', 'nope | cat\r', 'cat <(nope)\r', 'echo $(nope)`nope`\r', '(cd /nope)\r'],
    [
      '$ nope',
      'bash: nope: command not found',
      '$ (nope)',
      'bash: nope: command not found',
      '$ nope | cat',
      'bash: nope: command not found',
      '$ cat <(nope)',
      'bash: nope: command not found',
      '$ echo $(nope)`nope`',
      'bash: nope: command not found',
      'bash: nope: command not found',
      '',
      '$ (cd /nope)',
      'bash: cd: /nope: No such file or directory',
      '$',
    ],
  ],
  [
    'aliases hold in every kind of substitution',
    ["alias hi='echo hello'\r", 'echo $(hi) `hi`; cat <(hi)\r'],
    ["$ alias hi='echo hello'", '$ echo $(hi) `hi`; cat <(hi)', 'hello hello', 'hello', '$'],
  ],
  [
    'the terminal comes back from a program whose error output goes elsewhere',
    ['cat /nope 2>/dev/null\r', '{ cat /nope; } 2>e\r', 'cat e\r'],
    ['$ cat /nope 2>/dev/null', '$ { cat /nope; } 2>e', '$ cat e', 'cat: /nope: No such file or directory', '$'],
  ],
  ['Ctrl-C drops the line', ['abc', '\x03', 'echo $?\r'], ['$ abc^C', '$ echo $?', '130', '$']],
  [
    'Ctrl-Z stops, fg goes on',
    ['sleep 9\r', '\x1a', 'jobs\r', 'fg\r', '\x03'],
    [
      '$ sleep 9',
      '^Z',
      '[1]+  Stopped                 sleep 9',
      '$ jobs',
      '[1]+  Stopped                 sleep 9',
      '$ fg',
      'sleep 9',
      '^C',
      '$',
    ],
  ],
  [
    'a stopped job goes on in the background',
    ['sleep 3\r', '\x1a', 'bg\r', 'wait\r', '\r'],
    [
      '$ sleep 3',
      '^Z',
      '[1]+  Stopped                 sleep 3',
      '$ bg',
      '[1]+ sleep 3 &',
      '$ wait',
      '[1]+  Done                    sleep 3',
      '$',
      '$',
    ],
  ],
  [
    'a done job is told before the next prompt',
    ['sleep 0.2 &\r', '\r'],
    ['$ sleep 0.2 &', '[1] 3', '$', '[1]+  Done                    sleep 0.2', '$'],
  ],
  ['PS2 asks for more', ['if true\r', 'then echo a\r', 'fi\r'], ['$ if true', '> then echo a', '> fi', 'a', '$']],
  [
    'here-documents and quotes ask for more',
    ['cat <<E\r', 'x\r', 'E\r', 'echo "a\r', 'b"\r'],
    ['$ cat <<E', '> x', '> E', 'x', '$ echo "a', '> b"', 'a', 'b', '$'],
  ],
  [
    'history joins the lines of a command',
    ['for i in 1\r', 'do echo $i\r', 'done\r', 'history\r'],
    [
      '$ for i in 1',
      '> do echo $i',
      '> done',
      '1',
      '$ history',
      '    1  for i in 1; do echo $i; done',
      '    2  history',
      '$',
    ],
  ],
  [
    'syntax errors leave the shell alive',
    ['echo )\r', 'echo $?\r'],
    ['$ echo )', "bash: syntax error near unexpected token `)'", '$ echo $?', '2', '$'],
  ],
  [
    'unset variables under set -u go back to the prompt',
    ['set -u\r', 'echo $nosuch; echo no\r', 'echo $?\r'],
    ['$ set -u', '$ echo $nosuch; echo no', 'bash: nosuch: unbound variable', '$ echo $?', '1', '$'],
  ],
  [
    '!! is shown and run',
    ['echo hi\r', '!!\r', 'echo !$ !nosuch\r'],
    ['$ echo hi', 'hi', '$ !!', 'echo hi', 'hi', '$ echo !$ !nosuch', 'bash: !nosuch: event not found', '$'],
  ],
  ['Ctrl-D ends it', ['\x04'], ['$', 'exit']],
  ['aliases work at once', ["alias ll='echo LL'\r", 'll a\r'], ["$ alias ll='echo LL'", '$ ll a', 'LL a', '$']],
];

describe('at a prompt', () => {
  test.each(screens)('%s', async (_name, steps, screen) => {
    expect((await screenAfter(steps)).map((line) => line.trimEnd())).toEqual(screen);
  });
});

test('stopped jobs are warned of once', async () => {
  const session = openSession();
  for (const step of ['sleep 99\r', '\x1a', 'exit\r']) session.type(step);
  expect(session.ended()).toBe(false);
  expect((await session.screen()).slice(-3)).toEqual(['exit', 'There are stopped jobs.', '$ ']);
  session.type('exit\r');
  expect(session.ended()).toBe(true);
});

test('history is kept in ~/.bash_history and read again', async () => {
  const lines = await screenAfter(['history 2\r'], { files: { '.bash_history': 'echo old\n' } });
  expect(lines).toEqual(['$ history 2', '    1  echo old', '    2  history 2', '$ ']);
  const session = openSession();
  for (const step of ['echo kept\r', 'exec cat ~/.bash_history\r']) session.type(step);
  const again = openSession();
  for (const step of ['echo kept\r', 'bash\r', 'exit\r', 'history -w; cat ~/.bash_history\r']) again.type(step);
  expect(await again.screen()).toContain('echo kept');
});

test('rc file, prompt escapes and PROMPT_COMMAND', async () => {
  const lines = await screenAfter(['cd /tmp\r', 'false\r'], {
    files: { '.bashrc': "PS1='\\u@\\h:\\w\\$ '\nPROMPT_COMMAND='echo \"[$?]\"'\n" },
    environment: { PS1: '' },
  });
  expect(lines).toEqual(['[0]', 'root@host:~# cd /tmp', '[0]', 'root@host:/tmp# false', '[1]', 'root@host:/tmp# ']);
});

test('a login shell reads the profile and says logout', async () => {
  const session = openSession({ args: ['-bash'], files: { '.profile': 'echo from profile\n' } });
  session.type('\x04');
  expect(await session.screen()).toEqual(['from profile', '$ ', 'logout']);
});
