import { isErrno } from '../../kernel/errno.js';
import type { Signal } from '../../kernel/signals.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Invocation } from '../arguments.js';
import { historyFile, readHistory, remember, writeHistory } from '../history/file.js';
import type { LineResult } from '../readline/readline.js';
import { Readline } from '../readline/readline.js';
import { reapChildren, takeTerminalBack } from '../run/foreground.js';
import { readLine } from '../run/read-line.js';
import { ended, runCommand } from '../run/steps.js';
import { compileCommand, readOptions, refuse } from '../run/text.js';
import { BackToPrompt, FunctionReturn, HangUp, isTooDeep, LoopControl, TOO_DEEP } from '../state/failures.js';
import { type Job, jobLine, jobState } from '../state/jobs.js';
import type { Shell } from '../state/shell.js';
import { readCommand } from '../syntax/reader.js';
import { withHistory } from './expanded-input.js';
import { joinHistory } from './history-entry.js';

/** Signals that an interactive shell survives; children get the default back. */
const CAUGHT: readonly Signal[] = ['HUP', 'INT', 'QUIT', 'TERM', 'TSTP', 'TTIN', 'TTOU', 'WINCH'];

/** Runs a shell at a prompt until `exit` or the end of its input. */
export function* runInteractive(shell: Shell, invocation: Invocation, startUp: () => Waiting<void>): Waiting<number> {
  const terminal = prepareTerminal(shell);
  const { dialect } = shell;
  for (const name of ['emacs', 'histexpand', 'history'] as const)
    if (!dialect || (dialect.edits && name !== 'histexpand')) shell.options.set.add(name);
  shell.options.shopt.set('expand_aliases', true);
  const give = (name: string, value: string) => {
    if (shell.variables.get(name) === undefined) shell.variables.set(name, value);
  };
  give('PS1', '\\s-\\v\\$ ');
  give('PS2', '> ');
  if (!dialect) {
    give('HISTFILE', `${shell.variables.get('HOME') ?? ''}/.bash_history`);
    give('HISTSIZE', '500');
    give('HISTFILESIZE', '500');
  }
  if (!dialect) updateWindow(shell);
  yield* startUp();
  if (invocation.command !== undefined) {
    shell.name = invocation.operands[0] ?? shell.name;
    shell.positional = invocation.operands.slice(1);
    return yield* shell.runner.runText(shell, invocation.command, { name: '-c' });
  }
  shell.positional = invocation.readsInput ? [...invocation.operands] : [];
  const file = historyFile(shell);
  if (file) readHistory(shell, file);
  const reader = terminal && dialect?.edits !== false ? new Readline(shell, 0, 2) : undefined;
  try {
    return yield* promptLoop(shell, reader);
  } catch (error) {
    if (error instanceof HangUp && !dialect) hangUpJobs(shell);
    throw error;
  } finally {
    const target = historyFile(shell);
    if (target) writeHistory(shell, target);
    if (shell.login && shell.options.on('huponexit')) hangUpJobs(shell);
    endStoppedJobs(shell);
  }
}

/** Where bash, and ash with dash, keep the terminal for themselves, as `ls -l /proc/$$/fd` shows. */
const BASH_TERMINAL = 255;
const ASH_TERMINAL = 10;

/** Job control: the shell leads a group of its own, and the terminal is its. */
function prepareTerminal(shell: Shell): boolean {
  const { sys } = shell;
  for (const signal of CAUGHT) sys.onSignal(signal, 'catch');
  try {
    if (!sys.terminal(0) || !sys.terminal(2)) return false;
    if (sys.group() !== sys.pid && sys.session() !== sys.pid) sys.setGroup(0, 0);
    // Whatever a command's error output is sent to, the terminal is taken back by a descriptor of the shell's own.
    const terminal = sys.duplicate(2, { from: shell.dialect ? ASH_TERMINAL : BASH_TERMINAL });
    sys.closeOnExec(terminal, true);
    shell.terminalDescriptor = terminal;
    sys.setForeground(terminal, sys.group());
    shell.jobControl = true;
    shell.options.set.add('monitor');
    return true;
  } catch (error) {
    if (isErrno(error)) return sys.terminal(0) !== undefined;
    throw error;
  }
}

