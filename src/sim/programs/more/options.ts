import { getopt, OptionError, type OptionSpec } from '../../kernel/libc/getopt.js';

/** What a command line of more asks for. */
export interface MoreOptions {
  readonly shows: 'help' | 'version' | undefined;
  /** Tells which keys there are instead of ringing the bell. */
  readonly silent: boolean;
  /** Counts lines of the file, not rows of the screen. */
  readonly logical: boolean;
  /** A form feed does not stop the output. */
  readonly noPause: boolean;
  /** Each screenful begins on a clear screen. */
  readonly clears: boolean;
  readonly exitOnEof: boolean;
  readonly squeeze: boolean;
  /** Lines of a screenful; as many as the window has room for when left out. */
  readonly lines: number | undefined;
  /** The line to begin with, from 1. */
  readonly from: number;
  /** What the first lines shown are to hold. */
  readonly pattern: string | undefined;
  readonly files: readonly string[];
}

/** A command line that more refuses, with all it says then. */
export class RefusedArguments extends Error {}

/** `-u` is taken and changes nothing: what is struck over goes to the terminal as it is, with it or without. */
const SPECS: readonly OptionSpec[] = [
  { long: 'silent', short: 'd' },
  { long: 'logical', short: 'f' },
  { long: 'no-pause', short: 'l' },
  { long: 'print-over', short: 'c' },
  { long: 'clean-print', short: 'p' },
  { long: 'exit-on-eof', short: 'e' },
  { long: 'squeeze', short: 's' },
  { long: 'plain', short: 'u' },
  { long: 'lines', short: 'n', argument: 'required' },
  { long: 'help', short: 'h' },
  { long: 'version', short: 'V' },
];

/** Reads a command line; `inherited` is the environment's MORE. Throws RefusedArguments. */
export function readArguments(args: readonly string[], inherited = ''): MoreOptions {
  const given = [...inherited.split(/\s+/).filter((word) => word.startsWith('-')), ...args];
  const places = given.filter((arg) => arg.startsWith('+'));
  const words = given.filter((arg) => !arg.startsWith('+')).map((arg) => arg.replace(/^-(\d+)$/, '-n$1'));
  let parsed: ReturnType<typeof getopt>;
  try {
    parsed = getopt(words, SPECS);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new RefusedArguments(`more: ${error.message}\nTry 'more --help' for more information.\n`);
  }
  const has = (name: string) => parsed.options.some((option) => option.name === name);
  const lines = parsed.options.findLast(({ name }) => name === 'lines')?.value;
  if (lines !== undefined && !/^\d+$/.test(lines)) throw new RefusedArguments(`more: argument error: '${lines}'\n`);
  const place = places.at(-1)?.slice(1) ?? '';
  return {
    shows: has('help') ? 'help' : has('version') ? 'version' : undefined,
    silent: has('silent'),
    logical: has('logical'),
    noPause: has('no-pause'),
    clears: has('print-over') || has('clean-print'),
    exitOnEof: has('exit-on-eof'),
    squeeze: has('squeeze'),
    lines: Number(lines) || undefined,
    from: Math.max(1, Number.parseInt(place, 10) || 1),
    pattern: place.startsWith('/') ? place.slice(1) : undefined,
    files: parsed.operands,
  };
}
