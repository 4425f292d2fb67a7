import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../labs/home-folder.js';
import { SMALL_LAB } from '../labs/lab-text.js';
import { run } from './run.js';

const place = vi.hoisted(() => ({ content: '' }));

vi.mock('../../src/labs/content/find.js', async (original) => {
  const real = await original<typeof import('../../src/labs/content/find.js')>();
  return { ...real, contentFolder: () => place.content };
});

const LEFT_OUT =
  'content/cka/labs/small.yaml is left out: 2 things are wrong with it, and `kubedrill check cka/small` says what.\n';
const ERRORS = [
  'content/cka/labs/small.yaml:8: spec.minutes: must be integer, is string "soon" [wrong-type]',
  'content/cka/labs/small.yaml:7: spec.difficulty: must be <= 5 [out-of-range]',
];

beforeEach(() => {
  place.content = join(temporaryFolder(), 'content');
  cpSync('content', place.content, { recursive: true });
  const broken = SMALL_LAB.replace('minutes: 5', 'minutes: soon').replace('difficulty: 1', 'difficulty: 9');
  writeFileSync(join(place.content, 'cka/labs/small.yaml'), broken);
});

test('`list` shows the labs that can be read, and names the other one once', async () => {
  const { code, stdout, stderr } = await run(['list']);
  expect([code, stderr]).toEqual([0, LEFT_OUT]);
  expect(stdout).toContain('cka/drain-a-node');
  expect(stdout).not.toContain('small');
});

// That it is found and read is what the broken one could prevent; with a wrong draw it ends before it opens a world.
test('`try` of another lab goes on beside it', async () => {
  const { code, stderr } = await run(['try', 'fix-coredns', '--cause', 'cause=none']);
  expect(code).toBe(2);
  expect(stderr.startsWith(`${LEFT_OUT}cause is never "none"; it can be `)).toBe(true);
});

test.each(['cka/small', 'small'])('`try %s` shows what is wrong with it', async (name) => {
  const { code, stdout, stderr } = await run(['try', name]);
  expect([code, stdout]).toEqual([1, '']);
  for (const error of ERRORS) expect(stderr).toContain(error);
});

test('`check` by its id shows what is wrong with it', async () => {
  const { code, stdout, stderr } = await run(['check', 'cka/small']);
  expect([code, stderr]).toEqual([1, '']);
  for (const error of ERRORS) expect(stdout).toContain(error);
});
