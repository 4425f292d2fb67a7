import { expect } from 'vitest';
import { program } from './program.js';
import { scenario } from './scenario.js';

const ESCAPE = '\x1b';
/** A foreground or background colour, alone or among other attributes. */
const COLOUR = /\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m/;

scenario('without a terminal it says what it is, plays the demo as plain text, and ends well', async ({ ran }) => {
  const { status, stdout, stderr } = ran();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('kubedrill');
  expect(stdout).toContain(' drain ');
  expect(stdout).toMatch(/6 of 6 points/);
  expect(stdout).not.toContain(ESCAPE);
});

if (process.platform !== 'win32')
  scenario('a reader that goes away is no failure', async ({ personAt }) => {
    const list = `'${process.execPath}' '${program}' list`;
    const me = personAt({ command: ['bash', '-c', `set -o pipefail; ${list} | head -1; echo "code $?"`] });
    expect(await me.ended).toMatchObject({ exitCode: 0 });
    await me.seesRow('code 0');
    expect(me.rows().filter((row) => row.startsWith('cka/'))).toHaveLength(1);
  });

for (const { name, variables, coloured } of [
  // Without this one the others could pass because colours are looked for in the wrong way.
  { name: 'a terminal with colours', variables: {}, coloured: true },
  { name: 'NO_COLOR', variables: { NO_COLOR: '1' }, coloured: false },
  { name: 'a terminal that is dumb', variables: { TERM: 'dumb' }, coloured: false },
]) {
  scenario(
    `${name}: the screens work ${coloured ? 'in colour' : 'without any colour'}`,
    async ({ environment, personAt }) => {
      const me = personAt({ environment: { ...environment, ...variables } });
      await me.sees('Enter start');
      expect(COLOUR.test(me.written)).toBe(coloured);
      me.presses('Ctrl-C');
      expect(await me.ended).toMatchObject({ exitCode: 0 });
    },
  );
}

scenario('the demo and a shell run at a terminal', async ({ person }) => {
  const demo = person('demo');
  await demo.sees('6 of 6 points');
  expect(await demo.ended).toMatchObject({ exitCode: 0 });
  const shell = person('shell', '--on', 'controlplane', '--seed', '7');
  await shell.sees('candidate@controlplane:~$');
  shell.types('k get no\r');
  await shell.sees('control-plane');
  shell.presses('Ctrl-D');
  expect(await shell.ended).toMatchObject({ exitCode: 0 });
});
