import { isErrno } from '../../kernel/errno.js';
import type { Signal } from '../../kernel/signals.js';
import { SIGNALS, signalByName, signalByNumber } from '../../kernel/signals.js';
import type { Waiting } from '../../kernel/wait.js';
import { singleQuote } from '../expand/quoting.js';
import { nextChange, reapChildren, tellKilled, waitForJob } from '../run/foreground.js';
import type { Job } from '../state/jobs.js';
import { jobLine, jobState, statusNumber } from '../state/jobs.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse, readFlags } from './usage.js';

/** The job a `%spec` means, or what is wrong with it. */
function findJob(shell: Shell, spec: string | undefined): Job | string {
  const given = spec ?? '%%';
  const found = shell.jobs.matching(given);
  if (found.length === 1) return found[0] as Job;
  if (found.length > 1) return `${given.replace(/^%/, '')}: ambiguous job spec`;
  return spec === undefined ? 'current: no such job' : `${given}: no such job`;
}

/** `jobs`. */
export const jobs: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'lnprsx');
  if (flags.problem) return yield* misuse(shell, 'jobs', flags.problem);
  yield* reapChildren(shell);
  const { letters } = flags;
  let chosen: Job[] = [...shell.jobs.jobs];
  let status = 0;
  if (flags.rest.length > 0) {
    chosen = [];
    for (const spec of flags.rest) {
      const job = findJob(shell, spec);
      if (typeof job === 'string') status = yield* complainAs(shell, 'jobs', job);
      else chosen.push(job);
    }
  }
  for (const job of chosen) {
    const { kind } = jobState(job);
    if ((letters.has('r') && kind !== 'running') || (letters.has('s') && kind !== 'stopped')) continue;
    if (letters.has('n') && job.notified) continue;
    yield* shell.print(
      'jobs',
      letters.has('p')
        ? `${[...job.processes.keys()][0]}\n`
        : `${jobLine(shell.jobs, job, letters.has('l'), shell.dialect)}\n`,
    );
    job.notified = true;
  }
  for (const job of [...shell.jobs.jobs]) if (jobState(job).kind === 'done') shell.jobs.remove(job);
  return status;
};

/** `fg`. */
export const fg: Builtin = function* (shell, args) {
  if (!shell.jobControl) return yield* complainAs(shell, 'fg', 'no job control');
  yield* reapChildren(shell);
  const job = findJob(shell, args[1] === '--' ? args[2] : args[1]);
  if (typeof job === 'string') return yield* complainAs(shell, 'fg', job);
  if (jobState(job).kind === 'done') return yield* complainAs(shell, 'fg', 'job has terminated');
  yield* shell.print('fg', `${job.command}\n`);
  job.foreground = true;
  job.notified = true;
  shell.jobs.promote(job);
  shell.sys.setForeground(shell.terminalDescriptor, job.group);
  proceed(shell, job);
  return yield* waitForJob(shell, job);
};

function proceed(shell: Shell, job: Job): void {
  for (const [pid, state] of job.processes) if (state.kind === 'stopped') job.processes.set(pid, { kind: 'running' });
  shell.sys.kill(-job.group, 'CONT');
}

/** `bg`. */
export const bg: Builtin = function* (shell, args) {
  if (!shell.jobControl) return yield* complainAs(shell, 'bg', 'no job control');
  const specs = args.length > 1 ? args.slice(1) : [undefined];
  let status = 0;
  for (const spec of specs) {
    const job = findJob(shell, spec);
    if (typeof job === 'string') status = yield* complainAs(shell, 'bg', job);
    else if (jobState(job).kind === 'running')
      yield* complainAs(shell, 'bg', `job ${job.number} already in background`, 0);
    else {
      job.foreground = false;
      job.notified = true;
      const mark = shell.jobs.current === job ? '+' : shell.jobs.previous === job ? '-' : ' ';
      yield* shell.print('bg', `[${job.number}]${mark} ${job.command} &\n`);
      proceed(shell, job);
    }
  }
  return status;
};

