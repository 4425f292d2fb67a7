import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Person } from './person.js';
import { program } from './program.js';
import { type Stage, scenario } from './scenario.js';

const root = join(program, '..', '..');

/** Opens a lab on what passes for a real cluster; the shell in the pane is a real one. */
function opens({ home, personAt }: Stage): Person {
  return personAt({
    command: [
      process.execPath,
      join(root, 'scripts', 'run.mjs'),
      join(root, 'test', 'terminal', 'on-real-cluster.ts'),
      home,
    ],
  });
}

/** Processes that sleep for so long. */
function sleeping(seconds: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, args] = /^\s*(\d+) (.*)$/.exec(line.trimEnd()) ?? [];
    return args === `sleep ${seconds}` ? [Number(pid)] : [];
  });
}

async function worksThere(person: Person, first: number): Promise<void> {
  await person.sees('the prompt of one’s own shell', (rows) => rows.some((row) => row.trim() === 'me@here:~$'));
  person.types(`sleep ${first} & sleep ${first + 1}\r`);
  await person.sees('a job', (rows) => rows.some((row) => /^\[1\] \d+/.test(row)));
  person.presses('Ctrl-]');
  person.types('c');
  await person.sees('a second terminal', (rows) => rows.some((row) => row.includes('[2 ')));
  person.types(`sleep ${first + 2}\r`);
}

scenario('own shells: several, one in the whole window, and nothing of them is left behind', async (stage) => {
  const first = 910_000 + (process.pid % 10_000) * 3;
  const person = opens(stage);
  await worksThere(person, first);
  await stage.until('three programs', () => [0, 1, 2].every((more) => sleeping(first + more).length === 1));
  person.presses('Ctrl-]');
  person.types('z');
  await person.sees('Your shell has the whole window');
  expect(person.modes.alternateScreen).toBe(false);
  person.resizes(90, 28);
  person.types('echo "it is $(stty size)"; exit\r');
  await person.sees('F10 finish', (rows) => (rows[27] ?? '').includes('F10 finish'));
  person.presses('F10');
  await person.sees('Leaving ends the attempt, and puts kind back as it was');
  person.types('q');
  const { exitCode } = await person.ended;
  expect(exitCode).toBe(0);
  expect(person.written).toContain('it is 28 90');
  expect(person.written).toMatch(/set up, restore, close\s*$/);
  expect([0, 1, 2].flatMap((more) => sleeping(first + more))).toEqual([]);
});

scenario('own shells end with a program that is killed, whatever goes on in another', async (stage) => {
  const first = 940_000 + (process.pid % 10_000) * 4;
  const person = opens(stage);
  await worksThere(person, first);
  await stage.until('three programs', () => [0, 1, 2].every((more) => sleeping(first + more).length === 1));
  person.presses('Ctrl-]');
  person.types('c');
  await person.sees('a third terminal', (rows) => rows.some((row) => row.includes('[3 ')));
  person.types(`nohup sleep ${first + 3} >/dev/null &\r`);
  await stage.until('a program that hears of no end', () => sleeping(first + 3).length === 1);
  await person.kills();
  await stage.until('none of the others', () => [0, 1, 2].every((more) => sleeping(first + more).length === 0));
  for (const pid of sleeping(first + 3)) process.kill(pid);
});
