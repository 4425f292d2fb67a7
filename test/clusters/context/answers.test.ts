import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AnswersFolder } from '../../../src/clusters/context/answers.js';

const disk = mkdtempSync(join(tmpdir(), 'kd-answers-'));
afterAll(() => rmSync(disk, { recursive: true }));

test('what comes from a workstation stays in the folder of answers, and puts nothing in the place of something else', () => {
  const answers = new AnswersFolder(join(disk, 'answers'));
  mkdirSync(join(disk, 'private'));
  symlinkSync(join(disk, 'private'), join(answers.path, 'link'));
  writeFileSync(join(answers.path, 'file'), 'mine');
  mkdirSync(join(answers.path, 'folder'));
  const names = ['a/b/cause', '../escaped', 'link/new/cause', 'link', 'file/below', 'folder'];
  answers.put(new Map(names.map((name) => [name, Buffer.from(name)])));
  expect([...answers.files().keys()].sort()).toEqual(['a/b/cause', 'file']);
  expect(readFileSync(join(answers.path, 'file'), 'utf8')).toBe('mine');
  expect([existsSync(join(disk, 'escaped')), existsSync(join(disk, 'private', 'new'))]).toEqual([false, false]);
});
