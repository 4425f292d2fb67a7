import type { Waiting } from '../../kernel/wait.js';
import { FINDS } from './find.js';
import { END_OF_COMMAND } from './keyboard.js';
import { type Action, actionOf } from './keys.js';
import { OTHERS } from './listed-files.js';
import { MOVES } from './move.js';
import type { Session } from './session.js';

const QUIT_BY_INTERRUPT = 2;
const ACTIONS = { ...MOVES, ...FINDS, ...OTHERS };

/** Reads and runs commands until one ends less; its exit status. */
export function* runCommands(session: Session): Waiting<number> {
  let oneScreen = session.settings.on('F');
  for (;;) {
    const { keyboard, view, screen, settings } = session;
    session.number = 0;
    if (keyboard.interrupted()) {
      const status = yield* handleSignals(session);
      if (status !== undefined) return status;
    }
    yield* session.measureFile();
    if (keyboard.idle) {
      yield* view.show(session.files[session.current]?.start);
      if (endsHere(session, oneScreen)) return 0;
      if (oneScreen && !screen.begun) screen.begin();
      oneScreen = false;
      session.showPrompt();
      yield* screen.flush();
    }
    let key = yield* keyboard.next();
    while (key === END_OF_COMMAND) key = yield* keyboard.next();
    if (key === undefined) continue;
    if (settings.number('e') === 1 && key === ' ' && view.atEnd && isLast(session)) return 0;
    const action = yield* readAction(session, key);
    if (action === 'quit' && !session.showsHelp) return 0;
    if (action === 'quit') session.leaveHelp();
    else if (action) yield* runAction(session, action);
  }
}

function isLast(session: Session): boolean {
  return !session.showsHelp && session.current + 1 >= session.files.length;
}

/** -E at the end of the last file, or -F when everything is on the first screen. */
function endsHere(session: Session, oneScreen: boolean): boolean {
  const { view, settings, layout } = session;
  if (!isLast(session)) return false;
  if (settings.number('e') === 2 && view.atEnd) return true;
  return oneScreen && view.showsAll && !layout.sawChopped;
}

function* runAction(session: Session, action: Action): Waiting<void> {
  const run = ACTIONS[action];
  const moves = action in MOVES;
  if (moves && !session.view.promptReady) session.screen.clearBottom();
  if (moves && needsScreen(action)) yield* session.view.show(session.files[session.current]?.start);
  if (run) yield* run(session);
}

/** Moves from where one is need a screen that shows something; jumps do not. */
function needsScreen(action: Action): boolean {
  return /^(?:line|half|screen|window)-/.test(action);
}

/** The action that keys mean, with the number before it; undefined for none. */
function* readAction(session: Session, first: string): Waiting<Action | undefined> {
  let keys = first;
  for (;;) {
    const action = actionOf(keys);
    if (action === 'digit') {
      const next = yield* readNumber(session, keys);
      if (next === undefined) return undefined;
      keys = next;
      continue;
    }
    if (action === undefined) {
      session.screen.bell();
      return undefined;
    }
    if (action !== 'prefix') return action;
    session.screen.clearBottom();
    session.screen.put(` ${keys.replace('\x1b', 'ESC').replace('\x18', '^X')}`);
    yield* session.screen.flush();
    session.view.promptReady = false;
    const key = yield* session.keyboard.next();
    if (key === undefined) return undefined;
    keys += key;
  }
}

/** The digits of a number; the key after them, or undefined when the number was rubbed out. */
function* readNumber(session: Session, first: string): Waiting<string | undefined> {
  const text = yield* session.ask({ prompt: ':', initial: first, ends: (key) => !/[\d.\x7f\b]/.test(key) });
  if (text === undefined) return undefined;
  session.number = Math.floor(Number(text)) || 0;
  const key = yield* session.keyboard.next();
  return key === END_OF_COMMAND ? 'g' : key;
}

/** What Ctrl-C, Ctrl-Z and another window size do; a number ends less. */
function* handleSignals(session: Session): Waiting<number | undefined> {
  const { keyboard, screen, view, sys } = session;
  const { signals } = keyboard;
  const stopped = signals.has('TSTP');
  const interrupt = signals.has('INT');
  const gone = signals.has('HUP');
  const resized = signals.has('WINCH') || stopped;
  signals.clear();
  if (gone) return 1;
  if (stopped) {
    screen.clearBottom();
    screen.end();
    yield* screen.flush();
    keyboard.end();
    sys.kill(sys.pid, 'TSTP');
    yield* sys.sleep(1);
    keyboard.begin();
    screen.begin();
  }
  if (resized) {
    if (screen.measure()) {
      session.scrollRows = Math.floor((screen.size.rows + 1) / 2);
      view.resize();
    }
    view.trashed = true;
  }
  return interrupt && session.settings.on('K') ? QUIT_BY_INTERRUPT : undefined;
}
