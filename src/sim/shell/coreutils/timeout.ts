import { isErrno } from '../../kernel/errno.js';
import { shellStatus } from '../../kernel/libc/child.js';
import type { Signal } from '../../kernel/signals.js';
import { signalByName } from '../../kernel/signals.js';
import type { ChildChange, Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { UsageError } from './options.js';
import { startCommand } from './run-command.js';
import { parseSpan } from './sleep.js';

const TIMED_OUT = 124;

/** `timeout`: runs a program and ends it when it takes too long. */
export const timeout: Program = command(
  {
    name: 'timeout',
    usage: '[OPTION] DURATION COMMAND [ARG]...',
    summary: 'Start COMMAND, and kill it if still running after DURATION.',
    misuse: 125,
    inOrder: true,
    options: [
      'preserve-status : the status of COMMAND even when it was ended',
      'foreground : let COMMAND read from the terminal',
      'k kill-after=DURATION : a KILL signal if it still runs so long after',
      's signal=SIGNAL : this signal instead of TERM',
      'v verbose : say which signal is sent',
    ],
  },
  function* (context) {
    const [text, ...args] = context.operands;
    if (text === undefined || args.length === 0) throw new UsageError('');
    const span = duration(text, context);
    const kill = context.value('kill-after');
    const killAfter = kill === undefined ? 0 : duration(kill, context);
    const signal = signalByName(context.value('signal') ?? 'TERM');
    if (!signal) throw new UsageError(`${context.quote(context.value('signal') ?? '')}: invalid signal`);
    const pid = startCommand(context.sys, args);
    if (typeof pid !== 'number') {
      context.warn(`failed to run command ${context.quote(args[0] as string)}: ${pid.message}`);
      return pid.code === 'ENOENT' ? 127 : 126;
    }
    return yield* watch(context, pid, span, signal, killAfter);
  },
);

function duration(text: string, context: Context): number {
  const seconds = parseSpan(text);
  if (seconds === undefined) throw new UsageError(`invalid time interval ${context.quote(text)}`);
  return Math.round(Math.min(seconds, 1e9) * SECOND);
}

function* watch(context: Context, pid: number, span: number, signal: Signal, killAfter: number): Waiting<number> {
  const { sys } = context;
  sys.onSignal('CHLD', 'catch');
  let next: Signal = signal;
  let until = span > 0 ? sys.now() + span : Number.POSITIVE_INFINITY;
  let sent = false;
  let killed = false;
  for (;;) {
    const change = sys.now() < until ? yield* childWithin(context, pid, until) : undefined;
    if (change?.kind === 'exited') {
      const status = shellStatus(change.status);
      if (!sent || context.has('preserve-status')) return status;
      return killed || signal === 'KILL' ? status : TIMED_OUT;
    }
    if (change) continue;
    if (context.has('verbose'))
      context.warn(`sending signal ${next} to command ${context.quote(context.operands[1] as string)}`);
    yield* context.flush();
    signalChild(context, pid, next);
    if (next !== 'KILL') signalChild(context, pid, 'CONT');
    killed = sent && next === 'KILL';
    sent = true;
    until = killAfter > 0 && !killed ? sys.now() + killAfter : Number.POSITIVE_INFINITY;
    next = 'KILL';
  }
}

/** The child may be gone by then. */
function signalChild(context: Context, pid: number, signal: Signal): void {
  try {
    context.sys.kill(pid, signal);
  } catch (thrown) {
    if (!isErrno(thrown, 'ESRCH')) throw thrown;
  }
}

/** What becomes of the child until an instant; undefined when nothing does. */
function* childWithin(context: Context, pid: number, until: number): Waiting<ChildChange | undefined> {
  const { sys } = context;
  for (;;) {
    while (sys.takeSignal()) {
      // Only CHLD is caught; wait says what happened.
    }
    const change = yield* sys.wait(pid, { now: true });
    if (change || sys.now() >= until) return change;
    try {
      yield* sys.sleep(Math.min(until - sys.now(), 1e15));
    } catch (thrown) {
      if (!isErrno(thrown, 'EINTR')) throw thrown;
    }
  }
}
