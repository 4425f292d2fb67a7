/** Linux signal numbers on x86-64, by name without the `SIG`. */
export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
} as const;

/** A signal's name without the `SIG`, such as `TERM`. */
export type Signal = keyof typeof SIGNALS;

/**
 * What a process does when a signal comes: the kernel's default, nothing, take it itself (`Sys.takeSignal`), or end with
 * status 0 at once, as a daemon whose handler has nothing to put in order.
 */
export type Disposition = 'default' | 'ignore' | 'catch' | 'exit';

/** What the kernel does with a signal nobody catches. */
export type DefaultAction = 'terminate' | 'stop' | 'continue' | 'ignore';

/** The default action of a signal, signal(7). */
export function defaultAction(signal: Signal): DefaultAction {
  switch (signal) {
    case 'CHLD':
    case 'URG':
    case 'WINCH':
      return 'ignore';
    case 'STOP':
    case 'TSTP':
    case 'TTIN':
    case 'TTOU':
      return 'stop';
    case 'CONT':
      return 'continue';
    default:
      return 'terminate';
  }
}

/** The signal with a number, or undefined. */
export function signalByNumber(number: number): Signal | undefined {
  return (Object.keys(SIGNALS) as Signal[]).find((name) => SIGNALS[name] === number);
}

/** The signal with a name as `kill` and `trap` take it: `TERM`, `SIGTERM`, `term` or `15`; undefined when there is none. */
export function signalByName(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return signalByNumber(Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name in SIGNALS ? (name as Signal) : undefined;
}
