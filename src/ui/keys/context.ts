import type { Overlay, State } from '../store/state.js';
import * as exams from './exam-tables.js';
import type { KeyRow, KeyTable } from './key-row.js';
import * as labs from './lab-tables.js';
import { fillsGap, reviewTable } from './learn-context.js';
import * as learn from './learn-tables.js';
import { LINEAR_KEYS } from './linear-tables.js';
import { PALETTE_KEYS } from './palette-rows.js';
import { CHECKS_KEYS, MOMENTS_KEYS } from './practice-tables.js';
import { ASK_KEYS } from './real-tables.js';
import { REPLAY_KEYS } from './replay-tables.js';
import { SCROLL } from './scroll-rows.js';
import * as tables from './tables.js';
import { UNFINISHED_KEYS, WANTED_KEYS } from './unfinished-tables.js';

/** Where keys go that stand in none of the present tables. */
export type KeySink =
  | 'terminal'
  /** A terminal that is not there yet: what would be for it is kept. */
  | 'terminal-to-come'
  | 'text-box'
  /** What is written without a box: the notepad of an exam, the gap of a card, what is looked for in the terminal. */
  | 'notes'
  | 'nowhere';

/** The tables that hold now, the nearest first, and where everything else goes. */
export interface KeyContext {
  readonly tables: readonly KeyTable[];
  readonly sink: KeySink;
}

/** What lies over a screen and is written into. */
const WRITTEN: readonly Overlay['name'][] = ['notes', 'palette'];

/** What keys mean in a state. */
export function keyContext(state: State): KeyContext {
  const own = ownContext(state);
  const atTerminal = own.sink === 'terminal' || own.sink === 'terminal-to-come';
  return state.size.bare && !atTerminal ? { ...own, tables: [...own.tables, LINEAR_KEYS] } : own;
}

function ownContext(state: State): KeyContext {
  if (state.leader)
    return { tables: [state.lab?.lesson ? learn.LESSON_LEADER_KEYS : tables.LEADER_KEYS], sink: 'nowhere' };
  if (state.overlay !== null)
    return { tables: [overlayTable(state.overlay)], sink: WRITTEN.includes(state.overlay.name) ? 'notes' : 'nowhere' };
  switch (state.screen.name) {
    case 'catalogue':
      return state.catalogue.searching
        ? { tables: [tables.SEARCH_KEYS], sink: 'text-box' }
        : { tables: [tables.CATALOGUE_KEYS], sink: 'nowhere' };
    case 'lessons':
      return { tables: [learn.LESSONS_KEYS], sink: 'nowhere' };
    case 'review':
      return { tables: [reviewTable(state)], sink: fillsGap(state) ? 'notes' : 'nowhere' };
    case 'progress':
      return { tables: [tables.PROGRESS_KEYS], sink: 'nowhere' };
    case 'loading':
      return { tables: [tables.LOADING_KEYS], sink: state.screen.opens ? 'terminal-to-come' : 'nowhere' };
    case 'report':
      return { tables: [state.lab?.task === undefined ? tables.REPORT_KEYS : exams.EXAM_REPORT_KEYS], sink: 'nowhere' };
    case 'replay':
      return { tables: [REPLAY_KEYS], sink: 'nowhere' };
    case 'exam-start':
      return { tables: [exams.EXAM_START_KEYS], sink: 'nowhere' };
    case 'exam-result':
      return { tables: [exams.EXAM_RESULT_KEYS], sink: 'nowhere' };
    case 'error':
      return { tables: [tables.ERROR_KEYS], sink: 'nowhere' };
    case 'lab':
      return labContext(state);
  }
}

/** The row of a key, when it has one. */
export function findRow({ tables: present }: KeyContext, key: string): KeyRow | undefined {
  for (const { rows } of present) {
    const row = rows.find(({ keys }) => keys.includes(key));
    if (row) return row;
  }
  return undefined;
}

/** Whether a key is the app's on the lab screen, whatever has the focus. */
export function isAppKey(key: string): boolean {
  return tables.APP_KEYS.rows.some(({ keys }) => keys.includes(key));
}

