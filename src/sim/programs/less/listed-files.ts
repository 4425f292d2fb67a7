import { encodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { Document } from './document.js';
import { HELP } from './help.js';
import type { Action } from './keys.js';
import { editFile, saveInput, shellCommand } from './outside.js';
import { expandPrompt, PROMPTS } from './prompt.js';
import type { Session } from './session.js';
import { toggle } from './toggle.js';

type Step = (session: Session) => Waiting<void>;

/** Opens the file so many further in the list; one that cannot be opened is told and passed over. */
function* openFurther(session: Session, step: number): Waiting<void> {
  const direction = step < 0 ? -1 : 1;
  let left = Math.abs(step);
  for (let index = session.current + direction; index >= 0 && index < session.files.length; index += direction) {
    left -= 1;
    if (left > 0) continue;
    const problem = session.open(index);
    if (problem === undefined) return;
    yield* session.error(problem);
    session.newFile = true;
    session.files.splice(index, 1);
    if (direction > 0) index -= 1;
  }
  const which = Math.abs(step) > 1 ? '(N-th) ' : '';
  yield* session.error(`No ${which}${step < 0 ? 'previous' : 'next'} file`);
}

function* openAt(session: Session): Waiting<void> {
  const problem = session.open((session.number > 0 ? session.number : 1) - 1);
  if (problem !== undefined) yield* session.error(problem);
}

function* examine(session: Session): Waiting<void> {
  const text = yield* session.ask({ prompt: 'Examine: ' }, 'examine');
  if (!text) return;
  const other = session.previous === undefined ? undefined : session.files[session.previous]?.name;
  const name = text
    .trim()
    .replace(/^%$/, session.name)
    .replace(/^#$/, other ?? '#');
  const known = session.files.findIndex((file) => file.name === name);
  const index = known >= 0 ? known : session.current + 1;
  if (known < 0) session.files.splice(index, 0, { name, start: undefined });
  const problem = session.open(index);
  if (problem === undefined) return;
  if (known < 0) session.files.splice(index, 1);
  yield* session.error(problem);
  session.newFile = true;
}

function* removeFile(session: Session): Waiting<void> {
  const gone = session.current;
  const next = gone > 0 ? gone - 1 : gone + 1;
  if (session.showsHelp || next >= session.files.length || session.open(next) !== undefined) {
    session.screen.bell();
    return;
  }
  session.files.splice(gone, 1);
  if (session.current > gone) session.current -= 1;
}

function* help(session: Session): Waiting<void> {
  if (session.showsHelp) return;
  const { read, write } = session.sys.pipe();
  // The text is shorter than what a pipe holds.
  yield* session.sys.write(write, encodeText(HELP));
  session.sys.close(write);
  session.takeHelp(new Document(session.sys, read, false));
  yield* session.document.reach(Number.POSITIVE_INFINITY);
}

function* setMark(session: Session, bottom: boolean): Waiting<void> {
  const key = yield* session.askKey(bottom ? 'set mark bottom: ' : 'set mark: ');
  if (key === undefined || /[\r\n\x7f\b]/.test(key)) return;
  if (!/[A-Za-z]/.test(key)) {
    yield* session.error(`Invalid mark letter ${key}`);
    return;
  }
  const rows = session.screen.size.rows;
  const bottomPlace = session.view.place('bottom');
  const top = session.view.top();
  if (bottom && bottomPlace !== undefined) {
    session.marks.set(key, { file: session.name, place: bottomPlace, row: rows - 1 });
  } else if (top) session.marks.set(key, { file: session.name, ...top });
}

function* clearMark(session: Session): Waiting<void> {
  const key = yield* session.askKey('clear mark: ');
  if (key === undefined || session.marks.delete(key)) return;
  session.screen.bell();
}

function* goToMark(session: Session): Waiting<void> {
  const key = yield* session.askKey('goto mark: ');
  if (key === undefined || /[\r\n\x7f\b]/.test(key)) return;
  const { view } = session;
  if (key === '^') return yield* view.jump(0, 0);
  if (key === '$') return yield* view.jumpToEnd();
  const quoted = key === "'" || key === '\x18';
  if (!quoted && !/[A-Za-z]/.test(key)) {
    yield* session.error(`Invalid mark letter ${key}`);
    return;
  }
  const mark = session.marks.get(quoted ? "'" : key) ?? (quoted ? { file: session.name, place: 0, row: 1 } : undefined);
  if (!mark) {
    yield* session.error('Mark not set');
    return;
  }
  if (mark.file !== session.name) {
    const index = session.files.findIndex(({ name }) => name === mark.file);
    const problem = session.open(index);
    if (problem !== undefined) return yield* session.error(problem);
  }
  const top = view.top();
  if (top) session.marks.set("'", { file: session.name, ...top });
  yield* view.jump(mark.place, mark.row);
}

function* state(session: Session): Waiting<void> {
  if (session.showsHelp) return;
  const facts = session.facts();
  if (!session.document.complete && session.document.isFile) yield* session.document.reach(Number.POSITIVE_INFINITY);
  const text = expandPrompt(session.prototype('=', PROMPTS.equals), {
    ...facts,
    size: session.document.length,
    lines: session.document.complete && session.settings.on('n') ? session.document.lines.length : undefined,
    atEnd: session.view.atEnd,
  });
  yield* session.error(text);
}

function* repaint(session: Session): Waiting<void> {
  session.view.trashed = true;
  yield* session.screen.flush();
}

function* reread(session: Session): Waiting<void> {
  session.reopen();
  yield* repaint(session);
}

function* firstCommand(session: Session): Waiting<void> {
  const text = yield* session.ask({ prompt: '+' });
  if (text !== undefined) session.always = text === '' ? [] : [text];
}

function* unavailable(session: Session): Waiting<void> {
  yield* session.error('Command not available');
}

/** The actions on files, marks, options and the world outside. */
export const OTHERS: Partial<Readonly<Record<Action, Step>>> = {
  editor: editFile,
  examine,
  'first-command': firstCommand,
  'first-file': openAt,
  'go-mark': goToMark,
  help,
  mark: (session) => setMark(session, false),
  'mark-bottom': (session) => setMark(session, true),
  'mark-clear': clearMark,
  'next-file': (session) => openFurther(session, session.number > 0 ? session.number : 1),
  pipe: unavailable,
  'previous-file': (session) => openFurther(session, -(session.number > 0 ? session.number : 1)),
  'remove-file': removeFile,
  repaint,
  reread,
  save: saveInput,
  shell: shellCommand,
  state,
  'tell-option': (session) => toggle(session, false),
  toggle: (session) => toggle(session, true),
  version: (session) => session.error('less 590'),
};
