/** What decides how a pattern is read. */
export interface PatternOptions {
  readonly extglob: boolean;
  readonly ignoreCase: boolean;
}

type Node =
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'group'; readonly operator: string; readonly alternatives: readonly (readonly Node[])[] };

/** A shell pattern ready to match. */
export interface Pattern {
  /** Whether the whole text matches. */
  matches(text: string): boolean;
  /** For searching inside text; undefined when the pattern cannot be written as a regular expression (`!( )`). */
  readonly regex: string | undefined;
  /** The text it stands for when it has nothing special. */
  readonly literal: string | undefined;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e\\u00a1-\\u{10ffff}',
  lower: '\\p{Ll}',
  print: '\\x20-\\x7e\\u00a0-\\u{10ffff}',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\p{L}\\p{N}_',
  xdigit: '0-9A-Fa-f',
};

/** Writes text so that a regular expression takes it literally. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`));
}

/** Puts a backslash before what a pattern would take as special. */
export function escapePattern(text: string): string {
  return /[*?[\]\\()|!+@^-]/.test(text) ? text.replace(/[*?[\]\\()|!+@^-]/g, '\\$&') : text;
}

/** Whether a pattern has anything special that is not quoted. */
export function hasPattern(text: string, extglob: boolean): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '\\') at += 1;
    else if (char === '*' || char === '?') return true;
    else if (char === '[' && bracketEnd(text, at) !== undefined) return true;
    else if (extglob && text[at + 1] === '(' && '+@!'.includes(char)) return true;
  }
  return false;
}

const CACHE_MAX = 300;
const cache = new Map<string, Pattern>();

/** Reads a pattern; what was read before is remembered. */
export function readPattern(text: string, options: PatternOptions): Pattern {
  const key = `${options.extglob ? 'e' : '-'}${options.ignoreCase ? 'i' : '-'}${text}`;
  const known = cache.get(key);
  if (known) return known;
  const pattern = build(text, options);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, pattern);
  return pattern;
}

function build(text: string, options: PatternOptions): Pattern {
  if (!hasPattern(text, options.extglob)) {
    const literal = text.replace(/\\(.)/gsu, '$1').replace(/\\$/, '\\');
    const regex = escapeRegex(literal);
    if (!options.ignoreCase) return { literal, regex, matches: (subject) => subject === literal };
    const whole = new RegExp(`^(?:${regex})$`, 'sui');
    return { literal: undefined, regex, matches: (subject) => whole.test(subject) };
  }
  const nodes = new PatternReader(text, options.extglob).read('');
  const flags = options.ignoreCase ? 'sui' : 'su';
  const regex = toRegex(nodes);
  if (regex === undefined) {
    return {
      literal: undefined,
      regex: undefined,
      matches: (subject) => matchNodes(nodes, subject, 0, flags).includes(subject.length),
    };
  }
  const whole = new RegExp(`^(?:${regex})$`, flags);
  return { literal: undefined, regex, matches: (subject) => whole.test(subject) };
}

class PatternReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly extglob: boolean,
  ) {}

  /** Nodes up to one of the closing characters. */
  read(closing: string): Node[] {
    const nodes: Node[] = [];
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (closing.includes(char)) break;
      const group = this.extglob && '?*+@!'.includes(char) && this.text[this.at + 1] === '(';
      nodes.push(group ? this.group(char) : { kind: 'regex', source: this.piece(char) });
    }
    return nodes;
  }

  private group(operator: string): Node {
    const start = this.at;
    this.at += 2;
    const alternatives: Node[][] = [];
    for (;;) {
      alternatives.push(this.read('|)'));
      const end = this.text[this.at];
      this.at += 1;
      if (end === ')') return { kind: 'group', operator, alternatives };
      if (end === undefined) {
        this.at = start + 1;
        return { kind: 'regex', source: operator === '*' ? '[^]*' : operator === '?' ? '[^]' : escapeRegex(operator) };
      }
    }
  }

  private piece(char: string): string {
    const { text } = this;
    if (char === '\\') {
      const escaped = String.fromCodePoint(text.codePointAt(this.at + 1) ?? 92);
      this.at += 1 + (this.at + 1 < text.length ? escaped.length : 0);
      return escapeRegex(escaped);
    }
    if (char === '*') {
      while (text[this.at] === '*' && !(this.extglob && text[this.at + 1] === '(')) this.at += 1;
      return '[^]*';
    }
    if (char === '[') {
      const end = bracketEnd(text, this.at);
      if (end !== undefined) {
        const source = bracket(text.slice(this.at + 1, end));
        this.at = end + 1;
        return source;
      }
    }
    const whole = String.fromCodePoint(text.codePointAt(this.at) as number);
    this.at += whole.length;
    return char === '?' ? '[^]' : escapeRegex(whole);
  }
}