/** What keys do when the terminal has not the focus; how one scrolls is said once. */
const ON_THE_LAB_SCREEN: readonly KeyTable[] = [
  labs.TASK_KEYS,
  labs.SCROLLBACK_KEYS,
  { ...labs.FOUND_KEYS, rows: labs.FOUND_KEYS.rows.filter((row) => !SCROLL.includes(row)) },
];

/** The tables a cheat sheet shows in a state. */
export function cheatSheet(state: State): readonly KeyTable[] {
  if (state.screen.name === 'lab' && state.lab?.lesson)
    return [learn.LESSON_KEYS, learn.LESSON_LEADER_KEYS, ...ON_THE_LAB_SCREEN];
  const preview = state.lab?.author ? [tables.AUTHOR_KEYS] : [];
  if (state.screen.name === 'lab') return [...preview, ...appAndLeader(preview), ...ON_THE_LAB_SCREEN];
  return keyContext({ ...state, overlay: null, leader: false }).tables;
}

/**
 * Two ways to one thing stand in one row, of the leader's the first; what only the leader does has a table of its own.
 * Keys that tables before these take are theirs.
 */
function appAndLeader(before: readonly KeyTable[]): readonly KeyTable[] {
  const { APP_KEYS, LEADER_KEYS } = tables;
  const afterLeader = (intent: KeyRow['intent']): string[] =>
    LEADER_KEYS.rows
      .filter((row) => row.intent === intent)
      .flatMap(({ keys }) => keys.slice(0, 1).map((key) => `leader ${key}`));
  const taken = new Set(before.flatMap(({ rows }) => rows).flatMap(({ keys }) => keys));
  const own = APP_KEYS.rows.filter(({ keys }) => !keys.some((key) => taken.has(key)));
  const rows = own.map((row) => ({ ...row, keys: [...row.keys, ...afterLeader(row.intent)] }));
  const shown = new Set(rows.map(({ intent }) => intent));
  return [
    { ...APP_KEYS, rows },
    { ...LEADER_KEYS, rows: LEADER_KEYS.rows.filter(({ intent }) => !shown.has(intent)) },
  ];
}

function labContext({ lab }: State): KeyContext {
  const always = lab?.lesson
    ? [learn.LESSON_KEYS]
    : lab?.author
      ? [tables.AUTHOR_KEYS, tables.APP_KEYS]
      : [tables.APP_KEYS];
  switch (lab?.focus) {
    case 'task':
      return { tables: [labs.TASK_KEYS, ...always], sink: 'nowhere' };
    case 'scrollback':
      return { tables: [labs.SCROLLBACK_KEYS, ...always], sink: 'nowhere' };
    case 'find':
      return { tables: [labs.FIND_KEYS, ...always], sink: 'notes' };
    case 'found':
      return { tables: [labs.FOUND_KEYS, ...always], sink: 'nowhere' };
    default:
      return { tables: always, sink: 'terminal' };
  }
}

function overlayTable(overlay: Overlay): KeyTable {
  switch (overlay.name) {
    case 'help':
      return tables.HELP_KEYS;
    case 'hints':
      return tables.HINTS_KEYS;
    case 'confirm':
      return tables.CONFIRM_KEYS;
    case 'notice':
      return overlay.offers === 'nothing' ? tables.VALUES_KEYS : tables.NOTICE_KEYS;
    case 'checks':
      return CHECKS_KEYS;
    case 'moments':
      return MOMENTS_KEYS;
    case 'ask':
      return ASK_KEYS;
    case 'unfinished':
      return overlay.wanted ? WANTED_KEYS : overlay.dropping ? exams.DROP_KEYS : UNFINISHED_KEYS;
    case 'jump':
      return exams.JUMP_KEYS;
    case 'notes':
      return exams.NOTES_KEYS;
    case 'palette':
      return PALETTE_KEYS;
    case 'links':
    case 'values':
      return tables.VALUES_KEYS;
  }
}
