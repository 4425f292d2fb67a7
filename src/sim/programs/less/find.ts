import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import { cellsOf } from './cells.js';
import type { Action } from './keys.js';
import { lineOf, placeOf } from './layout.js';
import { remember } from './move.js';
import { PLAIN_SEARCH, type SearchKind, searchPrompt, toggled, wanted } from './search.js';
import type { Session } from './session.js';

/** Asks for a pattern and searches for it. */
function* askAndFind(session: Session, forward: boolean, pastEnd = false): Waiting<void> {
  let kind: SearchKind = { ...PLAIN_SEARCH, forward, pastEnd };
  const count = session.number > 0 ? session.number : 1;
  const text = yield* session.ask(
    {
      prompt: searchPrompt(kind, false),
      first: (key) => {
        const changed = toggled(kind, key, false);
        if (changed) kind = changed;
        return changed && searchPrompt(kind, false);
      },
    },
    'search',
  );
  if (text === undefined) return;
  session.kind = kind;
  yield* find(session, text, kind, count);
}

/** Searches; an empty pattern is the one before. */
function* find(session: Session, text: string, kind: SearchKind, count: number): Waiting<void> {
  session.screen.clearBottom();
  const again = text === '';
  if (again && !session.wanted) {
    yield* session.error('No previous regular expression');
    return;
  }
  if (!again) {
    const pattern = wanted(text, kind, session.settings);
    if (typeof pattern === 'string') {
      yield* session.error(pattern);
      return;
    }
    session.wanted = pattern;
  }
  session.hidesFound = false;
  session.kind = { ...kind, keep: false };
  yield* session.view.remark();
  if (yield* search(session, kind, count, again)) return;
  if (session.aborted()) return;
  if (kind.pastEnd && (yield* searchOtherFiles(session, kind))) return;
  yield* session.error('Pattern not found');
}

function* search(session: Session, kind: SearchKind, count: number, again: boolean): Waiting<boolean> {
  const { document, view } = session;
  const from = startLine(session, kind.forward, again);
  const line = yield* nthMatch(session, from, kind, count);
  if (line === undefined) return false;
  if (kind.keep) return true;
  const target = placeOf(line);
  if (document.lines.length > 0 && target !== view.place(view.rowIndex(session.targetRow))) {
    remember(session);
    yield* view.jump(target, session.targetRow);
  }
  return true;
}

/** The first line to look at. */
function startLine(session: Session, forward: boolean, again: boolean): number {
  const { view, settings, document } = session;
  if (view.empty) return forward ? 0 : document.lines.length - 1;
  const rows = session.screen.size.rows;
  const mode = settings.number('a');
  let index: number;
  let next = 0;
  if (mode === 1) index = forward ? rows - 1 : 0;
  else if (mode === 2 && !again) index = forward ? 0 : rows - 1;
  else {
    index = view.rowIndex(session.targetRow);
    if (forward) next = 1;
  }
  let place = view.place(index);
  while (place === undefined && index >= 0 && index < rows) {
    index += forward ? 1 : -1;
    place = view.place(index);
  }
  if (place === undefined) return forward ? document.lines.length : -1;
  const whole = place === placeOf(lineOf(place));
  if (forward) return lineOf(place) + (next === 1 || !whole ? 1 : 0);
  return lineOf(place) - (whole ? 1 : 0);
}

function* nthMatch(session: Session, from: number, kind: SearchKind, count: number): Waiting<number | undefined> {
  const { document, sys } = session;
  if (!kind.forward && session.view.empty) yield* document.reach(Number.POSITIVE_INFINITY);
  let left = count;
  let wrapped = false;
  for (let line = from; ; line += kind.forward ? 1 : -1) {
    if (sys.charge(2)) {
      yield PREEMPT;
      if (session.aborted()) return undefined;
    }
    const there = line >= 0 && (yield* document.reach(line));
    if (there === 'interrupted') return undefined;
    if (!there) {
      if (!kind.wrap || wrapped) return undefined;
      wrapped = true;
      line = kind.forward ? -1 : document.lines.length;
      continue;
    }
    if (!lineMatches(session, line)) continue;
    left -= 1;
    if (left === 0) return line;
  }
}

function lineMatches(session: Session, line: number): boolean {
  const text = session.document.lines[line] ?? '';
  const { settings } = session;
  const plain = /[\x1b\b\r]/.test(text)
    ? cellsOf(text, { tab: 8, raw: settings.number('r'), backspaces: settings.number('u') }).plain
    : text;
  if (session.filtering && !session.filters.every((filter) => filter.matches(text))) return false;
  return session.wanted?.matches(plain) ?? false;
}

/** Goes on in the files after this one; back where it was when there is nothing. */
function* searchOtherFiles(session: Session, kind: SearchKind): Waiting<boolean> {
  const home = session.current;
  const step = kind.forward ? 1 : -1;
  for (let index = home + step; index >= 0 && index < session.files.length; index += step) {
    if (session.open(index) !== undefined) continue;
    if (yield* search(session, kind, 1, false)) return true;
  }
  if (session.current !== home) session.open(home);
  return false;
}

function* repeat(session: Session, change: Partial<SearchKind>): Waiting<void> {
  const kind = { ...session.kind, ...change };
  const before = session.kind;
  yield* find(session, '', kind, session.number > 0 ? session.number : 1);
  session.kind = before;
}

/** &: shows only the lines that match; an empty pattern shows all again. */
function* filter(session: Session): Waiting<void> {
  let kind: SearchKind = PLAIN_SEARCH;
  const text = yield* session.ask(
    {
      prompt: searchPrompt(kind, true),
      first: (key) => {
        const changed = toggled(kind, key, true);
        if (changed) kind = changed;
        return changed && searchPrompt(kind, true);
      },
    },
    'search',
  );
  if (text === undefined) return;
  if (text === '') session.filters = [];
  else {
    const pattern = wanted(text, kind, session.settings);
    if (typeof pattern === 'string') {
      yield* session.error(pattern);
      return;
    }
    session.filters.push(pattern);
  }
  session.view.trashed = true;
}

/** ESC-u: hides what is found or shows it again; ESC-U forgets it. */
function* forget(session: Session, whole: boolean): Waiting<void> {
  if (!session.wanted) {
    yield* session.error('No previous regular expression');
    return;
  }
  if (whole) session.wanted = undefined;
  else session.hidesFound = !session.hidesFound;
  yield* session.view.remark();
}

/** The actions that search. */
export const FINDS: Partial<Readonly<Record<Action, (session: Session) => Waiting<void>>>> = {
  search: (session) => askAndFind(session, true),
  'search-back': (session) => askAndFind(session, false),
  'search-files': (session) => askAndFind(session, true, true),
  'search-back-files': (session) => askAndFind(session, false, true),
  again: (session) => repeat(session, {}),
  'again-files': (session) => repeat(session, { pastEnd: true }),
  reverse: (session) => repeat(session, { forward: !session.kind.forward }),
  'reverse-files': (session) => repeat(session, { forward: !session.kind.forward, pastEnd: true }),
  filter,
  'forget-highlight': (session) => forget(session, false),
  'forget-search': (session) => forget(session, true),
};
