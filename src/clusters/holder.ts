import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** A kubedrill that runs, or ran, told from one that had the same number before. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When that process began: milliseconds since the Unix epoch. */
  readonly started: number;
  /**
   * The kernel's own word for that moment, where it tells: which start of the computer, and ticks since then. Another process
   * with the same number has another, and nobody can set it as clocks are set.
   */
  readonly born?: string;
}

/** Clocks are set now and then, and a start is measured by two of them. */
const CLOCK_ERROR_MILLISECONDS = 60_000;

/** The kubedrill that this is. */
export function thisProcess(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    started: Math.round(Date.now() - process.uptime() * 1000),
    ...birthOf(process.pid),
  };
}

/** Whether a process still runs. Of another computer nobody can tell from here, so it counts as running. */
export function isAlive({ pid, host, started, born }: Holder): boolean {
  if (host !== hostname()) return true;
  const now = birthOf(pid).born;
  // A clock that was set, back or ahead, must not end a life.
  const exact = born?.includes(':') === true;
  if (!exact && started < Date.now() - uptime() * 1000 - CLOCK_ERROR_MILLISECONDS) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and is there all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return born === undefined || now === undefined || born === now || (!exact && now.endsWith(`:${born}`));
}

/** When the kernel made a process; only Linux tells by files. */
function birthOf(pid: number): { readonly born?: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the 22nd field is the 20th behind it.
    const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return born === undefined ? {} : { born: `${boot}:${born}` };
  } catch {
    return {};
  }
}
