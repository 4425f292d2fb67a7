import { INT64 } from '../../../api/go-template/go-types.js';
import { type GoData, GoInteger } from '../../../api/go-template/go-values.js';
import { goQuote } from '../../../api/go-text.js';
import { setField } from '../../../api/set-field.js';

type Table = { [key: string]: GoData };

/** A text that is no TOML; the message is worded as the library's. */
export class TomlError extends Error {}

/** Reads TOML: whole numbers are int64, tables maps. Throws TomlError. */
export function readToml(text: string): Table {
  return new TomlReader(text).run();
}

const BARE = /[A-Za-z0-9_-]/;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\x1b',
  '"': '"',
  '\\': '\\',
};

class TomlReader {
  private at = 0;
  private lastKey = '';
  private readonly root: Table = {};
  private table: Table = this.root;
  private path: readonly string[] = [];

  constructor(private readonly text: string) {}

  run(): Table {
    for (;;) {
      this.skip(/[\s]/);
      if (this.peek() === '') return this.root;
      if (this.peek() === '#') this.comment();
      else if (this.peek() === '[') this.header();
      else this.entry(this.table);
      this.lineEnd();
    }
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private skip(chars: RegExp): void {
    while (this.peek() !== '' && chars.test(this.peek())) this.at++;
  }

  private comment(): void {
    this.skip(/[^\n]/);
  }

  private fail(words: string): never {
    const line = this.text.slice(0, this.at).split('\n').length;
    const key = this.lastKey === '' ? '' : ` (last key ${goQuote(this.lastKey)})`;
    throw new TomlError(`toml: line ${line}${key}: ${words}`);
  }

  private lineEnd(): void {
    this.skip(/[ \t\r]/);
    if (this.peek() === '#') this.comment();
    if (this.peek() !== '\n' && this.peek() !== '') {
      this.fail(`expected a top-level item to end with a newline, comment, or EOF, but got '${this.peek()}' instead`);
    }
  }

  private header(): void {
    const isList = this.text.startsWith('[[', this.at);
    this.at += isList ? 2 : 1;
    const path = this.key();
    const close = isList ? ']]' : ']';
    if (!this.text.startsWith(close, this.at)) {
      const found = this.peek() === '' ? "'\\x00'" : `'${this.peek()}'`;
      this.fail(`expected '.' or ']' to end table name, but got ${found} instead`);
    }
    this.at += close.length;
    this.path = path;
    this.lastKey = path.join('.');
    const holder = this.tableAt(this.root, path.slice(0, -1));
    const name = path.at(-1) as string;
    if (!isList) {
      this.table = this.tableAt(holder, [name]);
      return;
    }
    const known = Object.hasOwn(holder, name) ? holder[name] : undefined;
    const list = Array.isArray(known) ? (known as GoData[]) : [];
    if (known === undefined) setField(holder, name, list);
    this.table = {};
    list.push(this.table);
  }

  /** The table a path leads to; the last one of a list stands for it. */
  private tableAt(from: Table, path: readonly string[]): Table {
    let table = from;
    for (const name of path) {
      const known = Object.hasOwn(table, name) ? table[name] : undefined;
      const next = Array.isArray(known) ? known.at(-1) : known;
      if (next === undefined) {
        const made: Table = {};
        setField(table, name, made);
        table = made;
      } else if (typeof next === 'object' && next !== null && !(next instanceof GoInteger)) table = next as Table;
      else this.fail(`Key '${path.join('.')}' has already been defined.`);
    }
    return table;
  }

  private key(): string[] {
    const path: string[] = [];
    for (;;) {
      this.skip(/[ \t]/);
      path.push(this.keyPart());
      this.skip(/[ \t]/);
      if (this.peek() !== '.') return path;
      this.at++;
    }
  }

  private keyPart(): string {
    const char = this.peek();
    if (char === '"') return this.basic();
    if (char === "'") return this.literal();
    const start = this.at;
    this.skip(BARE);
    if (this.at === start)
      this.fail(`${char === '' ? 'unexpected EOF' : `unexpected '${char}'`}: key name appears blank`);
    return this.text.slice(start, this.at);
  }

  private entry(table: Table): void {
    const path = this.key();
    if (this.peek() !== '=') {
      const found = this.peek() === '' ? 'unexpected EOF' : `unexpected '${this.peek()}'`;
      this.fail(`${found}; expected key separator '='`);
    }
    this.at++;
    this.skip(/[ \t]/);
    this.lastKey = [...this.path, ...path].join('.');
    const holder = this.tableAt(table, path.slice(0, -1));
    const name = path.at(-1) as string;
    if (Object.hasOwn(holder, name)) this.fail(`Key '${this.lastKey}' has already been defined.`);
    setField(holder, name, this.value());
    this.lastKey = '';
  }

  private value(): GoData {
    const char = this.peek();
    if (char === '') this.fail('unexpected EOF; expected value');
    if (this.text.startsWith('"""', this.at)) return this.multiLine('"""');
    if (this.text.startsWith("'''", this.at)) return this.multiLine("'''");
    if (char === '"') return this.basic();
    if (char === "'") return this.literal();
    if (char === '[') return this.list();
    if (char === '{') return this.inlineTable();
    return this.word();
  }

  private word(): GoData {
    const start = this.at;
    this.skip(/[^\s,\]}#]/);
    const word = this.text.slice(start, this.at);
    if (word === 'true' || word === 'false') return word === 'true';
    const plain = word.replaceAll('_', '');
    if (/^[-+]?(?:0|[1-9]\d*)$/.test(plain) || /^0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)$/.test(plain)) {
      return new GoInteger(INT64, plain.startsWith('-') ? -BigInt(plain.slice(1)) : BigInt(plain.replace('+', '')));
    }
    if (/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(plain)) return Number(plain);
    if (/^[-+]?inf$/.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
    if (/^[-+]?nan$/.test(plain)) return Number.NaN;
    // Dates stay as they are written.
    if (/^\d{4}-\d\d-\d\d|^\d\d:\d\d/.test(word)) return word;
    this.at = start;
    return this.fail(
      word === ''
        ? `expected value but found '${this.peek()}' instead`
        : `expected value but found ${goQuote(word)} instead`,
    );
  }

  private basic(): string {
    this.at++;
    let out = '';
    for (;;) {
      const char = this.peek();
      if (char === '' || char === '\n')
        this.fail(char === '' ? "unexpected EOF; expected '\"'" : 'strings cannot contain newlines');
      this.at++;
      if (char === '"') return out;
      out += char === '\\' ? this.escape() : char;
    }
  }

  private escape(): string {
    const char = this.peek();
    this.at++;
    const named = ESCAPES[char];
    if (named !== undefined) return named;
    const length = char === 'u' ? 4 : char === 'U' ? 8 : 0;
    const digits = this.text.slice(this.at, this.at + length);
    if (length === 0 || !/^[0-9a-fA-F]+$/.test(digits)) this.fail(`invalid escape character ${goQuote(char)}`);
    this.at += length;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }

  private literal(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) this.fail("unexpected EOF; expected '''");
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  private multiLine(quote: string): string {
    this.at += 3;
    if (this.peek() === '\n') this.at++;
    let out = '';
    while (!this.text.startsWith(quote, this.at)) {
      const char = this.peek();
      if (char === '') this.fail('unexpected EOF');
      this.at++;
      if (char !== '\\' || quote === "'''") out += char;
      else if (/^[ \t]*\n/.test(this.text.slice(this.at))) this.skip(/\s/);
      else out += this.escape();
    }
    this.at += 3;
    return out;
  }

  private list(): GoData[] {
    this.at++;
    const items: GoData[] = [];
    for (;;) {
      this.blank();
      if (this.peek() === ']') break;
      items.push(this.value());
      this.blank();
      if (this.peek() === ',') this.at++;
      else if (this.peek() !== ']')
        this.fail(
          `expected a comma (',') or array terminator (']'), but got ${this.peek() === '' ? 'end of file' : `'${this.peek()}'`}`,
        );
    }
    this.at++;
    return items;
  }

  private blank(): void {
    this.skip(/\s/);
    while (this.peek() === '#') {
      this.comment();
      this.skip(/\s/);
    }
  }

  private inlineTable(): Table {
    this.at++;
    const table: Table = {};
    for (;;) {
      this.blank();
      if (this.peek() === '}') break;
      this.entry(table);
      this.blank();
      if (this.peek() === ',') this.at++;
      else if (this.peek() !== '}') this.fail("expected a comma or an inline table terminator '}'");
    }
    this.at++;
    return table;
  }
}
