import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HomeError, writableFolder } from '../../src/labs/home.js';
import { temporaryFolder } from './home-folder.js';

test.each([
  ['EROFS', 'its file system is read-only (EROFS)'],
  ['EACCES', 'you may not write there (EACCES)'],
])('a home that cannot be written (%s) is told in words', (code, says) => {
  const cause = Object.assign(new Error(`${code}: some words, access '/home/me'`), { code });
  expect(new HomeError('/home/me', cause).message).toBe(
    `/home/me cannot be written: ${says}. Put that right, or set KUBEDRILL_HOME to a folder of your own.`,
  );
});

test('a home is looked at before anything is kept in it', () => {
  const folder = temporaryFolder();
  expect(() => writableFolder(folder)).not.toThrow();
  expect(() => writableFolder(join(folder, 'none'))).toThrow(HomeError);
});
