import { expect } from 'vitest';
import { scenario } from './scenario.js';

scenario('a killed program has lost nothing that stood on the screen', async ({ person }) => {
  const before = person('run', 'cka/drain-a-node', '--seed', '7');
  await before.runs('echo kept > note; date +%s > then; cat note then');
  await before.runs('k create ns half-way');
  before.types('echo not yet ent');
  await before.sees('$ echo not yet ent');
  const [then] = before.rows().filter((row) => /^\d{10}$/.test(row));
  expect(then).toBeDefined();
  before.presses('Ctrl-]');
  before.types('c');
  await before.sees('[2 cka');
  await before.enters('k get ns -w -o name');
  await before.sees('namespace/half-way');
  await before.kills();

  const after = person();
  await after.sees('Go on with');
  after.presses('Enter');
  // In front is the terminal that was typed in last.
  await after.sees('[2 cka');
  await after.seesRow('namespace/half-way');
  after.presses('Ctrl-]');
  after.types('\t');
  await after.sees('$ echo not yet ent');
  await after.sees('namespace/half-way created');
  expect(after.rows()).toContain(then);
  after.types('ered');
  await after.sees('$ echo not yet entered');
  after.presses('Enter');
  await after.seesRow('not yet entered');
  await after.runs('clear; cat note then; k get ns half-way -o name');
  for (const row of ['kept', then, 'namespace/half-way']) expect(after.rows()).toContain(row);
  await after.runs('k create ns the-other-way');
  after.presses('Ctrl-]');
  after.types('\t');
  await after.seesRow('namespace/the-other-way');
});

scenario('a program killed in the middle of a flood goes on where it was', async ({ person }) => {
  const before = person('run', 'cka/drain-a-node', '--seed', '7');
  await before.runs('echo kept > note');
  await before.enters('yes');
  await before.sees('rows of y', (rows) => rows.filter((row) => row === 'y').length > 10);
  await before.kills();

  const after = person();
  await after.sees('Go on with');
  after.presses('Enter');
  await after.sees('rows of y', (rows) => rows.filter((row) => row === 'y').length > 10);
  after.presses('Ctrl-C');
  await after.runs('clear; cat note');
  await after.seesRow('kept');
});
