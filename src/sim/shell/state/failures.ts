/** A simple command that cannot go on: its message, without the shell's prefix, and status. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly status = 1,
    /** `'command'`: only this command fails. `'line'`: a non-interactive shell gives up what it reads; an interactive one goes back to its prompt. `'shell'`: a script ends. */
    readonly reach: 'command' | 'line' | 'shell' = 'command',
  ) {
    super(message);
  }
}

/** `break` and `continue` on their way to the loop they mean. */
export class LoopControl extends Error {
  constructor(
    readonly kind: 'break' | 'continue',
    public levels: number,
    /** What the loop's status becomes. */
    readonly status = 0,
  ) {
    super(kind);
  }
}

/** `return` on its way out of a function or sourced file. */
export class FunctionReturn extends Error {
  constructor(readonly status: number) {
    super('return');
  }
}

/** The shell ends with a status: `exit`, `set -e`, a fatal error, or a program it became. */
export class ShellExit extends Error {
  constructor(
    readonly status: number,
    /** The process has already run another program in this one's place: no EXIT trap. */
    readonly replaced = false,
  ) {
    super('exit');
  }
}

/** The terminal was hung up and nothing is set to happen then: an interactive shell ends by the signal. */
export class HangUp extends ShellExit {
  constructor() {
    super(129);
  }
}

/** Ctrl-C at an interactive shell, or a line given up: back to the prompt. */
export class BackToPrompt extends Error {
  constructor(
    readonly status: number,
    /** The cursor still stands behind what Ctrl-C left. */
    readonly newline = false,
  ) {
    super('interrupt');
  }
}

/** Whether an error says that commands are nested deeper than this machine's stack allows. */
export function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}

export const TOO_DEEP = 'maximum nesting level exceeded';

/** Bounds of one shell; beyond them commands fail with a message. */
export const SHELL_LIMITS = {
  /** Functions, sourced files and `eval` inside one another. */
  nesting_max: 400,
  /** Variables whose values name each other in arithmetic. */
  arithmetic_recursion_max: 1024,
  /** Namerefs that name each other. */
  nameref_depth_max: 8,
  /** Words that one brace expansion may make. */
  brace_words_max: 1_000_000,
  /** Commands kept in history when HISTSIZE says nothing. */
  history_lines: 500,
} as const;
