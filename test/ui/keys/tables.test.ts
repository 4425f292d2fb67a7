import { describe, expect, test } from 'vitest';
import { cheatSheet, keyContext } from '../../../src/ui/keys/context.js';
import * as examTables from '../../../src/ui/keys/exam-tables.js';
import * as labTables from '../../../src/ui/keys/lab-tables.js';
import { PALETTE_KEYS } from '../../../src/ui/keys/palette-rows.js';
import { CHECKS_KEYS, MOMENTS_KEYS } from '../../../src/ui/keys/practice-tables.js';
import * as replayTables from '../../../src/ui/keys/replay-tables.js';
import * as tables from '../../../src/ui/keys/tables.js';
import { UNFINISHED_KEYS, WANTED_KEYS } from '../../../src/ui/keys/unfinished-tables.js';
import { lineWidth } from '../../../src/ui/line/line.js';
import { keyBar } from '../../../src/ui/screens/key-bar.js';
import { initialState, type State } from '../../../src/ui/store/state.js';
import { createStore } from '../../../src/ui/store/store.js';
import { EXAM, STANDING } from '../fake-exam.js';
import { CATALOGUE, LAB, NOW } from '../fake-session.js';

const { TERMINAL_KEYS, ...named } = tables;
const all = [
  ...Object.values(named),
  ...Object.values(examTables),
  ...Object.values(labTables),
  ...Object.values(replayTables),
  CHECKS_KEYS,
  MOMENTS_KEYS,
  PALETTE_KEYS,
  UNFINISHED_KEYS,
  WANTED_KEYS,
];

function labState(): State {
  const store = createStore(initialState({ columns: 100, rows: 30 }, CATALOGUE, NOW));
  store.dispatch({ type: 'lab-opened', view: LAB, host: 'cka1', hintsTaken: [] });
  return store.get();
}

test('no key of the terminal’s table stands in the app’s', () => {
  expect(TERMINAL_KEYS.length).toBeGreaterThan(40);
  const own = tables.APP_KEYS.rows.flatMap(({ keys }) => keys);
  expect(TERMINAL_KEYS.filter((key) => own.includes(key))).toEqual([]);
});

test('the app takes F1 to F10 and the leader from the terminal, and nothing else', () => {
  const own = tables.APP_KEYS.rows.flatMap(({ keys }) => keys);
  expect(own).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'ctrl-]']);
});

test('after the leader a letter does what each function key does', () => {
  const byLeader = new Set(tables.LEADER_KEYS.rows.map(({ intent }) => intent));
  const functions = tables.APP_KEYS.rows.filter(({ keys }) => keys[0]?.startsWith('F'));
  expect(functions.filter(({ intent }) => !byLeader.has(intent))).toEqual([]);
});

describe.each(all.map((table) => [table.title, table] as const))('%s', (_, { rows }) => {
  test('no key means two things', () => {
    const keys = rows.flatMap((row) => row.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

test.each([120, 80, 60, 20, 5])('the bottom line never is wider than %i columns', (columns) => {
  for (const leader of [false, true])
    expect(lineWidth(keyBar({ ...labState(), leader }, columns))).toBeLessThanOrEqual(columns);
});

test('what does nothing now is not on the bottom line, and the cheat sheet says why', () => {
  const state = labState();
  const bar = keyBar(state, 200)
    .map(({ text }) => text)
    .join('');
  expect(bar).toBe(' F1 keys  F2 task  F4 layout  F10 finish  Ctrl-] more  Ctrl-] 1–2 types ¹–²');
  const flag = cheatSheet(state)
    .flatMap(({ rows }) => rows)
    .find(({ intent }) => intent === 'flag');
  expect(flag?.disabled?.(state)).toContain('exams');
});

test('while a terminal has the focus everything else goes to it', () => {
  expect(keyContext(labState()).sink).toBe('terminal');
  expect(keyContext({ ...labState(), overlay: { name: 'values', scroll: 0 } }).sink).toBe('nowhere');
});

test('in an exam the terminal has all its keys too, and what exams have is on the bottom line', () => {
  const store = createStore(initialState({ columns: 140, rows: 45 }, CATALOGUE, NOW));
  store.dispatch({ type: 'exam-begun', view: EXAM, standing: STANDING });
  store.dispatch({ type: 'exam-task', number: 4 });
  const { tables: present, sink } = keyContext(store.get());
  const taken = present.flatMap(({ rows }) => rows).flatMap(({ keys }) => keys);
  expect(sink).toBe('terminal');
  expect(TERMINAL_KEYS.filter((key) => taken.includes(key))).toEqual([]);
  const bar = keyBar(store.get(), 140)
    .map(({ text }) => text)
    .join('');
  expect(bar).toContain(
    ' F1 keys  F2 task  F4 layout  F5 flag  F6 F7 task  F8 jump  F9 notes  F10 finish  Ctrl-] more',
  );
});
