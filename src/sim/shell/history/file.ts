import { isErrno } from '../../kernel/errno.js';
import { bytesToText, textToBytes } from '../format/byte-text.js';
import { SHELL_LIMITS } from '../state/failures.js';
import type { Shell } from '../state/shell.js';

/** The file that history is kept in; undefined: nowhere. */
export function historyFile(shell: Shell): string | undefined {
  return shell.variables.get('HISTFILE') || undefined;
}

/** Reads the lines of a history file into the list. */
export function readHistory(shell: Shell, path: string): void {
  try {
    const lines = bytesToText(shell.sys.readFile(path))
      .split('\n')
      .filter((line) => line !== '' && !/^#\d+$/.test(line));
    for (const line of lines) push(shell, line);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Writes the list to a file, cut to HISTFILESIZE. */
export function writeHistory(shell: Shell, path: string): void {
  const size = shell.variables.get('HISTFILESIZE');
  const limit = size !== undefined && /^\d+$/.test(size) ? Number(size) : SHELL_LIMITS.history_lines;
  const lines = limit === 0 ? [] : shell.history.slice(-limit);
  try {
    shell.sys.writeFile(path, textToBytes(lines.map((line) => `${line}\n`).join('')), 0o600);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Remembers a line as HISTCONTROL and HISTIGNORE say. */
export function remember(shell: Shell, line: string): void {
  if (line.trim() === '') return;
  const control = (shell.variables.get('HISTCONTROL') ?? '').split(':');
  const both = control.includes('ignoreboth');
  if ((both || control.includes('ignorespace')) && /^\s/.test(line)) return;
  if ((both || control.includes('ignoredups')) && shell.history.at(-1) === line) return;
  if (control.includes('erasedups')) shell.history = shell.history.filter((entry) => entry !== line);
  const ignored = shell.variables.get('HISTIGNORE')?.split(':') ?? [];
  if (ignored.includes(line) || (ignored.includes('&') && shell.history.at(-1) === line)) return;
  push(shell, line);
}

function push(shell: Shell, line: string): void {
  shell.history.push(line);
  const size = shell.variables.get('HISTSIZE');
  const limit = size !== undefined && /^\d+$/.test(size) ? Number(size) : SHELL_LIMITS.history_lines;
  while (shell.history.length > limit) {
    shell.history.shift();
    shell.historyBase += 1;
  }
}
