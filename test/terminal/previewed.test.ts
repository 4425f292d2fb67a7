import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { contentFolder } from '../../src/labs/content/find.js';
import { scenario } from './scenario.js';

scenario('a preview looks at the checks after each step, tells of a save, and keeps nothing', async (stage) => {
  const file = join(stage.home, 'fix-coredns.yaml');
  copyFileSync(join(contentFolder(), 'cka', 'labs', 'fix-coredns.yaml'), file);
  const cause = ['--seed', '3', '--cause', 'cause=deployment/coredns'];
  const me = stage.personAt({ columns: 120, rows: 40 }, 'preview', file, ...cause);
  await me.sees('Checks 0 of 6 points');
  me.presses('F6');
  await me.sees('coredns   0/0');
  me.presses('F6');
  await me.sees('deployment.apps/coredns scaled');
  await me.sees('Checks 4 of 6 points');
  // As editors save: a new file takes the old one's place.
  writeFileSync(`${file}.new`, readFileSync(file, 'utf8').replace('points: 3', 'poinst: 3'));
  renameSync(`${file}.new`, file);
  await me.sees('unknown field');
  me.presses('F8');
  await me.sees('The file cannot be opened as it is');
  me.presses('Escape');
  await me.sees('Checks 4 of 6 points');
  me.presses('F10');
  await me.sees('Finish this attempt?');
  me.types('q');
  expect((await me.ended).exitCode).toBe(0);
  expect(existsSync(join(stage.home, 'progress.json'))).toBe(false);
  expect(existsSync(join(stage.home, 'journals'))).toBe(false);
});
