import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { program } from './program.js';
import { type Stage, scenario } from './scenario.js';

/** What an interrupted attempt leaves in its folder; made by the first who needs one, for that takes a whole cluster. */
let left: string | undefined;
afterAll(() => {
  if (left !== undefined) rmSync(left, { recursive: true });
});

/** An attempt that a crash ended after a file had been made; gives its journal's path. */
async function interruptedAttempt({ home, person }: Stage): Promise<string> {
  if (left === undefined) {
    const me = person('run', 'cka/drain-a-node', '--seed', '7');
    await me.runs('echo kept > note');
    await me.kills();
    const copy = mkdtempSync(join(tmpdir(), 'kubedrill-interrupted-'));
    cpSync(home, copy, { recursive: true });
    left = copy;
  } else cpSync(left, home, { recursive: true });
  const folder = join(home, 'journals');
  return join(folder, readdirSync(folder)[0] as string);
}

scenario('a truncated progress file is set aside and named, and the catalogue opens', async ({ home, person }) => {
  writeFileSync(join(home, 'progress.json'), '{"version": 1, "attem');
  const me = person();
  await me.sees('was damaged and has been set aside');
  const aside = readdirSync(home).find((name) => name.startsWith('progress.damaged-'));
  expect(me.rows().join('').replace(/\s/g, '')).toContain(aside);
  expect(readFileSync(join(home, aside as string), 'utf8')).toBe('{"version": 1, "attem');
  me.presses('Escape');
  await me.sees('Enter start');
});

scenario('a journal cut in the middle of a line goes on with what was whole', async (stage) => {
  const journal = await interruptedAttempt(stage);
  appendFileSync(journal, '{"n":999,"t":17685');
  const me = stage.person();
  await me.sees('Go on with');
  me.presses('Enter');
  await me.runs('clear; cat note');
  await me.seesRow('kept');
});

/** What is done to a journal, and what the screen then says of it. */
const DAMAGES: readonly { damage: (text: string) => string; says: string }[] = [
  { damage: (text) => text.replace('"version":1', '"version":99'), says: 'has version 99' },
  { damage: (text) => text.replace(/"program":"[^"]*"/, '"program":"9.9.9"'), says: 'kubedrill 9.9.9 wrote it' },
  { damage: (text) => text.replace(/\n.*\n/, '\n{"n":1,\n'), says: 'is damaged from line 2 on' },
  { damage: () => '', says: 'not that of a journal' },
];

scenario('a journal of another version or program, damaged or emptied, is kept as it is and named', async (stage) => {
  const journal = await interruptedAttempt(stage);
  const whole = readFileSync(journal, 'utf8');
  const solid = (text: string): string => text.replace(/\s/g, '');
  for (const { damage, says } of DAMAGES) {
    const damaged = damage(whole);
    expect(damaged).not.toBe(whole);
    writeFileSync(journal, damaged);
    const me = stage.person();
    await me.sees('Go on with');
    me.presses('Enter');
    await me.sees(says, (rows) => solid(rows.join('')).includes(solid(says)));
    expect(solid(me.rows().join(''))).toContain(journal);
    expect(me.written).not.toMatch(/ at .*\.js:\d+/);
    me.presses('Enter');
    await me.sees('Enter start');
    expect(readFileSync(journal, 'utf8')).toBe(damaged);
    await me.kills();
  }
});

scenario('a journal that is gone is said to be gone', async (stage) => {
  const journal = await interruptedAttempt(stage);
  rmSync(journal);
  const me = stage.person();
  await me.sees('Go on with');
  me.presses('Enter');
  await me.sees('could not be opened');
  expect(me.rows().join('').replace(/\s/g, '')).toContain(journal);
});

scenario('a folder that cannot be written is named, with what to do', async ({ home, personAt }) => {
  // A file where the folder should be: nobody can write there, not even root.
  writeFileSync(join(home, 'a-file'), '');
  const environment = { ...process.env, KUBEDRILL_HOME: join(home, 'a-file', 'below') };
  const me = personAt({ environment });
  expect(await me.ended).toMatchObject({ exitCode: 1 });
  expect(me.rows().join('')).toContain('KUBEDRILL_HOME');
  expect(me.written).not.toMatch(/ at .*\.js:\d+/);
});

if (process.platform !== 'win32')
  scenario('a journal that cannot grow ends the attempt with a clear word', async ({ home, personAt }) => {
    // A limit on the size of files does what a full disk does: the next byte is refused.
    const words = [process.execPath, program, 'run', 'cka/drain-a-node', '--seed', '7'].map((word) => `'${word}'`);
    const me = personAt({ command: ['sh', '-c', `trap '' XFSZ; ulimit -f 32; exec ${words.join(' ')}`] });
    await me.runs('echo kept > note');
    me.types(`: ${'x'.repeat(30_000)}`);
    await me.sees('This attempt cannot go on');
    expect(me.rows().join('').replace(/\s/g, '')).toContain(join(home, 'journals'));
    expect(me.rows().join(' ')).toContain('KUBEDRILL_HOME');
    // What is pressed just when the error comes was meant for the terminal, and does nothing.
    const pressed = setInterval(() => me.presses('Escape'), 500);
    await me.sees('Enter start').finally(() => clearInterval(pressed));
    me.types('q');
    expect(await me.ended).toMatchObject({ exitCode: 0 });
    expect(me.written).not.toMatch(/ at .*\.js:\d+/);
  });
