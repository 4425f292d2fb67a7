import { escapePattern, escapeRegex } from './pattern.js';

/** What a word is expanded for. */
export type WordUse =
  /** Arguments: split, matched with file names. */
  | 'fields'
  /** One text: an assignment's value, a here-string, a test's operand. */
  | 'single'
  /** A pattern: what was quoted is taken literally. */
  | 'pattern'
  /** A regular expression, likewise. */
  | 'regex'
  /** What `${x/…/…}` puts in: quoted `&` and backslashes are marked. */
  | 'replacement';

/** A field: its text and, when something unquoted in it could match file names, the pattern. */
export interface Field {
  readonly text: string;
  readonly pattern: string | undefined;
}

const SPECIAL = /[*?[\\]|[+@!]\(/;

/** Collects what the pieces of a word expand to. */
export class WordBuilder {
  readonly fields: Field[] = [];
  readonly use: WordUse;
  /** $IFS as it was when the word began; undefined: unset, so blanks. */
  readonly separators: string;
  private text = '';
  private pattern: string | undefined;
  private started = false;

  constructor(use: WordUse, separators: string) {
    this.use = use;
    this.separators = separators;
    if (use !== 'fields' && use !== 'single') this.pattern = '';
  }

  /** Text that nothing more is done to. */
  quoted(text: string): void {
    this.started = true;
    this.text += text;
    if (this.pattern !== undefined) this.pattern += this.escape(text);
  }

  /** Unquoted text of the word itself: patterns work, no splitting. */
  literal(text: string): void {
    if (text === '') return;
    this.started = true;
    if (this.pattern === undefined && this.use === 'fields' && SPECIAL.test(text))
      this.pattern = escapePattern(this.text);
    this.text += text;
    if (this.pattern !== undefined) this.pattern += text;
  }

  /** What an unquoted expansion gave: split at $IFS, patterns work. */
  split(text: string): void {
    if (this.use !== 'fields' || this.separators === '') return this.literal(text);
    let at = 0;
    while (at < text.length) {
      if (this.separates(text[at] as string)) {
        at = this.separator(text, at);
        continue;
      }
      let end = at + 1;
      while (end < text.length && !this.separates(text[end] as string)) end += 1;
      this.literal(text.slice(at, end));
      at = end;
    }
  }

  /** Ends the field that was being collected; `force` even when it is empty. */
  breakField(force = false): void {
    if (!this.started && !force) return;
    this.fields.push({ text: this.text, pattern: this.pattern });
    this.text = '';
    this.pattern = undefined;
    this.started = false;
  }

  /** Makes the field exist although nothing was put into it: `""`. */
  start(): void {
    this.started = true;
  }

  get single(): string {
    return this.text;
  }

  get patternText(): string {
    return this.pattern ?? '';
  }

  private escape(text: string): string {
    if (this.use === 'regex') return escapeRegex(text);
    return this.use === 'replacement' ? text.replace(/[\\&]/g, '\\$&') : escapePattern(text);
  }

  private separates(char: string): boolean {
    return this.separators.includes(char);
  }

  private separator(text: string, from: number): number {
    let at = from;
    let hard = false;
    while (at < text.length && this.separates(text[at] as string)) {
      if (!/[ \t\n]/.test(text[at] as string)) {
        if (hard) break;
        hard = true;
      }
      at += 1;
    }
    this.breakField(hard);
    return at;
  }
}
