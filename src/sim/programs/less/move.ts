import { isErrno } from '../../kernel/errno.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Action } from './keys.js';
import { lineOf, placeOf } from './layout.js';
import { PROMPTS } from './prompt.js';
import type { Session } from './session.js';

type Move = (session: Session) => Waiting<void>;

/** Rows of a screenful, or what -z or z set. */
function windowRows({ settings, screen }: Session): number {
  const set = settings.number('z');
  return set > 0 ? set : Math.max(1, screen.size.rows + set);
}

function* scrollForward(session: Session): Waiting<void> {
  if (session.number > 0) session.scrollRows = session.number;
  yield* forward(session, session.scrollRows);
}

function* scrollBack(session: Session): Waiting<void> {
  if (session.number > 0) session.scrollRows = session.number;
  yield* session.view.backward(session.scrollRows);
}

function* forward(session: Session, count: number, options = {}): Waiting<void> {
  yield* session.view.forward(count, options);
}

/** Sets the window's size by the number before the command. */
function setWindow(session: Session): void {
  if (session.number > 0) session.settings.setNumber('z', session.number);
}

/** Line N of the file on the target row; without a number, or for 0, line 1 at the top. */
function* goToLine(session: Session, line: number): Waiting<void> {
  const { document, view } = session;
  const reached = yield* document.reach(Math.max(line, 1) - 1);
  if (reached === 'interrupted') return;
  if (!reached && line > document.lines.length && line > 1) {
    yield* session.error(`Cannot seek to line number ${line}`);
    return;
  }
  remember(session);
  yield* view.jump(placeOf(Math.max(line, 1) - 1), line <= 0 ? 0 : session.targetRow);
}

/** Keeps where the person was for `''`. */
export function remember(session: Session): void {
  const top = session.view.top();
  if (top) session.marks.set("'", { file: session.name, ...top });
}

function* goPercent(session: Session): Waiting<void> {
  const { document } = session;
  if (!document.complete) {
    yield* session.busy('Determining length of file');
    yield* document.reach(Number.POSITIVE_INFINITY);
    session.screen.clearBottom();
  }
  const size = document.length;
  if (size === undefined) {
    yield* session.error("Don't know length of file");
    return;
  }
  const percent = Math.min(session.number, 100);
  yield* goByte(session, Math.min(Math.floor((size * percent) / 100), size - 1));
}

function* goByte(session: Session, byte: number): Waiting<void> {
  const { document } = session;
  while (document.bytes <= byte && (yield* document.reach(document.lines.length)) === true);
  const after = document.starts.findIndex((start) => start > byte);
  const line = (after < 0 ? document.lines.length : after) - 1;
  remember(session);
  yield* session.view.jump(placeOf(Math.max(0, line)), session.targetRow);
}

function* goEnd(session: Session): Waiting<void> {
  if (session.number > 0) yield* goToLine(session, session.number);
  else {
    remember(session);
    yield* session.view.jumpToEnd();
  }
}

function* goEndRead(session: Session): Waiting<void> {
  if (session.number > 0) yield* goToLine(session, session.number);
  else if (session.document.isFile) yield* session.view.jumpToEnd();
  else if (session.document.lines.length > 0) {
    yield* session.view.jump(placeOf(session.document.lines.length - 1), session.screen.size.rows - 1);
  }
}

/** F: shows what is added to the file until Ctrl-C; with `until`, until something is found in it. */
function* follow(session: Session, until = false): Waiting<void> {
  const { view, screen, document, keyboard, layout } = session;
  if (session.showsHelp) return;
  screen.clearBottom();
  if (document.isFile) yield* document.grow();
  yield* goEndRead(session);
  view.following = true;
  while (!keyboard.interrupted()) {
    yield* view.show(undefined);
    const behind = view.place('behind') ?? 0;
    const from = document.lines.length;
    if (lineOf(behind) < from) {
      screen.clearBottom();
      const found = yield* layout.forward(behind);
      yield* view.forward(1);
      if (until && found && session.wanted?.matches(found.row.plain)) {
        screen.bell();
        break;
      }
      continue;
    }
    yield* session.busy(session.prototype('w', PROMPTS.waiting));
    yield* awaitMore(session);
  }
  view.following = false;
  view.promptReady = false;
  if (keyboard.signals.has('WINCH') && !session.aborted()) session.keyboard.push('F');
}

function* awaitMore({ sys, document }: Session): Waiting<void> {
  if (!document.complete && !document.isFile) {
    yield* document.reach(document.lines.length);
    return;
  }
  try {
    yield* sys.sleep(SECOND);
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
  }
  if (document.isFile) yield* document.grow();
}

function* shift(session: Session, columns: number): Waiting<void> {
  session.layout.shift = Math.max(0, columns);
  session.view.trashed = true;
  yield* session.screen.flush();
}

/** The longest line on the screen ends at its right edge. */
function* shiftMost(session: Session): Waiting<void> {
  let longest = 0;
  for (let index = 0; index < session.screen.size.rows - 1; index += 1) {
    const place = session.view.place(index);
    const line = place === undefined ? undefined : session.document.lines[lineOf(place)];
    longest = Math.max(longest, line?.length ?? 0);
  }
  const columns = longest - session.screen.size.columns;
  if (columns < session.layout.shift) session.screen.bell();
  else yield* shift(session, columns);
}

function count(session: Session): number {
  return session.number > 0 ? session.number : 1;
}

function screenful(session: Session): number {
  return session.number > 0 ? session.number : windowRows(session);
}

/** The actions that move about in the text. */
export const MOVES: Partial<Readonly<Record<Action, Move>>> = {
  'line-forward': (session) => forward(session, count(session)),
  'line-back': (session) => session.view.backward(count(session)),
  'line-forward-forced': (session) => forward(session, count(session), { force: true }),
  'line-back-forced': (session) => session.view.backward(count(session), { force: true }),
  'half-forward': scrollForward,
  'half-back': scrollBack,
  'screen-forward': (session) => forward(session, screenful(session), { screenful: true }),
  'screen-back': (session) => session.view.backward(screenful(session), { screenful: true }),
  'screen-forward-forced': (session) => forward(session, screenful(session), { force: true }),
  'window-forward': (session) => {
    setWindow(session);
    return forward(session, windowRows(session), { screenful: true });
  },
  'window-back': (session) => {
    setWindow(session);
    return session.view.backward(windowRows(session), { screenful: true });
  },
  follow: (session) => follow(session),
  'follow-until-found': (session) => follow(session, true),
  'go-line': (session) => goToLine(session, session.number),
  'go-end': goEnd,
  'go-end-read': goEndRead,
  'go-percent': goPercent,
  'go-byte': (session) => goByte(session, session.number),
  left: (session) => shift(session, session.layout.shift - session.shiftBy),
  right: (session) => shift(session, session.layout.shift + session.shiftBy),
  'left-most': (session) => shift(session, 0),
  'right-most': shiftMost,
};