/** Where the bracket expression that begins at `at` ends, or undefined. */
function bracketEnd(text: string, at: number): number | undefined {
  let end = at + 1;
  if (text[end] === '!' || text[end] === '^') end += 1;
  if (text[end] === ']') end += 1;
  for (; end < text.length; end += 1) {
    const char = text[end];
    if (char === '\\') end += 1;
    else if (char === '[' && /[:.=]/.test(text[end + 1] ?? '')) {
      const close = text.indexOf(`${text[end + 1]}]`, end + 2);
      if (close >= 0) end = close + 1;
    } else if (char === ']') return end;
    else if (char === '/') return undefined;
  }
  return undefined;
}

function bracket(content: string): string {
  const negated = content.startsWith('!') || content.startsWith('^');
  const body = negated ? content.slice(1) : content;
  let set = '';
  for (let at = 0; at < body.length; ) {
    const named = /^\[:(\w+):\]/.exec(body.slice(at));
    if (named) {
      set += CLASSES[named[1] as string] ?? '';
      at += named[0].length;
      continue;
    }
    const [first, next] = member(body, at);
    if (body[next] === '-' && next + 1 < body.length) {
      const [last, after] = member(body, next + 1);
      if ((first.codePointAt(0) as number) <= (last.codePointAt(0) as number))
        set += `${escapeRegex(first)}-${escapeRegex(last)}`;
      at = after;
    } else {
      set += escapeRegex(first);
      at = next;
    }
  }
  if (set === '') return negated ? '[^]' : '[]';
  return `[${negated ? '^' : ''}${set}]`;
}

/** One character of a bracket expression, and where the next stands. */
function member(body: string, at: number): [string, number] {
  const collating = /^\[([.=])(.)\1\]/su.exec(body.slice(at));
  if (collating) return [collating[2] as string, at + collating[0].length];
  const from = body[at] === '\\' && at + 1 < body.length ? at + 1 : at;
  const char = String.fromCodePoint(body.codePointAt(from) as number);
  return [char, from + char.length];
}

function toRegex(nodes: readonly Node[]): string | undefined {
  let source = '';
  for (const node of nodes) {
    if (node.kind === 'regex') {
      source += node.source;
      continue;
    }
    if (node.operator === '!') return undefined;
    const alternatives = node.alternatives.map(toRegex);
    if (alternatives.includes(undefined)) return undefined;
    const quantifier = node.operator === '@' ? '' : node.operator;
    source += `(?:${alternatives.join('|')})${quantifier}`;
  }
  return source;
}

/** The positions where a match of the nodes that begins at `from` can end: for patterns with `!( )`. */
function matchNodes(nodes: readonly Node[], subject: string, from: number, flags: string): number[] {
  let ends = new Set([from]);
  for (const node of nodes) {
    const next = new Set<number>();
    for (const start of ends) for (const end of matchNode(node, subject, start, flags)) next.add(end);
    ends = next;
  }
  return [...ends];
}

function matchNode(node: Node, subject: string, from: number, flags: string): Iterable<number> {
  if (node.kind === 'regex') {
    if (node.source === '[^]*') return range(from, subject.length);
    const match = new RegExp(node.source, `${flags}y`);
    match.lastIndex = from;
    return match.test(subject) ? [match.lastIndex] : [];
  }
  const once = (start: number) =>
    new Set(node.alternatives.flatMap((nodes) => matchNodes(nodes, subject, start, flags)));
  if (node.operator === '@') return once(from);
  if (node.operator === '?') return once(from).add(from);
  if (node.operator === '!') {
    const not = once(from);
    return range(from, subject.length).filter((end) => !not.has(end));
  }
  const reached = new Set<number>(node.operator === '*' ? [from] : []);
  const queue = [from];
  for (let start = queue.pop(); start !== undefined; start = queue.pop()) {
    for (const end of once(start)) {
      if (reached.has(end)) continue;
      reached.add(end);
      queue.push(end);
    }
  }
  return reached;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_unused, index) => from + index);
}
