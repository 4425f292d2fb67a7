import { isBreak, isPrintable } from './chars.js';
import { compareKeys } from './key-order.js';
import { analyzeScalar, chooseStyle } from './scalar-style.js';

/** Longer keys (in bytes) are written with `? `. */
const SIMPLE_KEY_BYTES_MAX = 128;
const INDENT = 2;
/** Beyond this column a line breaks at the next single space, in values but not in keys. */
const WIDTH = 80;

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** What can be written: JSON's values, with numbers already in words. */
export type Emittable = string | PlainWord | readonly Emittable[] | EmittableMap;

/** A text that is written as it is: a number, `true`, `null`. */
export interface PlainWord {
  readonly word: string;
}

export interface EmittableMap {
  readonly entries: readonly (readonly [string, Emittable])[];
}

/**
 * Writes one document in block style as go-yaml v2 does: no folding, lists not indented under their key, but where
 * `indentsLists` asks for it, as version 3 does.
 */
export function emitYaml(value: Emittable, indentsLists = false): string {
  const emitter = new Emitter(indentsLists);
  emitter.node(value, false);
  emitter.writeIndent();
  return emitter.text();
}

class Emitter {
  private readonly out: string[] = [];
  private column = 0;
  /** The last thing written was white space, or nothing. */
  private whitespace = true;
  /** Only indentation and `-`, `?`, `:` have been written on this line. */
  private indention = true;
  private indent = -1;

  constructor(private readonly indentsLists: boolean) {}

  text(): string {
    return this.out.join('');
  }

  node(value: Emittable, inMapping: boolean, isKey = false): void {
    if (typeof value === 'string') return this.scalar(value, isKey);
    if (isList(value)) return this.sequence(value, inMapping);
    if ('word' in value) return this.plain(value.word, false);
    this.mapping(value.entries);
  }

  private deeper(indentless: boolean, write: () => void): void {
    const outer = this.indent;
    if (this.indent < 0) this.indent = 0;
    else if (!indentless) this.indent += INDENT;
    write();
    this.indent = outer;
  }

  private sequence(items: readonly Emittable[], inMapping: boolean): void {
    if (items.length === 0) return this.empty('[', ']');
    this.deeper(inMapping && !this.indention && !this.indentsLists, () => {
      for (const item of items) {
        this.writeIndent();
        this.indicator('-', true, false, true);
        this.node(item, false);
      }
    });
  }

  private mapping(entries: EmittableMap['entries']): void {
    if (entries.length === 0) return this.empty('{', '}');
    const sorted = [...entries].sort(([a], [b]) => compareKeys(a, b));
    this.deeper(false, () => {
      for (const [key, value] of sorted) {
        this.writeIndent();
        const simple = isSimpleKey(key);
        if (!simple) this.indicator('?', true, false, true);
        this.node(key, true, simple);
        if (!simple) this.writeIndent();
        this.indicator(':', !simple, false, !simple);
        this.node(value, true);
      }
    });
  }

  private empty(open: string, close: string): void {
    this.indicator(open, true, true, false);
    this.indicator(close, false, false, false);
  }

  private scalar(text: string, isKey: boolean): void {
    const style = chooseStyle(text, analyzeScalar(text), isKey);
    // What a scalar goes on with on further lines stands one level deeper.
    const outer = this.indent;
    this.indent = this.indent < 0 ? INDENT : this.indent + INDENT;
    if (style === 'plain') this.plain(text, !isKey);
    else if (style === 'single') this.single(text, !isKey);
    else if (style === 'double') this.double(text, !isKey);
    else this.literal(text);
    this.indent = outer;
  }

  private plain(text: string, mayFold: boolean): void {
    if (!this.whitespace) this.put(' ');
    const chars = [...text];
    chars.forEach((char, i) => {
      if (mayFold && this.foldsAt(chars, i) && chars[i + 1] !== ' ') this.writeIndent();
      else this.put(char);
      this.indention = false;
    });
    this.whitespace = false;
    this.indention = false;
  }