/** `disown`. */
export const disown: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'ahr');
  if (flags.problem) return yield* misuse(shell, 'disown', flags.problem);
  let status = 0;
  const chosen: Job[] = [];
  if (flags.letters.has('a') || (flags.letters.has('r') && flags.rest.length === 0)) {
    chosen.push(...shell.jobs.jobs.filter((job) => !flags.letters.has('r') || jobState(job).kind === 'running'));
  } else {
    for (const spec of flags.rest.length > 0 ? flags.rest : [undefined]) {
      const job =
        spec !== undefined && /^\d+$/.test(spec)
          ? (shell.jobs.ofProcess(Number(spec)) ?? `${spec}: no such job`)
          : findJob(shell, spec);
      if (typeof job === 'string') status = yield* complainAs(shell, 'disown', job);
      else chosen.push(job);
    }
  }
  for (const job of chosen) {
    if (flags.letters.has('h')) job.disowned = true;
    else shell.jobs.remove(job);
  }
  return status;
};

/** `wait`. */
export const wait: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'fnp:');
  if (flags.problem) return yield* misuse(shell, 'wait', flags.problem);
  const { rest } = flags;
  yield* reapChildren(shell);
  if (flags.letters.has('n')) return yield* waitForNext(shell, rest, flags.values.get('p'));
  if (rest.length === 0) {
    for (const job of [...shell.jobs.jobs]) {
      const status = yield* untilDone(shell, job);
      if (status !== undefined) return status;
      if (!shell.interactive || job.notified) shell.jobs.remove(job);
    }
    shell.jobs.ended.clear();
    return 0;
  }
  let status = 0;
  for (const spec of rest) status = yield* waitForOne(shell, spec);
  return status;
};

/** Waits for a job; a trapped signal ends it with 128 and the signal's number. */
function* untilDone(shell: Shell, job: Job): Waiting<number | undefined> {
  while (jobState(job).kind === 'running') {
    const interrupted = yield* changeOrSignal(shell);
    if (interrupted !== undefined) return interrupted;
  }
  return undefined;
}

function* changeOrSignal(shell: Shell): Waiting<number | undefined> {
  if (shell.hasSignal) return yield* takeInterrupt(shell);
  const change = yield* nextChange(shell, true);
  if (change === 'interrupted') return yield* takeInterrupt(shell);
  return change === undefined ? 127 : undefined;
}

function* takeInterrupt(shell: Shell): Waiting<number | undefined> {
  if (!shell.hasSignal) return undefined;
  const signal = shell.pending[0] as Signal;
  yield* shell.checkSignals();
  return 128 + SIGNALS[signal];
}

function* waitForOne(shell: Shell, spec: string): Waiting<number> {
  if (spec.startsWith('%')) {
    const job = findJob(shell, spec);
    if (typeof job === 'string') return yield* complainAs(shell, 'wait', job, 127);
    const status = yield* untilDone(shell, job);
    return status ?? doneStatus(shell, job);
  }
  if (!/^\d+$/.test(spec)) return yield* complainAs(shell, 'wait', `\`${spec}': not a pid or valid job spec`, 1);
  const pid = Number(spec);
  const job = shell.jobs.ofProcess(pid);
  if (job) {
    while (job.processes.get(pid)?.kind === 'running') {
      const interrupted = yield* changeOrSignal(shell);
      if (interrupted !== undefined) return interrupted;
    }
    const state = job.processes.get(pid);
    if (jobState(job).kind === 'done') {
      yield* tellKilled(shell, job);
      shell.jobs.remove(job);
    }
    return state?.kind === 'done' ? statusNumber(state.status) : 0;
  }
  const ended = shell.jobs.ended.get(pid);
  if (ended !== undefined) return ended;
  if (pid === shell.lastBackground) {
    while (!shell.jobs.ended.has(pid)) {
      const interrupted = yield* changeOrSignal(shell);
      if (interrupted !== undefined) return interrupted;
    }
    return shell.jobs.ended.get(pid) ?? 127;
  }
  return yield* complainAs(shell, 'wait', `pid ${spec} is not a child of this shell`, 127);
}

