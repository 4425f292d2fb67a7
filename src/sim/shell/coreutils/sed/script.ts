import type { Pattern } from '../../../kernel/libc/regex/pattern.js';

/** One end of a sed address. An undefined pattern is the one used last. */
export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'pattern'; readonly pattern: Pattern | undefined }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** What a replacement is made of: text, a group, or a change of case. */
export type ReplacementPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly change: 'L' | 'U' | 'l' | 'u' | 'E' };

export interface Substitution {
  readonly pattern: Pattern | undefined;
  readonly parts: readonly ReplacementPart[];
  readonly all: boolean;
  readonly nth: number;
  readonly prints: number;
  readonly file: string | undefined;
}

/** One command of a script. `target`: where `{` and jumps lead, an index into the script. */
export interface SedCommand {
  readonly name: string;
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  /** a, i, c: text. b, t, T, `:`: label. r, R, w, W: file. */
  readonly text: string;
  readonly number: number | undefined;
  readonly substitution: Substitution | undefined;
  readonly table: ReadonlyMap<string, string> | undefined;
  target: number;
  /** Whether the range is open now, and where it ends. */
  active: boolean;
  until: number;
}

/** Wrong script; `message` is complete but for the program's name. */
export class ScriptError extends Error {}
