import { goQuote } from '../../api/go-text.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

const VARIABLES = ['KUBE_EDITOR', 'EDITOR'];

/** Throws for output formats that nobody could edit. */
export function refuseUneditable(output: string): void {
  if (['', 'json', 'kyaml', 'yaml'].includes(output)) return;
  throw new CommandError(
    `unable to match a printer suitable for the output format ${goQuote(output)}, allowed formats are: json,kyaml,yaml`,
  );
}

/** The editor's command line: what the environment says, else vi; quotes are left to a shell. */
function editorWords({ sys }: Session): string[] {
  const editor = VARIABLES.map((name) => sys.environment.get(name) ?? '').find((text) => text !== '') ?? 'vi';
  if (!editor.includes(' ')) return [editor];
  if (!/["'\\]/.test(editor)) return editor.split(' ');
  return [sys.environment.get('SHELL') || '/bin/bash', '-c', editor];
}

/** Puts a text into a fresh temporary file and lets the editor at it. Throws when the editor fails. */
export function* editInFile(
  session: Session,
  text: string,
  extension: string,
): Waiting<{ text: string; path: string }> {
  const { sys } = session;
  const folder = sys.environment.get('TMPDIR') || '/tmp';
  const path = `${folder}/kubectl-edit-${sys.random().uint32()}${extension}`;
  sys.writeFile(path, text, 0o600);
  const words = editorWords(session);
  const isShell = words[1] === '-c';
  const args = isShell ? [...words.slice(0, 2), `${words[2]} ${JSON.stringify(path)}`] : [...words, path];
  const program = findProgram(session, words[0] as string);
  if (program === undefined) throw new CommandError(`unable to launch the editor ${JSON.stringify(words.join(' '))}`);
  const status = yield* waitForChild(sys, sys.spawn(program, args));
  if (status !== 0) throw new CommandError(`there was a problem with the editor ${JSON.stringify(words.join(' '))}`);
  return { text: decodeText(sys.readFile(path)), path };
}

/** The path of a program, looked for as a shell does. */
export function findProgram({ sys }: Session, name: string): string | undefined {
  const candidates = name.includes('/')
    ? [name]
    : (sys.environment.get('PATH') ?? '').split(':').map((folder) => `${folder}/${name}`);
  return candidates.find((path) => {
    try {
      sys.access(path, { execute: true });
      return sys.stat(path).type === 'file';
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  });
}
