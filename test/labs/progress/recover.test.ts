import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JournalHeader } from '../../../src/labs/journal/entry.js';
import { journalPath } from '../../../src/labs/journal/place.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';

const HEADER: JournalHeader = {
  kubedrill: 'journal',
  version: 1,
  program: '0.1.0',
  lab: 'cka/small',
  content: 'abc',
  seed: '7',
  salt: '',
  timing: 'brisk',
  epoch: 1_000_000,
  started: '2026-01-15T09:00:00.000Z',
};
const OPEN = { lab: 'cka/small', content: 'abc', seed: '7', started: HEADER.started, finished: false };

function journal(home: string, id: string, mark: 'hint' | 'graded', header = HEADER): void {
  mkdirSync(join(home, 'journals'), { recursive: true });
  const writer = JournalWriter.create(journalPath(home, id), header);
  writer.append({ t: 1, mark });
  writer.close();
}

test('open attempts that a damaged progress file knew are found again by their journals, and stay', () => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  progress.save({ ...OPEN, id: 'aa', finished: true });
  progress.save({ ...OPEN, id: 'bb' });
  for (const id of ['aa', 'bb', 'cc.damaged-1', 'ee']) journal(home, id, 'hint');
  journal(home, 'dd', 'graded');
  journal(home, 'ab', 'hint', { ...HEADER, exam: 'a' });
  writeFileSync(join(home, 'journals', 'ff.jsonl'), 'no journal');
  const path = join(home, 'progress.json');
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
  const opened = ProgressStore.open(home);
  expect(opened.notices).toEqual([
    expect.stringMatching(/last good copy is used\. 2 unfinished attempts were found again by what was typed\.$/),
  ]);
  const expected = [
    { ...OPEN, id: 'aa', finished: true },
    { ...OPEN, id: 'bb' },
    { ...OPEN, id: 'ee' },
  ];
  expect(opened.progress.attempts).toEqual(expected);
  expect(ProgressStore.open(home)).toMatchObject({ notices: [], progress: { attempts: expected } });
});
