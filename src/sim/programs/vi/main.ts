import { readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { firstNonBlank } from '../editor/characters.js';
import { editOutside } from '../own-editor.js';
import type { ViArguments } from './arguments.js';
import { isEditedByHand, readArguments, UnknownOption } from './arguments.js';
import { executeLine } from './ex/execute.js';
import { openFile, textBuffer } from './ex/file-io.js';
import { setFileType } from './ex/file-type.js';
import { normalKeys, oneCommand } from './normal/normal-mode.js';
import { readSettings, sourceFile } from './settings.js';
import { Editor } from './state/editor.js';
import { Beep, EditorError, Quit } from './state/failures.js';
import { ViTerminal } from './terminal.js';

const VERSION = 'VIM - Vi IMproved 9.1 (2024 Jan 02)\nIncluded patches: 1-16\n';
const USAGE = `Usage: vim [arguments] [file ..]       edit specified file(s)
   or: vim [arguments] -               read text from stdin
   or: vim [arguments] -t tag          edit file where tag is defined
   or: vim [arguments] -q [errorfile]  edit file with first error
`;

/** vi: an editor on the terminal. */
export function* runVi(sys: Sys): Waiting<number> {
  let args: ViArguments;
  try {
    args = readArguments(sys.args);
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    yield* sys.write(
      2,
      `${VERSION.split('\n')[0]}\nUnknown option argument: "${error.option}"\nMore info with: "vim -h"\n`,
    );
    return 1;
  }
  if (args.shows) {
    yield* sys.write(1, args.shows === 'version' ? VERSION : USAGE);
    return 0;
  }
  const outside = isEditedByHand(args)
    ? yield* editOutside(sys, { paths: args.files, readonly: args.readonly })
    : undefined;
  if (outside !== undefined) return outside;
  const editor = new Editor(sys);
  editor.runEx = (line) => executeLine(editor, line);
  editor.runNormal = (keys, asTyped) => normalKeys(editor, keys, asTyped);
  editor.source = (path) => sourceFile(editor, path);
  editor.runOne = () => oneCommand(editor);
  editor.setFileType = (type) => setFileType(editor, type);
  editor.registers.special = (name) => specialRegister(editor, name);
  if (args.readsInput && !sys.terminal(0)) yield* sys.write(2, 'Vim: Reading from stdin...\n');
  const input = args.readsInput ? yield* readAll(sys, 0) : undefined;
  const keys = input && sys.controllingTerminal() ? sys.open('/dev/tty', { read: true, write: true }) : 0;
  const terminal = new ViTerminal(editor, keys);
  yield* terminal.warn();
  try {
    yield* terminal.enter();
    yield* begin(editor, args, input);
    return yield* terminal.run();
  } catch (error) {
    if (error instanceof Quit) return error.status;
    throw error;
  } finally {
    yield* terminal.leave();
  }
}

function* begin(editor: Editor, args: ViArguments, input: Uint8Array | undefined): Waiting<void> {
  editor.readonlyStart = args.readonly;
  yield* readSettings(editor, args.settings);
  editor.files = [...args.files];
  openFile(editor, input ? undefined : args.files[0], args.readonly);
  if (input) textBuffer(editor, input);
  if (args.files.length > 1 && !input)
    editor.printed.push(`${args.files.length} files to edit`, editor.message?.text ?? '');
  for (const command of args.commands) {
    try {
      if (/^\d+$/.test(command)) editor.moveTo(startOf(editor, Number(command) - 1));
      else yield* executeLine(editor, command);
    } catch (error) {
      if (error instanceof EditorError) editor.complain(error.message);
      else if (!(error instanceof Beep)) throw error;
    }
  }
}

function startOf(editor: Editor, wanted: number): { line: number; column: number } {
  const line = Math.max(0, Math.min(wanted, editor.buffer.count - 1));
  return { line, column: firstNonBlank(editor.buffer.line(line)) };
}

function specialRegister(editor: Editor, name: string): string | undefined {
  switch (name) {
    case '%':
      return editor.buffer.name;
    case '#':
      return editor.alternate?.name;
    case '/':
      return editor.search?.pattern;
    case ':':
      return editor.lastCommand;
    case '.':
      return editor.lastInserted === '' ? undefined : editor.lastInserted;
    default:
      return undefined;
  }
}