function doneStatus(shell: Shell, job: Job): number {
  const state = jobState(job);
  if (state.kind === 'stopped') return 128 + SIGNALS[state.signal];
  shell.jobs.remove(job);
  return state.kind === 'done' ? statusNumber(state.status) : 0;
}

/** `wait -n`: the first of the jobs to end. */
function* waitForNext(shell: Shell, specs: readonly string[], variable: string | undefined): Waiting<number> {
  const meant =
    specs.length === 0
      ? [...shell.jobs.jobs]
      : specs.flatMap((spec) =>
          spec.startsWith('%') ? shell.jobs.matching(spec) : (shell.jobs.ofProcess(Number(spec)) ?? []),
        );
  if (variable !== undefined) shell.variables.unset(variable);
  for (;;) {
    const done = meant.find((job) => jobState(job).kind === 'done');
    if (done) {
      if (variable !== undefined) shell.variables.set(variable, String([...done.processes.keys()].at(-1)));
      return doneStatus(shell, done);
    }
    if (!meant.some((job) => jobState(job).kind === 'running')) return 127;
    const interrupted = yield* changeOrSignal(shell);
    if (interrupted !== undefined) return interrupted;
  }
}

/** `kill`. */
export const kill: Builtin = function* (shell, args) {
  let rest = args.slice(1);
  if (rest.length === 0) return yield* misuse(shell, 'kill');
  let signal: Signal | 0 = 'TERM';
  const first = rest[0] as string;
  if (first === '-l' || first === '-L') return yield* listSignals(shell, rest.slice(1));
  if (/^-[sn]$/.test(first)) {
    const name = rest[1];
    if (name === undefined) return yield* complainAs(shell, 'kill', `${first}: option requires an argument`);
    const found = signalOf(name);
    if (found === undefined) return yield* complainAs(shell, 'kill', `${name}: invalid signal specification`);
    signal = found;
    rest = rest.slice(2);
  } else if (first === '--') rest = rest.slice(1);
  else if (/^-./.test(first)) {
    const found = signalOf(first.slice(1));
    if (found === undefined) return yield* complainAs(shell, 'kill', `${first.slice(1)}: invalid signal specification`);
    signal = found;
    rest = rest.slice(rest[1] === '--' ? 2 : 1);
  }
  if (rest.length === 0) return yield* misuse(shell, 'kill');
  let status = 1;
  for (const target of rest) {
    const problem = send(shell, target, signal);
    if (problem === undefined) status = 0;
    else yield* shell.complain(`kill: ${problem}`);
  }
  return status;
};

function signalOf(text: string): Signal | 0 | undefined {
  return text === '0' || text === 'EXIT' ? 0 : signalByName(text);
}

function send(shell: Shell, target: string, signal: Signal | 0): string | undefined {
  let pid: number;
  let wakes = false;
  if (target.startsWith('%')) {
    const job = findJob(shell, target);
    if (typeof job === 'string') return job;
    pid = job.group ? -job.group : ([...job.processes.keys()][0] as number);
    wakes = jobState(job).kind === 'stopped' && (signal === 'TERM' || signal === 'HUP');
    shell.jobs.signalled = true;
    job.notified = false;
  } else if (/^-?\d+$/.test(target)) {
    pid = Number(target);
    if (shell.jobs.ofProcess(pid)) shell.jobs.signalled = true;
  } else return `${target}: arguments must be process or job IDs`;
  try {
    shell.sys.kill(pid, signal);
    if (wakes) shell.sys.kill(pid, 'CONT');
    return undefined;
  } catch (error) {
    if (isErrno(error)) return `(${target}) - ${error.message}`;
    throw error;
  }
}

function* listSignals(shell: Shell, names: readonly string[]): Waiting<number> {
  if (names.length === 0) return yield* shell.print('kill', signalTable());
  let status = 0;
  for (const name of names) {
    const number = /^\d+$/.test(name) ? Number(name) : undefined;
    const found = number === undefined ? signalByName(name) : signalByNumber(number > 128 ? number - 128 : number);
    if (!found) status = yield* complainAs(shell, 'kill', `${name}: invalid signal specification`);
    else yield* shell.print('kill', `${number === undefined ? SIGNALS[found] : found}\n`);
  }
  return status;
}

