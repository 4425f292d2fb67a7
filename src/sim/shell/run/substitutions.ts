import type { ParsedScript } from 'unbash';
import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { SubstitutionMaker, WordContext } from '../expand/compile-word.js';
import { SourceLines } from '../expand/source-lines.js';
import { expandSingle } from '../expand/word.js';
import { bytesToText } from '../format/byte-text.js';
import { CommandFailure } from '../state/failures.js';
import type { Command, Shell } from '../state/shell.js';
import { nextChange } from './foreground.js';
import { enterSubshell, mayBecome } from './pipeline.js';
import { readBytes } from './read-line.js';
import { compileRedirections } from './redirections.js';
import { runCommand } from './steps.js';

const HIGHEST_DESCRIPTOR = 63;

/** Makes command and process substitutions out of scripts that `compile` makes ready. */
export function createSubstitutions(
  compile: (script: ParsedScript, context: WordContext) => Command,
): SubstitutionMaker {
  return {
    capture(script, context, text) {
      const inside = own(script, context);
      const file = fileOnly(script, inside);
      if (file) return file;
      const command = compile(script, inside);
      const program = onlyProgram(script);
      const aliased = readAnew(script.source ?? insideOf(text));
      return (shell) => (mayHaveAliases(shell) ? capture(shell, aliased, undefined) : capture(shell, command, program));
    },
    process(script, context, operator, text) {
      const command = compile(script, own(script, context));
      const program = onlyProgram(script);
      const aliased = readAnew(text.slice(2, -1));
      return (shell) =>
        mayHaveAliases(shell)
          ? openProcess(shell, aliased, operator, undefined)
          : openProcess(shell, command, operator, program);
    },
  };
}

/** Aliases are expanded where commands are read, so that a text that may have some is read again when it runs. */
function readAnew(text: string): Command {
  return (shell) => shell.runner.runText(shell, text);
}

/** What stands in `$(…)` or in backquotes. */
function insideOf(text: string): string {
  return text.startsWith('$(') ? text.slice(2, -1) : text.slice(1, -1);
}

function mayHaveAliases(shell: Shell): boolean {
  return shell.options.on('expand_aliases') && shell.aliases.size > 0;
}

/** Backquotes with escapes have a source of their own. */
function own(script: ParsedScript, context: WordContext): WordContext {
  const inside = { ...context, quoted: false, operand: false, assignment: false };
  return script.source === undefined
    ? inside
    : { ...inside, lines: new SourceLines(script.source, context.lines.lineOf(0)) };
}

/** The name of the program when a script is nothing but one simple command. */
export function onlyProgram(script: Pick<ParsedScript, 'commands'>): string | undefined {
  const [first] = script.commands;
  if (script.commands.length !== 1 || !first || first.background || first.command.type !== 'Command') return undefined;
  return first.command.name?.parts ? undefined : first.command.name?.text;
}

/** `$(< file)`. */
function fileOnly(script: ParsedScript, context: WordContext): ((shell: Shell) => Waiting<string>) | undefined {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (command?.type !== 'Command' || command.name || command.prefix.length !== 1 || command.suffix.length > 0)
    return undefined;
  const [redirection] = command.redirects;
  if (redirection?.type !== 'Redirect' || redirection.operator !== '<' || redirection.descriptor) return undefined;
  const [compiled] = compileRedirections([redirection], context);
  return function* (shell) {
    const name = yield* expandSingle(shell, (compiled as { target: Parameters<typeof expandSingle>[1] }).target);
    let descriptor: number;
    try {
      descriptor = shell.sys.open(name, { read: true });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* shell.complain(`${name}: ${error.message}`);
      shell.substitutionStatus = 1;
      return '';
    }
    try {
      shell.substitutionStatus = 0;
      return yield* textFrom(shell, descriptor);
    } catch (error) {
      if (isErrno(error)) throw new CommandFailure(`${name}: ${error.message}`);
      throw error;
    } finally {
      shell.sys.close(descriptor);
    }
  };
}

/** Runs a command in a child and gives what it wrote, without the newlines at the end. */
function* capture(shell: Shell, command: Command, program: string | undefined): Waiting<string> {
  const { sys } = shell;
  const pipe = sys.pipe();
  for (const end of [pipe.read, pipe.write]) sys.closeOnExec(end, true);
  const pid = yield* shell.fork((child) => {
    enterSubshell(child);
    if (!child.options.on('inherit_errexit')) child.options.set.delete('errexit');
    child.traceDepth += 1;
    child.sys.close(pipe.read);
    child.sys.duplicate(pipe.write, { exactly: 1 });
    if (pipe.write !== 1) child.sys.close(pipe.write);
    child.mayReplace = mayBecome(child, program);
    return runCommand(child, command);
  });
  sys.close(pipe.write);
  let text: string;
  try {
    text = yield* textFrom(shell, pipe.read);
  } finally {
    sys.close(pipe.read);
  }
  const status = yield* waitForChild(shell, pid);
  shell.substitutionStatus = status;
  shell.status = status;
  return text;
}

/** Waits for a child that is no job. */
function* waitForChild(shell: Shell, pid: number): Waiting<number> {
  const { ended } = shell.jobs;
  while (!ended.has(pid)) if ((yield* nextChange(shell)) === undefined) break;
  const status = ended.get(pid) ?? 127;
  ended.delete(pid);
  return status;
}

function* textFrom(shell: Shell, descriptor: number): Waiting<string> {
  const chunks: Bytes[] = [];
  for (;;) {
    const bytes = yield* readBytes(shell, descriptor, 65_536);
    if (bytes.length === 0) break;
    chunks.push(bytes);
  }
  if (chunks.length === 0) return '';
  let text = bytesToText(concatBytes(chunks));
  if (text.includes('\0')) {
    yield* shell.complain('warning: command substitution: ignored null byte in input');
    text = text.replaceAll('\0', '');
  }
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** Starts a process whose output or input stands behind a file name. */
function* openProcess(
  shell: Shell,
  command: Command,
  operator: '<' | '>',
  program: string | undefined,
): Waiting<string> {
  const { sys } = shell;
  const pipe = sys.pipe();
  const [ours, theirs, standard] = operator === '<' ? [pipe.read, pipe.write, 1] : [pipe.write, pipe.read, 0];
  sys.closeOnExec(theirs, true);
  const pid = yield* shell.fork((child) => {
    enterSubshell(child);
    child.sys.close(ours);
    child.sys.duplicate(theirs, { exactly: standard });
    if (theirs !== standard) child.sys.close(theirs);
    child.mayReplace = mayBecome(child, program);
    return runCommand(child, command);
  });
  sys.close(theirs);
  shell.lastBackground = pid;
  let number = HIGHEST_DESCRIPTOR;
  const taken = new Set(sys.descriptors());
  while (taken.has(number) && number > 9) number -= 1;
  sys.duplicate(ours, { exactly: number });
  if (ours !== number) sys.close(ours);
  shell.openSubstitutions.push(number);
  return `/dev/fd/${number}`;
}