  /** Whether the line is full and this is the first of one or more spaces. */
  private foldsAt(chars: readonly string[], i: number): boolean {
    return this.column > WIDTH && chars[i] === ' ' && chars[i - 1] !== ' ';
  }

  private single(text: string, mayFold: boolean): void {
    this.indicator("'", true, false, false);
    let breaks = false;
    const chars = [...text];
    for (const [i, char] of chars.entries()) {
      const inside = i > 0 && i < chars.length - 1;
      if (mayFold && inside && this.foldsAt(chars, i) && chars[i + 1] !== ' ') {
        this.writeIndent();
        continue;
      }
      if (isBreak(char)) {
        if (!breaks && char === '\n') this.putBreak('\n');
        this.putBreak(char);
        this.indention = true;
        breaks = true;
        continue;
      }
      if (breaks) this.writeIndent();
      this.put(char === "'" ? "''" : char);
      this.indention = false;
      breaks = false;
    }
    this.indicator("'", false, false, false);
  }

  private double(text: string, mayFold: boolean): void {
    this.indicator('"', true, false, false);
    // The library takes every character for a byte order mark when the text begins with one.
    const escapeAll = text.startsWith('\ufeff');
    const chars = [...text];
    for (const [i, char] of chars.entries()) {
      if (escapeAll || mustEscape(char)) {
        this.put(escapeChar(char));
      } else if (mayFold && i > 0 && i < chars.length - 1 && this.foldsAt(chars, i)) {
        this.writeIndent();
        if (chars[i + 1] === ' ') this.put('\\');
      } else {
        this.put(char);
      }
    }
    this.indicator('"', false, false, false);
  }

  private literal(text: string): void {
    this.indicator('|', true, false, false);
    const hint = text.startsWith(' ') || isBreak(text.charAt(0)) ? String(INDENT) : '';
    this.put(hint + chompingHint(text));
    this.putBreak('\n');
    this.indention = true;
    this.whitespace = true;
    let breaks = true;
    for (const char of text) {
      if (isBreak(char)) {
        this.putBreak(char);
        this.indention = true;
        breaks = true;
        continue;
      }
      if (breaks) this.writeIndent();
      this.put(char);
      this.indention = false;
      breaks = false;
    }
  }

  /** Goes to the current indentation, on a new line unless it is just there. */
  writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.putBreak('\n');
    if (this.column < indent) this.put(' '.repeat(indent - this.column));
    this.whitespace = true;
    this.indention = true;
  }

  private indicator(text: string, needSpace: boolean, isSpace: boolean, isIndention: boolean): void {
    if (needSpace && !this.whitespace) this.put(' ');
    this.put(text);
    this.whitespace = isSpace;
    this.indention = this.indention && isIndention;
  }

  private put(text: string): void {
    this.out.push(text);
    this.column += [...text].length;
  }

  private putBreak(char: string): void {
    this.out.push(char);
    this.column = 0;
  }
}

function isList(value: Exclude<Emittable, string>): value is readonly Emittable[] {
  return Array.isArray(value);
}

function isSimpleKey(key: string): boolean {
  return !analyzeScalar(key).multiline && Buffer.byteLength(key, 'utf8') <= SIMPLE_KEY_BYTES_MAX;
}

/** `-` when the text does not end its last line, `+` when empty lines follow it. */
function chompingHint(text: string): string {
  const chars = [...text];
  if (!isBreak(chars.at(-1) ?? '')) return '-';
  return chars.length === 1 || isBreak(chars.at(-2) ?? '') ? '+' : '';
}

function mustEscape(char: string): boolean {
  return !isPrintable(char) || isBreak(char) || char === '"' || char === '\\';
}

function escapeChar(char: string): string {
  const named = ESCAPES[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
