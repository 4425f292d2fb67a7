import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { executeLine } from './ex/execute.js';
import type { Editor } from './state/editor.js';
import { Beep, EditorError } from './state/failures.js';
import { DEFAULTS_VIM } from './state/options.js';

/** Lines of settings that need more of vim's language than is here. */
const PROGRAMS =
  /^(?:if|endif|else|elseif|function|endfunction|call|runtime|command|packadd|Plug|for|endfor|while|endwhile|try|endtry|scriptencoding|finish)\b/;

/** Reads ~/.vimrc (or ~/.exrc, or the file of `-u`); without one, what the distribution sets. */
export function* readSettings(editor: Editor, given: string | undefined): Waiting<void> {
  if (given === 'NONE' || given === 'NORC') return;
  const home = editor.sys.environment.get('HOME') ?? '/';
  const paths =
    given && given !== 'DEFAULTS' ? [given] : given ? [] : [`${home}/.vimrc`, `${home}/.vim/vimrc`, `${home}/.exrc`];
  for (const path of paths) {
    const text = contentOf(editor, path);
    if (text === undefined) continue;
    return yield* runSettings(editor, text, path);
  }
  Object.assign(editor.global, DEFAULTS_VIM);
  editor.detectsFileTypes = true;
  editor.fileTypePlugins = true;
  editor.fileTypeIndents = true;
}

function contentOf({ sys }: Editor, path: string): string | undefined {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Runs the commands of a file, as `:source` does; false when it cannot be read. */
export function* sourceFile(editor: Editor, path: string): Waiting<boolean> {
  const text = contentOf(editor, path);
  if (text === undefined) return false;
  yield* runSettings(editor, text, path);
  return true;
}

function* runSettings(editor: Editor, text: string, path: string): Waiting<void> {
  const wrong: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('"') || PROGRAMS.test(trimmed) || /^\\/.test(trimmed)) continue;
    try {
      yield* executeLine(editor, trimmed);
    } catch (error) {
      if (!(error instanceof EditorError || error instanceof Beep)) throw error;
      if (error instanceof EditorError) wrong.push(`line ${String(at + 1).padStart(4)}:`, error.message);
    }
  }
  editor.localDefaultsFrom();
  if (wrong.length > 0) editor.printed.push(`Error detected while processing ${path}:`, ...wrong);
}
