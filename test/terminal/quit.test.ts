import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Person } from './person.js';
import { program } from './program.js';
import { type Stage, scenario } from './scenario.js';

const AS_AT_FIRST = { alternateScreen: false, bracketedPaste: false, mouse: 'none', cursorShown: true };
const LAB = ['run', 'cka/drain-a-node', '--seed', '7'] as const;

/** Ways to end the program, and the exit code each should have. */
const WAYS: readonly { name: string; argv: readonly string[]; code: number; leave: (me: Person) => Promise<void> }[] = [
  {
    name: 'Ctrl-C at the catalogue',
    argv: [],
    code: 0,
    leave: async (me) => {
      await me.sees('Enter start');
      me.presses('Ctrl-C');
    },
  },
  {
    name: 'F10 and q in a lab',
    argv: LAB,
    code: 0,
    leave: async (me) => {
      await me.seesPrompt();
      me.presses('F10');
      await me.sees('Finish this attempt?');
      me.types('q');
    },
  },
  {
    name: 'the leader, q and q while an editor is open',
    argv: LAB,
    code: 0,
    leave: async (me) => {
      await me.enters('vi note');
      await me.sees('~', (rows) => rows.filter((row) => row === '~').length > 3);
      me.presses('Ctrl-]');
      me.types('q');
      await me.sees('Finish this attempt?');
      me.types('q');
    },
  },
  {
    name: 'SIGTERM in a lab',
    argv: LAB,
    code: 143,
    leave: async (me) => {
      await me.seesPrompt();
      me.signalsProgram('SIGTERM');
    },
  },
  // One handler hears all three, wherever it is; the catalogue needs no cluster.
  ...(['SIGHUP', 'SIGINT'] as const).map((signal) => ({
    name: `${signal} at the catalogue`,
    argv: [],
    code: { SIGHUP: 129, SIGINT: 130 }[signal],
    leave: async (me: Person) => {
      await me.sees('Enter start');
      me.signalsProgram(signal);
    },
  })),
  {
    name: 'SIGTERM in an editor of `kubedrill shell`',
    argv: ['shell', '--on', 'base', '--seed', '7'],
    code: 143,
    leave: async (me) => {
      await me.sees('candidate@base:~$');
      me.types('vi note\r');
      await me.sees('~', (rows) => rows.filter((row) => row === '~').length > 3);
      me.signalsProgram('SIGTERM');
    },
  },
  {
    name: '`exit 3` in `kubedrill shell`',
    argv: ['shell', '--on', 'base', '--seed', '7'],
    code: 3,
    leave: async (me) => {
      await me.sees('candidate@base:~$');
      me.types('exit 3\r');
    },
  },
];

/** Starts the program from a shell that says before and after how the terminal is set, and how the program ended. */
function fromShell({ home, personAt }: Stage, argv: readonly string[]): Person {
  const words = [process.execPath, program, ...argv].map((word) => `'${word}'`).join(' ');
  const script = `trap : INT HUP TERM; stty -a > '${home}/before'; ${words} 2> '${home}/errors'; echo $? > '${home}/code'; stty -a > '${home}/after'`;
  return personAt({ command: ['sh', '-c', script] });
}

const UNIX = process.platform !== 'win32';

for (const { name, argv, code, leave } of UNIX ? WAYS : []) {
  scenario(`${name} gives the terminal back as it was`, async (stage) => {
    const me = fromShell(stage, argv);
    await leave(me);
    await me.ended;
    const read = (file: string): string => readFileSync(join(stage.home, file), 'utf8');
    expect(read('code').trim()).toBe(String(code));
    expect(read('errors')).toBe('');
    expect(read('after')).toBe(read('before'));
    expect(me.modes).toEqual(AS_AT_FIRST);
  });
}

/** What is open when the window is closed, and what shows that it is. */
const OPEN: readonly { argv: readonly string[]; open: (me: Person) => Promise<void> }[] = [
  { argv: [], open: (me) => me.sees('Enter start') },
  { argv: LAB, open: (me) => me.seesPrompt() },
  { argv: ['shell', '--on', 'base'], open: (me) => me.seesPrompt() },
];

for (const { argv, open } of UNIX ? OPEN : []) {
  scenario(`a window that is closed ends \`kubedrill ${argv.join(' ')}\` without an abort`, async (stage) => {
    const me = fromShell(stage, argv);
    await open(me);
    me.closesWindow();
    await stage.until('the program is gone', () => existsSync(join(stage.home, 'code')));
    expect(readFileSync(join(stage.home, 'errors'), 'utf8')).toBe('');
    expect(readFileSync(join(stage.home, 'code'), 'utf8').trim()).toBe('129');
  });
}
