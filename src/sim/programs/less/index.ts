import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Line, LineError, readLine } from './command-line.js';
import { runCommands } from './commands.js';
import { type Listed, openDocument } from './files.js';
import { HELP } from './help.js';
import { END_OF_COMMAND, Keyboard } from './keyboard.js';
import { Settings } from './options.js';
import { Session } from './session.js';

const VERSION = 'less 590 (GNU regular expressions)\n';
const MISSING = 'Missing filename ("less --help" for help)\n';

function* run(sys: Sys): Waiting<number> {
  const settings = new Settings();
  let line: Line;
  try {
    line = readLine(settings, sys.environment.get('LESS') ?? '', sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    yield* printError(sys, `${error.message}\n`);
    return 0;
  }
  for (const problem of line.problems) yield* printError(sys, `${problem}\n`);
  if (line.special === 'version') {
    yield* sys.write(1, VERSION);
    return 0;
  }
  if (line.special === 'help' && !sys.terminal(1)) {
    yield* sys.write(1, HELP);
    return 0;
  }
  if (line.files.length === 0 && sys.terminal(0) && line.special !== 'help') {
    yield* printError(sys, MISSING);
    return 0;
  }
  const names = line.files.length > 0 ? line.files : ['-'];
  return sys.terminal(1) ? yield* onTerminal(sys, settings, line, names) : yield* copy(sys, settings, names);
}

/** Without a terminal to show it on: the files as they are. */
function* copy(sys: Sys, settings: Settings, names: readonly string[]): Waiting<number> {
  let shown = false;
  for (const name of names) {
    const document = openDocument(sys, name, settings.on('f'));
    if (typeof document === 'string') {
      yield* sys.write(shown ? 1 : 2, `${document}\n`);
      continue;
    }
    shown = true;
    for (;;) {
      const bytes = yield* sys.read(document.descriptor, 65_536);
      if (bytes.length === 0) break;
      yield* sys.write(1, bytes);
    }
    document.close();
  }
  return 0;
}

function* onTerminal(sys: Sys, settings: Settings, line: Line, names: readonly string[]): Waiting<number> {
  const terminal = keysFrom(sys);
  const keyboard = new Keyboard(sys, terminal);
  const files: Listed[] = names.map((name) => ({ name, start: undefined }));
  const session = new Session(sys, settings, keyboard, terminal, files, line.commands.length > 0);
  keyboard.begin();
  try {
    const told = yield* openFirst(session, line.problems.length > 0);
    if (told === 'none') return 1;
    session.always = line.commands.filter(({ always }) => always).map(({ text }) => text);
    for (const { text } of line.commands) keyboard.push(`${text}${END_OF_COMMAND}`);
    if (told) {
      yield* printError(sys, 'Press RETURN to continue ');
      yield* session.awaitReturn();
      yield* printError(sys, '\n');
    }
    if (line.special === 'help') keyboard.push('h');
    yield* session.measureFile();
    if (!(yield* fitsOneScreen(session))) session.screen.begin();
    const status = yield* runCommands(session);
    if (session.screen.begun || !settings.on('F')) session.screen.clearBottom();
    session.screen.end();
    yield* session.screen.flush();
    return status;
  } finally {
    keyboard.end();
  }
}

/** Keys come from the terminal also when the text comes through standard input. */
function keysFrom(sys: Sys): number {
  try {
    const descriptor = sys.open('/dev/tty', { read: true });
    sys.closeOnExec(descriptor, true);
    return descriptor;
  } catch (error) {
    if (isErrno(error)) return 2;
    throw error;
  }
}

/** Opens the first file that can be; says which cannot. */
function* openFirst(session: Session, problems: boolean): Waiting<'none' | boolean> {
  let told = problems;
  while (session.files.length > 0) {
    const problem = session.open(0);
    if (problem === undefined) return told;
    yield* printError(session.sys, `${problem}\n`);
    session.files.shift();
    told = true;
  }
  return 'none';
}

/** With -F: whether the text needs no screen of its own. */
function* fitsOneScreen(session: Session): Waiting<boolean> {
  const { settings, files, layout, screen } = session;
  if (!settings.on('F') || settings.on('X') || files.length > 1) return false;
  let place = 0;
  for (let rows = 1; rows <= screen.size.rows; rows += 1) {
    const found = yield* layout.forward(place);
    if (!found) return !layout.sawChopped;
    place = found.next;
  }
  return false;
}

/** less 590: shows a text page by page. */
export const less: InstalledProgram = { name: 'less', paths: ['/usr/bin/less', '/usr/bin/pager'], run };
