import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/labs/journal/entry.js';
import { playable } from '../../../src/labs/playback/playable.js';

const good = { kind: 'resize', terminal: 1, columns: 80, rows: 24 };
const entries = (second: object): JournalEntry[] =>
  [
    { n: 1, t: 10, input: good },
    { n: 2, t: 20, ...second },
    { n: 3, t: 30, clock: true },
  ] as JournalEntry[];

test.each<[string, object, boolean]>([
  ['a key', { input: { kind: 'type', terminal: 1, bytes: new Uint8Array(1) } }, true],
  ['a key without bytes', { input: { kind: 'type', terminal: 1, bytes: 'ls' } }, false],
  ['a terminal', { input: { ...good, kind: 'open-terminal', host: 'a', user: 'b' } }, true],
  ['a terminal of nobody', { input: { ...good, kind: 'open-terminal', host: 'a' } }, false],
  ['a huge terminal', { input: { ...good, rows: 1e9 } }, false],
  ['half a terminal', { input: { ...good, rows: 2.5 } }, false],
  ['an answer', { input: { kind: 'answer', id: 1, answer: { kind: 'nobody' } } }, true],
  ['an answer of nothing', { input: { kind: 'answer', id: 1, answer: null } }, false],
  ['a line of ssh', { input: { kind: 'line', side: 'caller', id: 1 } }, true],
  ['a line of no side', { input: { kind: 'line', side: 'x', id: 1 } }, false],
  ['a request, which no attempt has', { input: { kind: 'request', id: 1, administrator: true } }, false],
  ['an instant before the last', { t: 5, clock: true }, false],
  ['an instant of next year', { t: 1e15, clock: true }, false],
  ['no instant', { t: Number.NaN, clock: true }, false],
  ['a mark', { mark: 'hint' }, true],
])('%s', (_, second, plays) => {
  const found = playable(entries(second), 10, 1000);
  expect(found.senseless).toBe(plays ? undefined : 2);
  expect(found.entries).toHaveLength(plays ? 3 : 1);
});
