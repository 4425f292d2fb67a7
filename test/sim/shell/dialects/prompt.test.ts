import { expect, test } from 'vitest';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Terminal } from '../../../../src/sim/kernel/terminal.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { dash } from '../../../../src/sim/shell/dash.js';
import { busyboxHost } from '../../programs/busybox/harness.js';
import { shellHost } from '../harness.js';

/** What stands on the terminal after these lines were typed at a shell, as `kubectl exec -it` starts one. */
function typed(shell: 'busybox' | 'dash', lines: readonly string[]): string {
  const { kernel, host } = shell === 'busybox' ? busyboxHost() : shellHost({ dash });
  let screen = '';
  let terminal: Terminal | undefined;
  startProcess(
    host,
    function* (sys) {
      terminal = sys.openTerminal({ columns: 80, rows: 24 });
      terminal.onOutput = (bytes) => {
        screen += Buffer.from(bytes).toString('utf8');
      };
      const path = shell === 'busybox' ? '/bin/sh' : '/usr/bin/dash';
      yield* sys.wait(sys.spawn(path, ['sh'], { terminal, session: true, foreground: true }));
      screen += '[ended]';
      return 0;
    },
    ['init'],
    [
      ['PATH', shell === 'busybox' ? '/bin' : '/usr/bin'],
      ['TERM', 'xterm'],
      ['HOME', '/root'],
    ],
  );
  for (const line of lines) {
    kernel.advance(SECOND);
    terminal?.type(Buffer.from(line));
  }
  kernel.advance(SECOND);
  expect(kernel.crashes).toEqual([]);
  // Only readline asks terminals to mark what is pasted.
  expect(screen).not.toContain('\x1b[?2004');
  return screen
    .replace(/\x1b\[[?\d;]*[a-zA-Z]/g, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '');
}

// Screens as recorded from busybox 1.35 and dash 0.5.12 on a terminal, ps from what official images say.
test('busybox: the prompt, its words, and the end', () => {
  expect(typed('busybox', ['foo\r', 'cd /x\r', 'cd /tmp\r', 'echo )\r', 'exit\r'])).toBe(
    `/ # foo
sh: foo: not found
/ # cd /x
sh: cd: can't cd to /x: No such file or directory
/ # cd /tmp
/tmp # echo )
sh: syntax error: unexpected ")"
/tmp # exit
[ended]`,
  );
});

test('busybox: ps has its own columns', () => {
  expect(typed('busybox', ['ps\r', 'exit\r'])).toMatch(
    /^\/ # ps\nPID {3}USER {5}TIME {2}COMMAND\n {4}1 root {6}0:00 init\n {4}2 root {6}0:00 sh\n {4}3 root {6}0:00 ps\n\/ # exit\n\[ended\]$/,
  );
});

test('busybox: Ctrl-D ends it without a word, jobs are told in its layout', () => {
  expect(typed('busybox', ['sleep 1 &\r', 'jobs\r', 'sleep 2\r', '', '', '\x04'])).toBe(
    '/ # sleep 1 &\n/ # jobs\n[1]+  Running                    sleep 1\n/ # sleep 2\n[1]+  Done                       sleep 1\n/ # \n[ended]',
  );
});

test('dash: a bare prompt, lines counted, the terminal edits', () => {
  expect(typed('dash', ['foo\r', 'cd /x\r', 'if\r', 'true; then echo hi; fi\r', 'echo )\r', 'exit\r'])).toBe(
    `# foo
sh: 1: foo: not found
# cd /x
sh: 2: cd: can't cd to /x
# if
> true; then echo hi; fi
hi
# echo )
sh: 5: Syntax error: ")" unexpected
# exit
[ended]`,
  );
});
