import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';
import { type Flags, FlagTable } from './flags.js';

/** What a verb gets: the run it is part of, its flags and its arguments. */
export type Run = (session: Session, flags: Flags, args: readonly string[]) => Waiting<void>;

/** A command, or a group of them when it has no `run`. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What `kubectl --help` says of it. */
  readonly short: string;
  /** Flags that cobra itself insists on. */
  readonly required?: readonly string[];
  readonly commands?: readonly Command[];
  /** Works, but is not listed. */
  readonly hidden?: true;
  /** Where a group alone prints its help; `out` also for words it does not know, which then is no failure. */
  readonly helpTo?: 'err' | 'out';
  readonly run?: Run;
  /** What is completed is only the beginning of an argument: no space follows. */
  readonly joined?: true;
  /** Candidates for the argument after these, for completion. */
  readonly complete?: (
    session: Session,
    args: readonly string[],
    prefix: string,
    flags: Flags,
  ) => Waiting<readonly string[]>;
}

/** A command found on a command line, with its path without `kubectl` and what is left for it. */
export interface Found {
  readonly command: Command;
  readonly path: string;
  readonly words: readonly string[];
}

/** Finds the command the words name, flags before and between them left in place (cobra's Find). */
export function findCommand(root: Command, words: readonly string[]): Found {
  let command = root;
  let path = '';
  const left = [...words];
  for (;;) {
    const at = firstArgument(new FlagTable(path), left);
    const name = at < 0 ? undefined : left[at];
    const next = name === undefined ? undefined : command.commands?.find((each) => isNamed(each, name));
    if (!next) return { command, path, words: left };
    left.splice(at, 1);
    command = next;
    path = path === '' ? next.name : `${path} ${next.name}`;
  }
}

/** Whether a word names the command. */
function isNamed(command: Command, word: string): boolean {
  return command.name === word || command.aliases?.includes(word) === true;
}

/**
 * Where the first word stands that is neither a flag nor its value; -1 when there is none. What cobra does not know
 * yet counts as a flag with a value (stripFlags).
 */
export function firstArgument(table: FlagTable, words: readonly string[]): number {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return at;
    if (takesNext(table, word)) at += 1;
  }
  return -1;
}

function takesNext(table: FlagTable, word: string): boolean {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) return table.name(word.slice(2))?.alone === undefined;
  return word.length === 2 && table.short(word.charAt(1))?.alone === undefined;
}
