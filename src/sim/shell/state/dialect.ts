import type { Errno } from '../../kernel/errno.js';
import type { Language } from '../syntax/language.js';
import type { Found } from '../syntax/verdict.js';
import type { Builtin, Shell } from './shell.js';

/** A message as a dialect words it. */
export interface Saying {
  readonly words: string;
  /** The built-in that speaks. */
  readonly by?: string;
  /** Only the shell's name stands before it (`'name'`), or nothing at all (`'bare'`). */
  readonly prefix?: 'name' | 'bare';
  /** The status instead of bash's. */
  readonly status?: number;
  /** A shell without a prompt ends. */
  readonly ends?: boolean;
}

/** How a shell that is not bash differs from it. The engine speaks bash; this is what it says instead. */
export interface Dialect {
  readonly name: 'ash' | 'dash';
  readonly language: Language;
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** Computed variables it has. */
  readonly computed: ReadonlySet<string>;
  /** Whether lines are edited at the prompt; else the terminal's own editing is all there is. */
  readonly edits: boolean;
  prompt(root: boolean): string;
  /** A message of bash's, reworded. */
  say(message: string): Saying;
  /** The line on standard error. */
  line(shell: Shell, saying: Saying): string;
  /** What stands where it cannot stand. */
  syntaxError(found: Found | undefined): string;
  cannotOpen(name: string, writes: boolean, code: Errno['code'], message: string): string;
  /** Whether `${name:1:2}` and `${name/a/b}` are known. */
  readonly slices: boolean;
  /** The first words of a line of `jobs`. */
  jobHead(number: number, mark: string): string;
}
