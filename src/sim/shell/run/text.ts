import type { Script } from 'unbash';
import { parse } from 'unbash';
import type { Waiting } from '../../kernel/wait.js';
import type { Dialect } from '../state/dialect.js';
import { BackToPrompt, CommandFailure, ShellExit } from '../state/failures.js';
import type { Command, Shell } from '../state/shell.js';
import { readCommand } from '../syntax/reader.js';
import type { Complaint, ReadOptions } from '../syntax/verdict.js';
import { compileScript } from './compile.js';
import { mayBecome } from './pipeline.js';
import { ended, runCommand } from './steps.js';
import { onlyProgram } from './substitutions.js';

/** How a text's commands are run. */
export interface TextOptions {
  /** The line its first character stands on; 1 unless said. */
  readonly line?: number;
  /** What messages about its syntax name: `eval`, `-c`. */
  readonly name?: string;
  /** Whether a line that was given up ends only that line, as in a script. */
  readonly keepsGoing?: boolean;
}

/** How the reader shall read for this shell. */
export function readOptions(shell: Shell, final: boolean): ReadOptions {
  const aliases = shell.options.on('expand_aliases') ? shell.aliases : undefined;
  const language = shell.dialect && { language: shell.dialect.language };
  return { aliases, extglob: shell.options.on('extglob'), final, ...language };
}

/** Makes one complete command ready. */
export function compileCommand(text: string, line: number): Command {
  return compileScript(parse(text), text, line);
}

/** Runs the commands of a text, each read when those before it have run. Gives the last one's status. */
export function* runText(shell: Shell, text: string, options: TextOptions = {}): Waiting<number> {
  const base = (options.line ?? 1) - 1;
  const mayReplace = shell.mayReplace;
  shell.mayReplace = false;
  let status = 0;
  let at = 0;
  while (at < text.length) {
    const verdict = readCommand(text, at, readOptions(shell, true));
    if (verdict.kind === 'empty') break;
    if (verdict.kind === 'wrong' && verdict.complaint.goesOn) {
      status = yield* refuse(shell, verdict.complaint, text, base, options);
      at = verdict.end;
      continue;
    }
    if (verdict.kind !== 'complete') return yield* refuse(shell, verdict.complaint, text, base, options);
    for (const warning of verdict.warnings) yield* warn(shell, warning, base);
    if (shell.options.has('verbose')) yield* shell.write(2, text.slice(at, verdict.end));
    const start = at + (/^(?:[ \t\r]*(?:#[^\n]*)?\n)*/.exec(text.slice(at)) as RegExpExecArray)[0].length;
    at = verdict.end;
    const line = base + 1 + countLines(text, start);
    try {
      if (!shell.options.has('noexec')) {
        const script = parse(verdict.text);
        shell.mayReplace = mayReplace && text.slice(at).trim() === '' && mayBecome(shell, onlyProgram(script));
        status = yield* runCommand(shell, compileOrFail(script, verdict.text, line));
      }
    } catch (error) {
      if (!(error instanceof BackToPrompt) || !options.keepsGoing) throw error;
      status = ended(shell, error.status);
    }
  }
  return ended(shell, status);
}

function compileOrFail(script: Script, text: string, line: number): Command {
  try {
    return compileScript(script, text, line);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return function* (shell) {
      shell.line = line;
      yield* shell.complain(error.message);
      throw new BackToPrompt(error.status);
    };
  }
}

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function* warn(shell: Shell, { line, words }: Complaint, base: number): Waiting<void> {
  shell.line = base + line;
  yield* shell.complain(words);
}

/** Says what is wrong with a text's syntax, in bash's words. */
export function* refuse(
  shell: Shell,
  complaint: Complaint,
  text: string,
  base: number,
  options: TextOptions,
): Waiting<number> {
  if (shell.dialect) return yield* refuseAs(shell, complaint, base, text, shell.dialect);
  const name = options.name === undefined ? '' : `${options.name}: `;
  const prefix =
    shell.interactive && options.name === undefined
      ? `${shell.sourceName}: `
      : `${shell.sourceName}: ${name}line ${base + complaint.line}: `;
  if (complaint.words) yield* shell.write(2, `${prefix}${complaint.words}\n`);
  if (complaint.showsLine && !(shell.interactive && options.name === undefined)) {
    yield* shell.write(2, `${prefix}\`${text.split('\n')[complaint.line - 1] ?? ''}'\n`);
  }
  return complaint.status === 'same' ? shell.status : ended(shell, complaint.status);
}

/** The same in ash and dash, for whom it is the end unless there is a prompt. */
function* refuseAs(
  shell: Shell,
  { line, found }: Complaint,
  base: number,
  text: string,
  dialect: Dialect,
): Waiting<number> {
  // A last line without its newline has not been counted yet where they notice the end.
  const early = found?.what === 'end of file' && !text.endsWith('\n') ? 1 : 0;
  shell.line = Math.max(1, base + line - early);
  yield* shell.write(2, `${dialect.line(shell, { words: dialect.syntaxError(found) })}\n`);
  throw shell.interactive ? new BackToPrompt(2) : new ShellExit(2);
}
