import { hostname, uptime } from 'node:os';

/** A kubedrill that runs, told from one that had the same number before. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it began: milliseconds since the Unix epoch. */
  readonly started: number;
}

/** Clocks are set now and then. */
const CLOCK_ERROR_MILLISECONDS = 60_000;

/** The kubedrill that this is. */
export function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), started: Math.round(Date.now() - process.uptime() * 1000) };
}

/** Whether a process still runs. Of another computer nobody can tell from here, so it counts as running. */
export function isAlive(holder: Holder | null): boolean {
  if (holder === null) return false;
  const { pid, host, started } = holder;
  if (host !== hostname()) return true;
  if (started < Date.now() - uptime() * 1000 - CLOCK_ERROR_MILLISECONDS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, and is there all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
