import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JournalHeader } from '../../../src/labs/journal/entry.js';
import { AttemptLock } from '../../../src/labs/journal/lock.js';
import { DamagedJournalError, dropCutEntry, JournalError, readJournal } from '../../../src/labs/journal/reader.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
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

function written(): string {
  const path = join(temporaryFolder(), 'a.jsonl');
  const writer = JournalWriter.create(path, HEADER);
  writer.append({ t: 1_000_000, input: { kind: 'type', terminal: 1, bytes: Uint8Array.of(0, 27, 255) } });
  writer.append({ t: 1_500_000, clock: true });
  writer.append({ t: 2_000_000, hash: 'cafe' });
  writer.append({ t: 2_000_000, mark: 'hint' });
  writer.close();
  return path;
}

test('what was written is read again, bytes included, and numbered', () => {
  const { header, entries, cut } = readJournal(written());
  expect(header).toEqual(HEADER);
  expect(cut).toBe(false);
  expect(entries).toEqual([
    { n: 1, t: 1_000_000, input: { kind: 'type', terminal: 1, bytes: Uint8Array.of(0, 27, 255) } },
    { n: 2, t: 1_500_000, clock: true },
    { n: 3, t: 2_000_000, hash: 'cafe' },
    { n: 4, t: 2_000_000, mark: 'hint' },
  ]);
});

test.skipIf(process.platform === 'win32')('nobody else may read it', () => {
  expect(statSync(written()).mode & 0o777).toBe(0o600);
});

test('an entry is in the file when append returns', () => {
  const path = join(temporaryFolder(), 'a.jsonl');
  const writer = JournalWriter.create(path, HEADER);
  writer.append({ t: 1, clock: true });
  expect(readJournal(path).entries).toHaveLength(1);
  writer.close();
});

test('a journal is never begun over another', () => {
  const path = written();
  const before = readFileSync(path);
  expect(() => JournalWriter.create(path, HEADER)).toThrow(/it is there already/);
  expect(readFileSync(path)).toEqual(before);
});

describe('a last line that was cut', () => {
  test.each([
    ['in the middle', '{"n":5,"t":21'],
    ['before its newline', '{"n":5,"t":2100000,"clock":true}'],
    ['to nothing but a newline', '{"n":5,\n'],
  ])('%s is left out, and the journal goes on behind what was whole', (_, rest) => {
    const path = written();
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, rest);
    const journal = readJournal(path);
    expect(journal).toMatchObject({ cut: true, wholeBytes: Buffer.byteLength(whole) });
    expect(journal.entries).toHaveLength(4);
    dropCutEntry(journal);
    expect(readFileSync(path, 'utf8')).toBe(whole);
    const writer = JournalWriter.resume(path, journal.entries.length, AttemptLock.take(path));
    writer.append({ t: 3_000_000, clock: true });
    writer.close();
    expect(readJournal(path).entries.at(-1)).toEqual({ n: 5, t: 3_000_000, clock: true });
  });

  test('a journal that is whole is not touched', () => {
    const path = written();
    const whole = readFileSync(path, 'utf8');
    dropCutEntry(readJournal(path));
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });
});

describe('what cannot be continued says why and stays as it is', () => {
  test.each<[string, (text: string) => string, RegExp]>([
    [
      'another version',
      (text) => text.replace('"version":1', '"version":3'),
      /it has version 3, and this program reads 1 and 2/,
    ],
    ['another file', () => 'hello\n', /its first line is not that of a journal/],
    ['another JSON file', () => '{"a":1}\n', /its first line is not that of a journal/],
    ['null', () => 'null\n', /its first line is not that of a journal/],
    ['an empty file', () => '', /its first line is not that of a journal/],
    ['a header that was cut', (text) => text.slice(0, 40), /its first line is not that of a journal/],
    ['a header without a seed', (text) => text.replace('"seed":"7",', ''), /its first line says no seed/],
    ['an epoch that is no number', (text) => text.replace('1000000,"started"', '"x","started"'), /says no epoch/],
  ])('%s', (_, damage, reason) => {
    const path = written();
    const damaged = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, damaged);
    expect(() => readJournal(path)).toThrow(JournalError);
    expect(() => readJournal(path)).toThrow(reason);
    expect(() => readJournal(path)).toThrow(path);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  });
});

describe('a journal with a damaged middle', () => {
  test.each<[string, (text: string) => string]>([
    ['a damaged middle', (text) => text.replace('"t":1500000', '"t":15000'.slice(0, 3))],
    ['a line that is missing', (text) => text.replace(/\{"n":2.*\n/, '')],
    ['an input that is none', (text) => text.replace(/"clock":true/, '"input":5')],
    ['an entry of a kind nobody knows', (text) => text.replace(/"clock":true/, '"dream":1')],
    ['an entry without an instant', (text) => text.replace('"t":1500000,', '')],
    ['an entry that is no entry', (text) => text.replace(/\{"n":2.*\n/, 'null\n')],
  ])('%s: is not continued unasked; what is sound is, and the rest is kept aside', (_, damage) => {
    const path = written();
    const text = readFileSync(path, 'utf8');
    const damaged = damage(text);
    writeFileSync(path, damaged);
    expect(() => readJournal(path)).toThrow(DamagedJournalError);
    expect(() => readJournal(path)).toThrow(`The journal ${path} is damaged from line 3 on.`);
    const journal = readJournal(path, 'sound');
    expect(journal).toMatchObject({ cut: true, damagedLine: 3, entries: [{ n: 1 }] });
    expect(readFileSync(path, 'utf8')).toBe(damaged);
    dropCutEntry(journal);
    const sound = text.split('\n').slice(0, 2).join('\n');
    expect(readFileSync(path, 'utf8')).toBe(`${sound}\n`);
    const aside = readdirSync(dirname(path)).filter((name) => name.includes('.damaged-'));
    expect(aside.map((name) => readFileSync(join(dirname(path), name), 'utf8'))).toEqual([
      damaged.slice(sound.length + 1),
    ]);
    expect(readJournal(path).entries).toHaveLength(1);
  });
});

test('a journal that is gone or a folder says so', () => {
  const folder = temporaryFolder();
  expect(() => readJournal(join(folder, 'none.jsonl'))).toThrow(/cannot be continued: there is no such file\. Nothing/);
  expect(() => readJournal(folder)).toThrow(/cannot be continued: it is a folder, not a file\. /);
});
