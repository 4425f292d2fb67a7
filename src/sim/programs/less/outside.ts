import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { Waiting } from '../../kernel/wait.js';
import { expandPrompt, PROMPTS } from './prompt.js';
import type { Session } from './session.js';

/** Runs a command in the person's shell, off less's screen. `done`: says so, and waits for Return. */
function* runOutside(session: Session, command: string, done: boolean): Waiting<void> {
  const { sys, screen, keyboard } = session;
  screen.clearBottom();
  screen.put(`!${command}\n`);
  screen.end();
  yield* screen.flush();
  keyboard.end();
  // The shell ends by Ctrl-C, less does not.
  sys.onSignal('INT', 'catch');
  yield* awaitShell(session, command);
  keyboard.begin();
  while (sys.takeSignal());
  session.reopen();
  session.newFile = true;
  if (done) {
    screen.put('!done  (press RETURN)');
    yield* screen.flush();
    yield* session.awaitReturn();
    screen.put('\r\n');
  }
  screen.begin();
  session.view.trashed = true;
}

function* awaitShell({ sys, terminal }: Session, command: string): Waiting<void> {
  const shell = sys.environment.get('SHELL') || '/bin/sh';
  const args = command === '' ? [shell] : [shell, '-c', command];
  try {
    const pid = sys.spawn(shell, args, {
      descriptors: new Map([
        [0, terminal],
        [1, 1],
        [2, 2],
      ]),
    });
    yield* waitForChild(sys, pid);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `sh: ${shell}: ${error.message}\n`);
  }
}

/** v: the person's editor on the file, at the line that is shown. */
export function* editFile(session: Session): Waiting<void> {
  if (session.showsHelp) return;
  if (session.name === '-') {
    yield* session.error('Cannot edit standard input');
    return;
  }
  yield* runOutside(session, expandPrompt(PROMPTS.editor, session.facts()), false);
}

/** !: a command; `%` is the file, `#` the one before, `!!` the command before. */
export function* shellCommand(session: Session): Waiting<void> {
  const text = yield* session.ask({ prompt: '!' }, 'shell');
  if (text === undefined) return;
  const past = session.histories.get('run') ?? [];
  const typed = text.startsWith('!') ? (past.at(-1) ?? '') : text;
  const other = session.previous === undefined ? undefined : session.files[session.previous]?.name;
  const command = typed.replace(/\\?[%#]/g, (mark) =>
    mark === '%' ? session.name : mark === '#' ? (other ?? '#') : mark.slice(1),
  );
  session.histories.set('run', [typed]);
  yield* runOutside(session, command, true);
}

/** s: keeps what came from a pipe in a file. */
export function* saveInput(session: Session): Waiting<void> {
  if (session.name !== '-') {
    yield* session.error('Input is not a pipe');
    return;
  }
  const name = yield* session.ask({ prompt: 'log file: ' });
  if (!name) return;
  try {
    const { lines } = session.document;
    session.sys.writeFile(name, lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* session.error(`Cannot write to "${name}"`);
  }
}
