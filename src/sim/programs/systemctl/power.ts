import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager, Refused } from '../systemd/client.js';
import { formatInstant } from '../systemd/time-span.js';

type Action = 'reboot' | 'poweroff' | 'halt';

const NAMES: Readonly<Record<string, Action>> = { halt: 'halt', poweroff: 'poweroff', reboot: 'reboot' };

/** Asks pid 1 to go down. */
export function* power(sys: Sys, action: Action): Waiting<number> {
  try {
    yield* askManager(sys, 'power', { action });
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const call = { halt: 'Halt', poweroff: 'PowerOff', reboot: 'Reboot' }[action];
    yield* printError(sys, `Call to ${call} failed: ${error.message}\n`);
    return 1;
  }
}

/** `reboot`, `poweroff` and `halt` under their own names. */
export function powerByName(name: string): Action | undefined {
  return NAMES[name];
}

/** shutdown(8): now, in some minutes, or at a time of day; `-c` takes it back. */
export function* shutdown(sys: Sys): Waiting<number> {
  let action: Action = 'poweroff';
  let when = '+1';
  for (const arg of sys.args.slice(1)) {
    if (arg === '-r' || arg === '--reboot') action = 'reboot';
    else if (arg === '-H' || arg === '--halt') action = 'halt';
    else if (arg === '-c') {
      yield* askManager(sys, 'power', { action: 'cancel' });
      return 0;
    } else if (!arg.startsWith('-')) {
      when = arg;
      break;
    }
  }
  const at = instantOf(when, sys.now());
  if (at === undefined) {
    yield* printError(sys, `Failed to parse time specification: ${when}\n`);
    return 1;
  }
  if (at <= sys.now()) return yield* power(sys, action);
  try {
    yield* askManager(sys, 'power', { action, at });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    yield* printError(sys, `Failed to schedule shutdown: ${error.message}\n`);
    return 1;
  }
  const what = action === 'reboot' ? 'Reboot' : 'Shutdown';
  yield* print(sys, `${what} scheduled for ${formatInstant(at)}, use 'shutdown -c' to cancel.\n`);
  return 0;
}

function instantOf(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const minutes = /^\+?(\d+)$/.exec(text);
  if (minutes) return now + Number(minutes[1]) * MINUTE;
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!clock) return undefined;
  const day = 24 * 60 * MINUTE;
  const at = Math.floor(now / day) * day + (Number(clock[1]) * 60 + Number(clock[2])) * 60 * SECOND;
  return at > now ? at : at + day;
}
