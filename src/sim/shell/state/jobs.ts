import type { Signal } from '../../kernel/signals.js';
import { SIGNALS } from '../../kernel/signals.js';
import type { ExitStatus } from '../../kernel/sys.js';
import type { Dialect } from './dialect.js';

/** What became of one process of a job. */
export type ProcessState =
  | { readonly kind: 'running' }
  | { readonly kind: 'stopped'; readonly signal: Signal }
  | { readonly kind: 'done'; readonly status: ExitStatus };

/** A pipeline that the shell started and knows by a number. */
export interface Job {
  readonly number: number;
  /** Process group when it has one of its own, else 0. */
  readonly group: number;
  readonly processes: Map<number, ProcessState>;
  readonly command: string;
  readonly directory: string;
  foreground: boolean;
  /** The shell has said, or needs not say, what became of it. */
  notified: boolean;
  disowned: boolean;
}

/** The exit status a shell shows for a process: 128 and the signal's number when it was killed. */
export function statusNumber(status: ExitStatus): number {
  return 'code' in status ? status.code : 128 + SIGNALS[status.signal];
}

/** A job's state: stopped when one process is and none runs, done when all are. */
export function jobState(job: Job): ProcessState {
  let last: ProcessState = { kind: 'running' };
  let stopped: ProcessState | undefined;
  for (const state of job.processes.values()) {
    if (state.kind === 'running') return state;
    if (state.kind === 'stopped') stopped = state;
    last = state;
  }
  return stopped ?? last;
}

const SIGNAL_WORDS: Partial<Record<Signal, string>> = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  PIPE: 'Broken pipe',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
  STKFLT: 'Stack fault',
  XCPU: 'CPU time limit exceeded',
  XFSZ: 'File size limit exceeded',
  VTALRM: 'Virtual timer expired',
  PROF: 'Profiling timer expired',
  IO: 'I/O possible',
  PWR: 'Power failure',
  SYS: 'Bad system call',
};

/** strsignal(3). */
export function signalWords(signal: Signal): string {
  return SIGNAL_WORDS[signal] ?? `Signal ${SIGNALS[signal]}`;
}

/** The word for a job's state in `jobs`. */
export function stateWords(job: Job): string {
  const state = jobState(job);
  if (state.kind === 'running') return 'Running';
  if (state.kind === 'stopped') return state.signal === 'TSTP' ? 'Stopped' : `Stopped(SIG${state.signal})`;
  const { status } = state;
  if ('signal' in status) return signalWords(status.signal) + (status.core ? ' (core dumped)' : '');
  return status.code === 0 ? 'Done' : `Exit ${status.code}`;
}

/** The jobs of a shell, and which are the current (`%+`) and previous (`%-`) ones. */
export class JobTable {
  readonly jobs: Job[] = [];
  /** A job was just sent a signal: bash is at its prompt again before it hears what came of it. */
  signalled = false;
  private recent: number[] = [];
  /** Statuses of ended background processes whose job has been forgotten: `wait PID` may still ask. */
  readonly ended = new Map<number, number>();

  add(job: Omit<Job, 'number'>): Job {
    const number = (this.jobs.at(-1)?.number ?? 0) + 1;
    const added = { ...job, number };
    this.jobs.push(added);
    this.recent.push(number);
    return added;
  }

  remove(job: Job): void {
    const at = this.jobs.indexOf(job);
    if (at >= 0) this.jobs.splice(at, 1);
    this.recent = this.recent.filter((number) => number !== job.number);
    for (const [pid, state] of job.processes)
      if (state.kind === 'done') this.ended.set(pid, statusNumber(state.status));
  }

  /** Makes a job the current one. */
  promote(job: Job): void {
    this.recent = [...this.recent.filter((number) => number !== job.number), job.number];
  }

  /** The current job: the last one stopped, or else the last one started. */
  get current(): Job | undefined {
    return this.ranked()[0];
  }

  get previous(): Job | undefined {
    return this.ranked()[1];
  }

  ofProcess(pid: number): Job | undefined {
    return this.jobs.find(({ processes }) => processes.has(pid));
  }

  /** The jobs that a `%spec` names: one is right, none or several are an error of the caller. */
  matching(spec: string): Job[] {
    const text = spec.replace(/^%/, '');
    if (text === '' || text === '%' || text === '+') return this.current ? [this.current] : [];
    if (text === '-') return this.previous ? [this.previous] : this.current ? [this.current] : [];
    if (/^\d+$/.test(text)) return this.jobs.filter(({ number }) => number === Number(text));
    if (text.startsWith('?')) return this.jobs.filter(({ command }) => command.includes(text.slice(1)));
    return this.jobs.filter(({ command }) => command.startsWith(text));
  }

  clear(): void {
    this.jobs.length = 0;
    this.recent = [];
  }

  private ranked(): Job[] {
    const newestFirst = this.recent
      .map((number) => this.jobs.find((job) => job.number === number))
      .filter((job) => job !== undefined)
      .reverse();
    const stopped = newestFirst.filter((job) => jobState(job).kind === 'stopped');
    return [...stopped, ...newestFirst.filter((job) => !stopped.includes(job))];
  }
}

/** One line of `jobs`, in the layout of bash: `[1]+  Running                 sleep 9 &`. */
export function jobLine(table: JobTable, job: Job, long = false, dialect?: Dialect): string {
  const mark = table.current === job ? '+' : table.previous === job ? '-' : ' ';
  const words = stateWords(job);
  const pid = [...job.processes.keys()][0];
  if (dialect) return `${dialect.jobHead(job.number, mark)}${long ? `${pid} ` : ''}${words.padEnd(26)} ${job.command}`;
  const tail = jobState(job).kind === 'running' && !job.foreground ? `${job.command} &` : job.command;
  return `[${job.number}]${mark} ${long ? `${pid} ` : ' '}${words.padEnd(24)}${tail}`;
}
