import { goRune } from '../go-rune.js';
import { OutputError } from '../output-error.js';
import type { ListNode, Node, Slice } from './nodes.js';
import { unquote } from './unquote.js';

const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+)$/;
const WORD = /^[_\p{L}\p{Nd}]$/u;

/** Reads a JSONPath template as client-go does. Throws OutputError, for instance `unterminated array`. */
export function parseJsonPath(template: string): Node[] {
  return new Parser(template).template();
}

/** Reads what would stand between the braces. */
function parseAction(text: string): ListNode {
  const first = parseJsonPath(`{${text}}`)[0];
  return first?.type === 'list' ? first : { type: 'list', nodes: [] };
}

class Parser {
  private at = 0;

  constructor(private readonly input: string) {}

  template(): Node[] {
    const root: Node[] = [];
    for (;;) {
      const open = this.input.indexOf('{', this.at);
      const text = this.input.slice(this.at, open < 0 ? undefined : open);
      if (text !== '') root.push({ type: 'text', text });
      if (open < 0) return root;
      this.at = open + 1;
      root.push({ type: 'list', nodes: this.action() });
    }
  }

  private peek(): string {
    const code = this.input.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  private action(): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      if (this.accept('}')) return nodes;
      if (this.accept('[?(')) nodes.push(this.filter());
      else if (this.accept('..')) this.recursive(nodes);
      else this.part(nodes);
    }
  }

  private accept(text: string): boolean {
    if (!this.input.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private part(nodes: Node[]): void {
    const char = this.peek();
    if (char === '' || char === '\r' || char === '\n') throw new OutputError('unclosed action');
    if (/^[-+]$|^\p{Nd}$/u.test(char)) {
      nodes.push(this.number());
    } else if (WORD.test(char)) {
      nodes.push(this.identifier());
    } else {
      this.at += char.length;
      if (char === '[') nodes.push(...this.array());
      else if (char === '"' || char === "'") nodes.push(this.quote(char));
      else if (char === '.') nodes.push(this.field());
      else if (!' @$'.includes(char)) throw new OutputError(`unrecognized character in action: ${goRune(char)}`);
    }
  }

  private recursive(nodes: Node[]): void {
    if (nodes.at(-1)?.type === 'recursive') throw new OutputError('invalid multiple recursive descent');
    nodes.push({ type: 'recursive' });
    if (WORD.test(this.peek())) nodes.push(this.field());
  }

  private identifier(): Node {
    const start = this.at;
    while (!isTerminator(this.peek())) this.next();
    const name = this.input.slice(start, this.at);
    if (name === 'true' || name === 'false') return { type: 'constant', value: name === 'true' };
    return { type: 'identifier', name };
  }

  private number(): Node {
    const start = this.at;
    if (/^[-+]$/.test(this.peek())) this.next();
    while (/^(\.|\p{Nd})$/u.test(this.peek())) this.next();
    const text = this.input.slice(start, this.at);
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new OutputError(`cannot parse number ${text}`);
    return { type: 'constant', value: Number(text) };
  }

  private field(): Node {
    const start = this.at;
    while (!isTerminator(this.peek())) if (this.next() === '\\') this.next();
    const name = this.input.slice(start, this.at);
    return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') };
  }

  private quote(end: string): Node {
    const start = this.at - 1;
    for (;;) {
      const char = this.next();
      if (char === '' || char === '\n') throw new OutputError('unterminated quoted string');
      if (char === end && this.input[this.at - 2] !== '\\') break;
    }
    const quoted = this.input.slice(start, this.at);
    const text = unquote(quoted);
    if (text === undefined) throw new OutputError(`unquote string ${quoted} error invalid syntax`);
    return { type: 'text', text };
  }

  private array(): readonly Node[] {
    const start = this.at;
    for (let char = this.next(); char !== ']'; char = this.next()) {
      if (char === '' || char === '\n') throw new OutputError('unterminated array');
    }
    const written = this.input.slice(start, this.at - 1);
    const text = written === '*' ? ':' : written;
    const members = text.split(',');
    if (members.length > 1) {
      return [{ type: 'union', members: members.map((member) => parseAction(`[${member.replace(/^ +| +$/g, '')}]`)) }];
    }
    const key = /^'([^']*)'$/.exec(text)?.[1];
    if (key !== undefined) return parseAction(`.${key}`).nodes;
    return [{ type: 'array', slice: parseSlice(text) }];
  }

  private filter(): Node {
    const start = this.at;
    this.skipFilter();
    if (this.next() !== ']') throw new OutputError('unclosed array expect ]');
    const text = this.input.slice(start, this.at - 2);
    const parts = COMPARISON.exec(text);
    if (parts === null) {
      return { type: 'filter', left: parseAction(text), right: { type: 'list', nodes: [] }, operator: 'exists' };
    }
    const [, left = '', operator = '', right = ''] = parts;
    return { type: 'filter', left: parseAction(left), right: parseAction(right), operator };
  }

  /** Goes behind the parenthesis that ends the filter. Only the first quoted text is seen as one. */
  private skipFilter(): void {
    let pair = '';
    let closed = false;
    for (;;) {
      const char = this.next();
      if (char === '' || char === '\n') throw new OutputError('unterminated filter');
      if (char === '"' || char === "'") {
        if (pair === '') pair = char;
        else if (char === pair && this.input[this.at - 2] !== '\\') closed = true;
      } else if (char === ')' && (pair !== '') === closed) {
        return;
      }
    }
  }
}

function isTerminator(char: string): boolean {
  return char === '' || ' \t\r\n.,[]$@{}'.includes(char);
}

function parseSlice(text: string): Slice {
  const parts = SLICE.exec(text);
  if (parts === null) throw new OutputError(`invalid array index ${text}`);
  const from = bound(parts[1] ?? '');
  const step = bound((parts[3] ?? '').slice(1));
  if (parts[2] === undefined || parts[2] === '') return { from, to: (from ?? 0) + 1, step, single: true };
  return { from, to: bound(parts[2].slice(1)), step, single: false };
}

function bound(text: string): number | undefined {
  if (text === '-') throw new OutputError('array index - is not a number');
  return text === '' ? undefined : Number(text);
}
