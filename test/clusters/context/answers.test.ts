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

test('a folder of answers that is a link elsewhere is not read, nor one that is gone, and both are told', () => {
  const answers = new AnswersFolder(join(disk, 'moved'));
  mkdirSync(join(disk, 'home'));
  writeFileSync(join(disk, 'home', 'admin'), 'all');
  expect(answers.refusal()).toBeUndefined();
  rmSync(answers.path, { recursive: true });
  expect([answers.files().size, answers.file(join(answers.path, 'admin')), answers.refusal()]).toEqual([
    0,
    undefined,
    undefined,
  ]);
  symlinkSync(join(disk, 'home'), answers.path);
  expect(answers.file(join(answers.path, 'admin'))).toBeUndefined();
  expect(answers.directory(answers.path)).toBeUndefined();
  expect(answers.files().size).toBe(0);
  answers.put(new Map([['new', Buffer.from('x')]]));
  expect(existsSync(join(disk, 'home', 'new'))).toBe(false);
  expect(answers.refusal()).toBe(
    `The folder of answers is a link that leads elsewhere, and nothing outside of ${answers.path} is read. Put a folder in its place.`,
  );
});

test.each([
  ['out of it', '../outside', 'answers-out/deep/admin is a link that leads elsewhere'],
  ['within it', '../other', undefined],
  ['to nothing', 'nothing', undefined],
])('a link among answers that leads %s', (_, target, words) => {
  const answers = new AnswersFolder(join(disk, 'answers-out'));
  rmSync(answers.path, { recursive: true });
  mkdirSync(join(answers.path, 'deep'), { recursive: true });
  writeFileSync(join(answers.path, 'other'), 'x');
  writeFileSync(join(disk, 'outside'), 'x');
  symlinkSync(target.replace('../outside', '../../outside'), join(answers.path, 'deep', 'admin'));
  expect(answers.refusal()?.split(',')[0]).toBe(words);
});
