import { isErrno } from '../../kernel/errno.js';
import { SIGNALS } from '../../kernel/signals.js';
import type { ChildChange, ChildOptions } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { BackToPrompt, HangUp } from '../state/failures.js';
import type { Job } from '../state/jobs.js';
import { jobLine, jobState, signalWords, stateWords, statusNumber } from '../state/jobs.js';
import type { Shell } from '../state/shell.js';

type Start = (options: ChildOptions) => number | Waiting<number>;

/** Starts one process as a foreground job. */
export function* startForeground(shell: Shell, start: Start, command: string): Waiting<Job> {
  const options: ChildOptions = shell.jobControl ? { group: 'new', foreground: true } : {};
  const started = start(options);
  const pid = typeof started === 'number' ? started : yield* started;
  return addJob(shell, [pid], shell.jobControl ? pid : 0, command, true);
}

/** Enters processes into the job table. */
export function addJob(
  shell: Shell,
  pids: readonly number[],
  group: number,
  command: string,
  foreground: boolean,
): Job {
  const processes: Job['processes'] = new Map(pids.map((pid) => [pid, { kind: 'running' as const }]));
  return shell.jobs.add({
    group,
    processes,
    command,
    directory: shell.directory,
    foreground,
    notified: foreground,
    disowned: false,
  });
}

/** Waits until a foreground job is done or stopped; gives its status. The terminal comes back to the shell. */
export function* waitForJob(shell: Shell, job: Job): Waiting<number> {
  const modes = modesOf(shell);
  while (jobState(job).kind === 'running') {
    const change = yield* nextChange(shell);
    if (change === undefined) break;
  }
  takeTerminalBack(shell);
  const state = jobState(job);
  if (state.kind === 'stopped') {
    job.foreground = false;
    job.notified = true;
    shell.jobs.promote(job);
    restoreModes(shell, modes);
    if (shell.interactive)
      yield* shell.write(2, `${shell.dialect ? '' : '\n'}${jobLine(shell.jobs, job, false, shell.dialect)}\n`);
    return 128 + SIGNALS[state.signal];
  }
  const { status, statuses } = statusOfJob(job);
  shell.pipeStatus = statuses;
  const last = [...job.processes.values()].at(-1);
  shell.jobs.remove(job);
  if (last?.kind === 'done' && 'signal' in last.status) yield* tellDeath(shell, job, last.status, modes);
  return shell.options.has('pipefail') ? (statuses.findLast((one) => one !== 0) ?? 0) : status;
}

/** The statuses of a job's processes, and of the last. */
function statusOfJob(job: Job): { status: number; statuses: number[] } {
  const statuses = [...job.processes.values()].map((state) => (state.kind === 'done' ? statusNumber(state.status) : 0));
  return { status: statuses.at(-1) ?? 0, statuses };
}

/** Says how a program died; after Ctrl-C an interactive shell leaves its loop, too. */
function* tellDeath(
  shell: Shell,
  job: Job,
  status: { signal: keyof typeof SIGNALS; core?: boolean },
  modes: TerminalModes | undefined,
): Waiting<void> {
  const { signal, core } = status;
  restoreModes(shell, modes);
  if (signal === 'INT') {
    if (!shell.interactive) return;
    yield* shell.write(2, '\n');
    // The rest of the line is given up, loop or not.
    throw new BackToPrompt(130);
  }
  if (signal === 'PIPE') return;
  if (shell.interactive || signal === 'TERM') {
    yield* shell.write(2, `${signalWords(signal)}${core ? ' (core dumped)' : ''}\n`);
    return;
  }
  yield* tellKilled(shell, job);
}

/** A script says which of its programs was killed, and where it started it. */
export function* tellKilled(shell: Shell, job: Job): Waiting<void> {
  const [pid, state] = [...job.processes].at(-1) ?? [];
  if (state?.kind !== 'done' || !('signal' in state.status) || shell.interactive) return;
  const { signal } = state.status;
  if (signal === 'INT' || signal === 'PIPE') return;
  if (shell.dialect) return yield* shell.write(2, `${stateWords(job)}\n`);
  // bash keeps still about those that were asked to end, ash and dash do not.
  if (signal === 'TERM') return;
  yield* shell.complain(`${String(pid).padStart(5)} ${stateWords(job).padEnd(23)} ${job.command}`);
}

/**
 * Waits for any child to change and notes it; undefined when there is none left. Signals are kept for later, or end
 * the wait when `interruptible`.
 */
export function nextChange(shell: Shell): Waiting<ChildChange | undefined>;
export function nextChange(shell: Shell, interruptible: true): Waiting<ChildChange | undefined | 'interrupted'>;
export function* nextChange(shell: Shell, interruptible = false): Waiting<ChildChange | undefined | 'interrupted'> {
  for (;;) {
    try {
      const change = yield* shell.sys.wait('any', { stopped: shell.jobControl, continued: shell.jobControl });
      if (change) note(shell, change);
      return change;
    } catch (error) {
      if (isErrno(error, 'EINTR')) {
        endIfHungUp(shell);
        if (interruptible) return 'interrupted';
      } else if (isErrno(error, 'ECHILD')) return undefined;
      else throw error;
    }
  }
}

/** Ends an interactive shell that was hung up, whatever it waits for, unless a trap says otherwise. */
function endIfHungUp(shell: Shell): void {
  shell.collectSignals();
  if (!shell.interactive || !shell.pending.includes('HUP') || shell.traps.has('HUP')) return;
  shell.pending = shell.pending.filter((signal) => signal !== 'HUP');
  throw new HangUp();
}

/** Notes what has become of children without waiting. */
export function* reapChildren(shell: Shell): Waiting<void> {
  for (;;) {
    try {
      const change = yield* shell.sys.wait('any', {
        now: true,
        stopped: shell.jobControl,
        continued: shell.jobControl,
      });
      if (!change) return;
      note(shell, change);
    } catch (error) {
      if (isErrno(error, 'ECHILD')) return;
      if (!isErrno(error, 'EINTR')) throw error;
      shell.collectSignals();
    }
  }
}

function note(shell: Shell, change: ChildChange): void {
  const job = shell.jobs.ofProcess(change.pid);
  if (!job) {
    if (change.kind === 'exited') shell.jobs.ended.set(change.pid, statusNumber(change.status));
    return;
  }
  if (change.kind === 'exited') job.processes.set(change.pid, { kind: 'done', status: change.status });
  else if (change.kind === 'stopped') job.processes.set(change.pid, { kind: 'stopped', signal: change.signal });
  else job.processes.set(change.pid, { kind: 'running' });
  if (change.kind !== 'continued' && jobState(job).kind !== 'running') job.notified = false;
}

/** The shell's own group becomes the terminal's foreground again. */
export function takeTerminalBack(shell: Shell): void {
  if (!shell.jobControl) return;
  try {
    shell.sys.setForeground(shell.terminalDescriptor, shell.sys.group());
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function modesOf(shell: Shell): TerminalModes | undefined {
  if (!shell.interactive) return undefined;
  try {
    return shell.sys.terminalModes(shell.terminalDescriptor);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** What a dead or stopped program did to the terminal's settings is undone. */
function restoreModes(shell: Shell, modes: TerminalModes | undefined): void {
  if (!modes) return;
  try {
    shell.sys.setTerminalModes(shell.terminalDescriptor, modes);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
