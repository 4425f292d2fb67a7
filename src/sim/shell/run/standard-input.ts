import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { BackToPrompt } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import { readCommand } from '../syntax/reader.js';
import { readLine } from './read-line.js';
import { ended, runCommand } from './steps.js';
import { compileCommand, readOptions, refuse } from './text.js';

/** Runs commands from standard input, taking no line before it is needed: commands may read the rest. */
export function* runStandardInput(shell: Shell): Waiting<number> {
  let text = '';
  let line = 1;
  let status = 0;
  for (;;) {
    const next = yield* nextLine(shell);
    const final = next === undefined;
    if (next !== undefined) text += `${next}\n`;
    if (shell.options.has('verbose') && next !== undefined) yield* shell.write(2, `${next}\n`);
    const verdict = readCommand(text, 0, readOptions(shell, final));
    if (verdict.kind === 'unfinished' && !final) continue;
    if (verdict.kind === 'unfinished' || verdict.kind === 'wrong')
      return yield* refuse(shell, verdict.complaint, text, line - 1, {});
    if (verdict.kind === 'complete') {
      const blank = (/^(?:[ \t\r]*(?:#[^\n]*)?\n)*/.exec(text) as RegExpExecArray)[0];
      try {
        status = yield* runCommand(shell, compileCommand(verdict.text, line + blank.split('\n').length - 1));
      } catch (error) {
        if (!(error instanceof BackToPrompt)) throw error;
        status = ended(shell, error.status);
      }
    }
    line += text.split('\n').length - 1;
    text = '';
    if (final) return status;
  }
}

function* nextLine(shell: Shell): Waiting<string | undefined> {
  try {
    return yield* readLine(shell, 0);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
