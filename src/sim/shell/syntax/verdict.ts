import type { Language } from './language.js';

/** What the reader found at the start of a text. */
export type Verdict =
  /** A whole command: its text with aliases expanded, and where the rest begins. `warnings` are about here-documents. */
  | { readonly kind: 'complete'; readonly text: string; readonly end: number; readonly warnings: readonly Complaint[] }
  /** Nothing but blank lines and comments. */
  | { readonly kind: 'empty'; readonly end: number }
  /** More lines are needed; when there are none, `complaint` says so. */
  | { readonly kind: 'unfinished'; readonly complaint: Complaint }
  | { readonly kind: 'wrong'; readonly complaint: Complaint; readonly end: number };

/** A message with the line it is about, counted from 1 at the start of the text. */
export interface Complaint {
  readonly line: number;
  readonly words: string;
  /** Whether bash shows the source line under it. */
  readonly showsLine: boolean;
  /** 'same': as odd as bash is, `$?` stays what it was. */
  readonly status: number | 'same';
  /** Reading goes on with the next line. */
  readonly goesOn?: boolean;
  /** The same for dialects that word it by what was found and what was expected. */
  readonly found?: Found;
}

/** What stands where it cannot stand: `"fi"`, `word`, `newline`, `end of file`, `redirection`; or other words altogether. */
export interface Found {
  readonly what: string;
  readonly expecting?: string | undefined;
  readonly whole?: boolean;
}

/** What decides how a text is read. */
export interface ReadOptions {
  readonly aliases: ReadonlyMap<string, string> | undefined;
  readonly extglob: boolean;
  /** No more text will come after this. */
  readonly final: boolean;
  /** bash's unless said. */
  readonly language?: Language;
}

/** Thrown inside the reader where the text ends too early. */
export class Unfinished extends Error {
  constructor(
    readonly words: string,
    readonly at: 'opening' | 'end',
    readonly position: number,
    readonly status = 2,
    readonly found?: Found,
  ) {
    super(words);
  }
}

/** Thrown inside the reader where the text cannot be right. */
export class Wrong extends Error {
  constructor(
    readonly words: string,
    readonly position: number,
    readonly showsLine = true,
    readonly kind: 'grammar' | 'conditional' | 'array' = 'grammar',
    readonly found?: Found,
  ) {
    super(words);
  }
}
