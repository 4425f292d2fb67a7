/** A text as far as indenting looks at it. Lines from 0. */
export interface Indented {
  readonly line: number;
  text(line: number): string;
  /** The width of a line's indent. */
  indent(line: number): number;
  readonly shiftWidth: number;
}

const MAP_KEY = /^\s*(?:#(?!\S))?(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|(?:(?!: ).)*):(?: |$)/;
const LIST_ITEM = /^\s*-(?: |$)/;
const COMMENT = /^\s*#/;
/** The indent that vim's settings for YAML give a line, by the lines above it. */
export function yamlIndent(at: Indented): number {
  const { line, shiftWidth } = at;
  const above = notBlank(at, line - 1);
  if (line === 0 || above < 0) return 0;
  const text = at.text(line);
  if (COMMENT.test(text) && COMMENT.test(at.text(line - 1))) return at.indent(above);
  if (/^\s*[\]}]/.test(text)) return at.indent(Math.max(0, lessIndented(at, line, at.indent(line))));
  let previous = above;
  while (COMMENT.test(at.text(previous))) {
    previous = notBlank(at, previous - 1);
    if (previous < 0) return at.indent(above);
  }
  const before = at.text(previous);
  const indent = at.indent(previous);
  if (/[{[:]$|[:-] [|>][+-]?(?:\s+#.*|\s*)$/.test(before)) return indent + shiftWidth;
  const block = /[:-] [|>](?:(\d+)[+-]?|[+-]?(\d+))(?:#.*|\s*)$/.exec(before);
  if (block) return indent + Number(block[1] ?? block[2]);
  const open = /"(?:[^"\\]|\\.)*\\$/.exec(before);
  if (open) return open.index + 1;
  if (LIST_ITEM.test(text)) return indentOr(at, lessMatching(at, LIST_ITEM));
  if (MAP_KEY.test(text)) {
    const map = lessMatching(at, MAP_KEY);
    return indentOr(at, map) + (/^\s*- /.test(at.text(map)) ? 2 : 0);
  }
  if (/^\s*- /.test(before)) return indent + 2;
  return MAP_KEY.test(before) ? indent + shiftWidth : indent;
}

function indentOr(at: Indented, line: number): number {
  return line < 0 ? -1 : at.indent(line);
}

function notBlank(at: Indented, from: number): number {
  let line = from;
  while (line >= 0 && at.text(line).trim() === '') line -= 1;
  return line;
}

function lessIndented(at: Indented, from: number, than: number): number {
  let line = notBlank(at, from - 1);
  while (line >= 0 && at.indent(line) >= than && !COMMENT.test(at.text(line))) line = notBlank(at, line - 1);
  return line;
}

function lessMatching(at: Indented, wanted: RegExp): number {
  let line = lessIndented(at, at.line, at.indent(at.line) + 1);
  while (line >= 0 && !wanted.test(at.text(line))) line = lessIndented(at, line, at.indent(line));
  return line;
}
