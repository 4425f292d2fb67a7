import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readCatalogue, readLabs } from '../../../src/labs/content/find.js';
import { labFiles } from '../../../src/labs/content/lab-files.js';
import { formatProblem } from '../../../src/labs/format/problem.js';
import { temporaryFolder } from '../home-folder.js';
import { SMALL_LAB } from '../lab-text.js';

const UNREADABLE = 'put a file of text in UTF-8 there, no larger than 1 MiB [unreadable-file]';

function write(folder: string, name: string, content: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

test('lines that end as on Windows and a byte order mark make no other lab', () => {
  const folder = temporaryFolder();
  const plain = write(folder, 'a/cka/labs/small.yaml', SMALL_LAB);
  const windows = write(folder, 'b/cka/labs/small.yaml', `\ufeff${SMALL_LAB.replaceAll('\n', '\r\n')}`);
  const [one, other] = [plain, windows].map((file) => readLabs([file]));
  expect(other?.problems).toEqual([]);
  expect(other?.labs[0]?.content).toEqual(one?.labs[0]?.content);
});

test('of two labs with one id the second is told of', () => {
  const folder = temporaryFolder();
  const files = ['a', 'b'].map((name) => write(folder, `${name}/cka/labs/small.yaml`, SMALL_LAB));
  const { labs, problems } = readLabs(files);
  expect(labs.map(({ file }) => file)).toEqual([files[0]]);
  expect(problems.map(formatProblem)).toEqual([
    `${files[1]}:1: metadata.name: cka/small is the name of ${files[0]} too; rename one of them and its file [twin-lab]`,
  ]);
});

test('what cannot be read is a problem and keeps no other lab from being read', () => {
  const folder = temporaryFolder();
  write(folder, 'content/cka/labs/small.yaml', SMALL_LAB);
  write(folder, 'content/cka/labs/notes.txt', 'no lab');
  mkdirSync(join(folder, 'content/cka/labs/folder.yaml'));
  if (process.platform !== 'win32') symlinkSync('nowhere', join(folder, 'content/cka/labs/zlink.yaml'));
  const { labs, problems } = readCatalogue(join(folder, 'content'));
  expect(labs.map(({ id }) => id)).toEqual(['cka/small']);
  expect(problems.map(formatProblem)).toEqual([
    `content/cka/labs/folder.yaml: it is a folder, not a file; ${UNREADABLE}`,
    ...(process.platform === 'win32' ? [] : [`content/cka/labs/zlink.yaml: there is no such file; ${UNREADABLE}`]),
  ]);
});

test('below a folder that is not there are no labs', () => {
  expect(labFiles(join(temporaryFolder(), 'none'))).toEqual({ files: [], problems: [] });
});

test('in a folder of anything only what calls itself a lab is one, and nothing of other people is looked at', () => {
  const folder = temporaryFolder();
  const mine = write(folder, 'mine.yaml', SMALL_LAB);
  const broken = write(folder, 'deep/broken.yml', SMALL_LAB.replace('minutes: 5', '\tminutes: 5'));
  const manifest = write(folder, 'deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n');
  write(folder, 'node_modules/a/lab.yaml', SMALL_LAB);
  write(folder, '.git/lab.yaml', SMALL_LAB);
  expect(labFiles(folder)).toEqual({ files: [broken, mine], problems: [] });
  expect(labFiles(manifest).files).toEqual([manifest]);
});