/** LINES and COLUMNS follow the window. */
function updateWindow(shell: Shell): void {
  if (!shell.options.on('checkwinsize')) return;
  try {
    const size = shell.sys.windowSize(shell.terminalDescriptor);
    if (!size) return;
    shell.variables.set('LINES', String(size.rows));
    shell.variables.set('COLUMNS', String(size.columns));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** What bash was told to end with, all its jobs are told, but for those that `disown -h` keeps from it. */
function hangUpJobs(shell: Shell): void {
  for (const job of shell.jobs.jobs) {
    if (job.disowned) continue;
    tellJob(shell, job, 'HUP');
    if (jobState(job).kind === 'stopped') tellJob(shell, job, 'CONT');
  }
}

function endStoppedJobs(shell: Shell): void {
  for (const job of shell.jobs.jobs) {
    if (job.disowned || jobState(job).kind !== 'stopped') continue;
    tellJob(shell, job, 'TERM');
    tellJob(shell, job, 'CONT');
  }
}

function tellJob(shell: Shell, { group }: Job, signal: Signal): void {
  if (!shell.jobControl || group === 0) return;
  try {
    shell.sys.kill(-group, signal);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Where a prompt begins, as shells tell terminals that want to know (OSC 133); it moves no cursor. */
const PROMPT_MARK = '\x1b]133;A\x07';

function* promptLoop(shell: Shell, reader: Readline | undefined): Waiting<number> {
  for (;;) {
    try {
      const outcome = yield* oneCommand(shell, reader);
      if (outcome === 'end') return shell.status;
    } catch (error) {
      if (error instanceof BackToPrompt) {
        ended(shell, error.status);
        if (error.newline) yield* shell.write(2, '\n');
      } else if (isTooDeep(error)) {
        yield* shell.complain(TOO_DEEP);
        ended(shell, 1);
      } else if (!(error instanceof LoopControl) && !(error instanceof FunctionReturn)) throw error;
      recover(shell);
    }
  }
}

/** What an interrupted command may have left behind. */
function recover(shell: Shell): void {
  shell.frames = [];
  shell.loops = 0;
  shell.conditional = 0;
  shell.traceDepth = 1;
  shell.arrayArguments = undefined;
  takeTerminalBack(shell);
}

/** Reads one complete command, over as many lines as it needs, and runs it. */
function* oneCommand(shell: Shell, reader: Readline | undefined): Waiting<'end' | 'done'> {
  let text = '';
  const parts: { line: string; how: string }[] = [];
  for (;;) {
    yield* betweenCommands(shell, text === '');
    const prompt = yield* shell.runner.expandPrompt(shell, shell.variables.get(text === '' ? 'PS1' : 'PS2') ?? '');
    const result = yield* nextLine(shell, reader, prompt);
    if (result.kind === 'interrupted') throw new BackToPrompt(130);
    shell.linesRead += 1;
    if (result.kind === 'line') shell.sys.terminal(0)?.onCommandLine(result.text);
    const final = result.kind === 'end';
    if (final && text === '') return yield* endOfInput(shell);
    if (!final) {
      const line = yield* withHistory(shell, text, result.text);
      if (line === undefined) {
        if (text === '') return 'done';
        continue;
      }
      text += `${line}\n`;
      parts.push({ line, how: '' });
    }
    const verdict = readCommand(text, 0, readOptions(shell, final));
    if (verdict.kind === 'unfinished' && !final) {
      (parts.at(-1) as { how: string }).how = verdict.complaint.words;
      continue;
    }
    if (shell.options.has('history')) remember(shell, joinHistory(parts));
    if (verdict.kind === 'unfinished' || verdict.kind === 'wrong') {
      yield* refuse(shell, verdict.complaint, text, linesBefore(shell, parts.length), {});
      return 'done';
    }
    if (verdict.kind === 'complete') {
      shell.commandCount += 1;
      if (/^\s*(?:exit|logout)\b/.test(text) === false) shell.warnedOfJobs = false;
      yield* runCommand(shell, compileCommand(verdict.text, linesBefore(shell, parts.length) + 1));
      yield* restOf(shell, text.slice(verdict.end));
    }
    return 'done';
  }
}

/** Lines read before this command's: dash counts them all, bash begins anew with every command. */
function linesBefore(shell: Shell, own: number): number {
  return shell.dialect?.name === 'dash' ? shell.linesRead - own : 0;
}

/** A pasted text may hold further commands after the first. */
function* restOf(shell: Shell, text: string): Waiting<void> {
  if (text.trim() !== '') yield* shell.runner.runText(shell, text);
}

function* nextLine(shell: Shell, reader: Readline | undefined, text: string): Waiting<LineResult> {
  const prompt = isShownNothingOf(shell) ? `\x01${PROMPT_MARK}\x02${text}` : text;
  if (reader) return yield* reader.read(prompt);
  yield* shell.write(2, prompt.replace(/[\x01\x02]/g, ''));
  const line = yield* readLine(shell, 0);
  return line === undefined ? { kind: 'end' } : { kind: 'line', text: line };
}

/** Whether what is typed is not shown: whoever types by a script has to tell the prompt from output without a newline. */
function isShownNothingOf({ sys }: Shell): boolean {
  try {
    return sys.terminal(0) !== undefined && sys.terminal(2) !== undefined && !sys.terminalModes(0).echo;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Before a prompt: what became of jobs, signals, PROMPT_COMMAND. */
function* betweenCommands(shell: Shell, primary: boolean): Waiting<void> {
  yield* shell.checkSignals();
  if (!shell.dialect) updateWindow(shell);
  if (!primary) return;
  if (!shell.jobs.signalled) yield* reapChildren(shell);
  shell.jobs.signalled = false;
  for (const job of [...shell.jobs.jobs]) {
    const { kind } = jobState(job);
    if (!job.notified && kind !== 'running') {
      const gap = kind === 'stopped' && !shell.dialect ? '\n' : '';
      yield* shell.write(2, `${gap}${jobLine(shell.jobs, job, false, shell.dialect)}\n`);
      job.notified = true;
    }
    if (kind === 'done') shell.jobs.remove(job);
  }
  const commands = shell.variables.find('PROMPT_COMMAND');
  const { status } = shell;
  for (const command of commands?.indexed?.values() ?? [commands?.read() ?? '']) {
    if (command.trim() !== '') yield* shell.runner.runText(shell, command);
  }
  ended(shell, status);
}

function* endOfInput(shell: Shell): Waiting<'end' | 'done'> {
  const ignore = shell.variables.get('IGNOREEOF');
  if (ignore !== undefined || shell.options.has('ignoreeof')) {
    shell.endsIgnored += 1;
    if (shell.endsIgnored < (Number(ignore) || 10)) {
      yield* shell.write(2, `Use "${shell.login ? 'logout' : 'exit'}" to leave the shell.\n`);
      return 'done';
    }
  }
  // ash's line editor has gone to the next line already.
  const last = shell.dialect?.edits ? '' : '\n';
  yield* shell.write(2, shell.dialect ? last : shell.login ? 'logout\n' : 'exit\n');
  const stopped = shell.jobs.jobs.some((job) => jobState(job).kind === 'stopped');
  if (stopped && !shell.warnedOfJobs) {
    yield* shell.write(2, `${shell.dialect ? 'You have' : 'There are'} stopped jobs.\n`);
    shell.warnedOfJobs = true;
    return 'done';
  }
  return 'end';
}
