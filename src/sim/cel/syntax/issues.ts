/** What is wrong with an expression, told as cel-go tells it. */

interface Issue {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const ISSUES_MAX = 100;
const SNIPPET_BYTES_MAX = 16_384;

/** Gathers mistakes and where they are. */
export class Issues {
  private readonly found: Issue[] = [];
  private count = 0;

  constructor(private readonly text: string) {}

  /** Whether nothing is wrong so far. */
  get none(): boolean {
    return this.count === 0;
  }

  /** Notes a mistake at a place in the text; -1 where there is none. */
  add(at: number, message: string): void {
    this.count += 1;
    if (this.count <= ISSUES_MAX) this.found.push({ ...this.place(at), message });
  }

  /** How many mistakes there are, to come back to with {@link forget}. */
  get length(): number {
    return this.found.length;
  }

  /** Forgets the mistakes found since. */
  forget(length: number): void {
    this.count -= this.found.length - length;
    this.found.length = length;
  }

  /** Takes the mistakes that another reader of the text found, before its own. */
  take(others: Issues): void {
    this.found.unshift(...others.found);
    this.count += others.count;
  }

  /** All mistakes in the order of their places. */
  toString(): string {
    const lines = this.text.split('\n');
    const sorted = [...this.found].sort((a, b) => a.line - b.line || a.column - b.column);
    const told = sorted.map((issue) => describe(issue, lines[issue.line - 1]));
    if (this.count > ISSUES_MAX) told.push(`${this.count - ISSUES_MAX} more errors were truncated`);
    return told.join('\n');
  }

  private place(at: number): { line: number; column: number } {
    if (at < 0) return { line: -1, column: -1 };
    const before = this.text.slice(0, at);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length, column: [...before.slice(lineStart)].length };
  }
}

function describe({ line, column, message }: Issue, snippet: string | undefined): string {
  const head = `ERROR: <input>:${line}:${column + 1}: ${message}`;
  if (snippet === undefined || new TextEncoder().encode(snippet).length > SNIPPET_BYTES_MAX) return head;
  const shown = snippet.replaceAll('\t', ' ');
  const characters = [...shown];
  const wide = (at: number) => (characters[at]?.codePointAt(0) ?? 0) > 0x7f;
  let mark = '';
  for (let at = 0; at < Math.min(column, characters.length); at += 1) mark += wide(at) ? '\uff0e' : '.';
  return `${head}\n | ${shown}\n | ${mark}${wide(column) ? '\uff3e' : '^'}`;
}