/** `kill -l` and `trap -l`: five columns, real-time signals included. */
function signalTable(): string {
  const names = (Object.keys(SIGNALS) as Signal[]).map((name) => [SIGNALS[name], name] as [number, string]);
  for (let number = 34; number <= 64; number += 1) {
    names.push([
      number,
      number === 34
        ? 'RTMIN'
        : number === 64
          ? 'RTMAX'
          : number <= 49
            ? `RTMIN+${number - 34}`
            : `RTMAX-${64 - number}`,
    ]);
  }
  let text = '';
  names.forEach(([number, name], index) => {
    text += `${String(number).padStart(2)}) SIG${name}`;
    text += (index + 1) % 5 === 0 || index === names.length - 1 ? '\n' : '\t';
  });
  return text;
}

/** `suspend`. */
export const suspend: Builtin = (shell, args) => {
  if (!shell.jobControl) return complainAs(shell, 'suspend', 'cannot suspend: no job control');
  if (shell.login && args[1] !== '-f') return complainAs(shell, 'suspend', 'cannot suspend a login shell');
  shell.sys.kill(shell.sys.pid, 'STOP');
  return 0;
};

const CONDITIONS = ['EXIT', 'DEBUG', 'ERR', 'RETURN'];

/** `trap`. */
export const trap: Builtin = function* (shell, args) {
  const flags = readFlags(
    args.map((arg, at) => (at === 1 && arg === '-' ? '--' : arg)),
    'lp',
  );
  if (flags.problem) return yield* misuse(shell, 'trap', flags.problem);
  if (flags.letters.has('l')) return yield* shell.print('trap', signalTable());
  const resets = args[1] === '-';
  let { rest } = flags;
  if (rest.length === 0 && !resets) return yield* showTraps(shell, undefined);
  if (flags.letters.has('p')) return yield* showTraps(shell, rest);
  let action: string | undefined;
  if (!resets) {
    const [first = ''] = rest;
    if (rest.length === 1 || /^\d+$/.test(first)) {
      if (rest.length === 1 && trapName(first) === undefined) return yield* misuse(shell, 'trap');
    } else {
      action = first;
      rest = rest.slice(1);
    }
  }
  let status = 0;
  for (const spec of rest) {
    const name = trapName(spec);
    if (name === undefined) status = yield* complainAs(shell, 'trap', `${spec}: invalid signal specification`);
    else setTrap(shell, name, action);
  }
  return status;
};

function trapName(spec: string): string | undefined {
  if (spec === '0') return 'EXIT';
  const upper = spec.toUpperCase().replace(/^SIG/, '');
  return CONDITIONS.includes(upper) ? upper : signalByName(spec);
}

function setTrap(shell: Shell, name: string, action: string | undefined): void {
  const keep = shell.interactive && ['INT', 'TERM', 'QUIT', 'TSTP', 'TTIN', 'TTOU', 'HUP', 'WINCH'].includes(name);
  if (action === undefined) shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (CONDITIONS.includes(name)) return;
  const signal = name as Signal;
  if (signal === 'KILL' || signal === 'STOP') return;
  shell.sys.onSignal(signal, action === undefined ? (keep ? 'catch' : 'default') : action === '' ? 'ignore' : 'catch');
}

function* showTraps(shell: Shell, names: readonly string[] | undefined): Waiting<number> {
  const order = ['EXIT', ...Object.keys(SIGNALS), 'DEBUG', 'ERR', 'RETURN'];
  const wanted = names ? names.map((name) => trapName(name)) : order;
  let text = '';
  for (const name of order) {
    const action = shell.traps.get(name);
    if (action === undefined || !wanted.includes(name)) continue;
    text += `trap -- ${singleQuote(action)} ${CONDITIONS.includes(name) ? name : `SIG${name}`}\n`;
  }
  return yield* shell.print('trap', text);
}
