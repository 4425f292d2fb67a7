import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleScript } from '../../../scripts/tooling/bundle-script.mjs';
import type { Attempt } from '../../../src/labs/progress/model.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';

const attempt = (id: string): Attempt => ({
  id,
  lab: 'cka/small',
  content: 'abc',
  seed: '7',
  started: '2026-01-15T09:00:00.000Z',
  finished: false,
});

const ids = (home: string): string[] => ProgressStore.open(home).progress.attempts.map(({ id }) => id);

test('two programs at the same time lose nothing of each other', () => {
  const home = temporaryFolder();
  const [one, other] = [ProgressStore.open(home), ProgressStore.open(home)];
  one.save(attempt('a'));
  other.save(attempt('b'));
  one.save({ ...attempt('a'), finished: true });
  expect(ids(home)).toEqual(['b', 'a']);
});

test('two programs that write at the very same time lose nothing of each other', async () => {
  const home = temporaryFolder();
  const script = await bundleScript(join(import.meta.dirname, 'save-many.ts'));
  const saving = ['a', 'b'].map((name) => spawn(process.execPath, [script, home, name, '40'], { stdio: 'inherit' }));
  const codes = await Promise.all(saving.map((program) => once(program, 'exit')));
  expect(codes.map(([code]) => code)).toEqual([0, 0]);
  expect(ids(home)).toHaveLength(80);
  expect(readdirSync(home).sort()).toEqual(['progress.json', 'progress.last-good.json']);
});

test('a file that is damaged while the program runs is set aside, and what was known is written anew', () => {
  const home = temporaryFolder();
  const store = ProgressStore.open(home);
  store.save(attempt('a'));
  store.save(attempt('b'));
  writeFileSync(join(home, 'progress.json'), '{"version":1,"atte');
  store.save(attempt('c'));
  expect(ids(home)).toEqual(['a', 'b', 'c']);
  const aside = readdirSync(home).find((name) => name.startsWith('progress.damaged-')) ?? '';
  expect(readFileSync(join(home, aside), 'utf8')).toBe('{"version":1,"atte');
});

test.skipIf(process.platform === 'win32')('nobody else can read it', () => {
  const home = temporaryFolder();
  ProgressStore.open(home).save(attempt('a'));
  expect(statSync(join(home, 'progress.json')).mode & 0o777).toBe(0o600);
});
