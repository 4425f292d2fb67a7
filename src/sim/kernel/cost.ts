import type { Micros } from './time.js';

/**
 * What work costs in virtual time. One table, so that what `timeout 5` or Ctrl-C interrupts never depends on the
 * computer. The figures are of the order a small cloud machine takes, and never less than what this program needs.
 */
export const COST = {
  /** One step of a shell: a simple command's expansion, a loop's test, a built-in. */
  shellStep: 20,
  /** Reading or writing a file descriptor once. */
  io: 5,
  /** Each 1024 bytes read or written. */
  ioPerKibibyte: 2,
  /** Each byte shown on a terminal: about 500 kB a second. */
  terminalByte: 2,
  /** A look at the file tree: stat, open, readdir, unlink … */
  file: 5,
  /** Making a process by fork. */
  fork: 300,
  /** Starting a program by exec. */
  exec: 700,
  /** Setting up a connection. */
  connect: 200,
  /** One API request's work on the server. */
  apiRequest: 1_500,
  /** One turn of a controller's sync, a scheduling attempt, a kubelet's pod sync. */
  sync: 100,
} as const satisfies Record<string, Micros>;
