import { decodeText, encodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { waitForChild } from '../../../kernel/libc/child.js';
import { readAll } from '../../../kernel/libc/streams.js';
import type { ChildOptions, Sys } from '../../../kernel/sys.js';
import { COOKED } from '../../../kernel/terminal.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';

function spawnShell(sys: Sys, command: string | undefined, options: ChildOptions = {}): number {
  const shells = [sys.environment.get('SHELL') ?? '/bin/sh', '/bin/sh'];
  let refused: unknown;
  for (const shell of shells) {
    try {
      return sys.spawn(shell, [shell, ...(command === undefined ? [] : ['-c', command])], options);
    } catch (error) {
      if (!isErrno(error)) throw error;
      refused = error;
    }
  }
  throw new EditorError(`E482: Can't run the shell: ${(refused as Error).message}`);
}

/** Runs a command on the terminal itself; gives its status. */
export function* runOnTerminal(editor: Editor, command: string | undefined): Waiting<number> {
  const { sys } = editor;
  return yield* editor.outside(function* () {
    sys.setTerminalModes(0, COOKED);
    for (const signal of ['INT', 'QUIT'] as const) sys.onSignal(signal, 'ignore');
    if (command !== undefined && !editor.silent) yield* sys.write(1, `:!${command}\n`);
    const status = yield* waitForChild(sys, spawnShell(sys, command));
    if (editor.silent) return status;
    if (status !== 0 && command !== undefined) yield* sys.write(1, `\nshell returned ${status}\n`);
    if (command !== undefined) yield* sys.write(1, '\nPress ENTER or type command to continue');
    return status;
  });
}

/** Runs a command with a text as its input; gives what it wrote, errors included. */
export function* runFilter(
  editor: Editor,
  command: string,
  input: string,
): Waiting<{ output: string; status: number }> {
  const { sys } = editor;
  const [source, sink] = [sys.pipe(), sys.pipe()];
  for (const end of [source.write, sink.read]) sys.closeOnExec(end, true);
  const pid = spawnShell(sys, command, {
    descriptors: new Map([
      [0, source.read],
      [1, sink.write],
      [2, sink.write],
    ]),
  });
  sys.close(source.read);
  sys.close(sink.write);
  sys.onSignal('PIPE', 'ignore');
  sys.thread(() => feed(sys, source.write, input));
  const bytes = yield* readAll(sys, sink.read);
  sys.close(sink.read);
  const status = yield* waitForChild(sys, pid);
  return { output: decodeText(bytes), status };
}

function* feed(sys: Sys, descriptor: number, text: string): Waiting<void> {
  try {
    yield* sys.write(descriptor, encodeText(text));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  sys.close(descriptor);
}

/** `!!` in a command stands for the last command, `%` for the file's name. */
export function expandBang(editor: Editor, command: string): string {
  const expanded = command
    .replace(/(\\?)!/g, (_, escaped: string) => {
      if (escaped) return '!';
      if (editor.lastBang === undefined) throw new EditorError('E34: No previous command');
      return editor.lastBang;
    })
    .replace(/(\\?)%/g, (_, escaped: string) => {
      if (escaped) return '%';
      if (editor.buffer.name === undefined)
        throw new EditorError("E499: Empty file name for '%' or '#', only works with \":p:h\"");
      return editor.buffer.name;
    });
  editor.lastBang = expanded;
  return expanded;
}
