import { firstNonBlank, screenColumn } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { yamlIndent } from './yaml-indent.js';

/** The width of a line's indent. */
export function indentOf(editor: Editor, line: number): number {
  const text = editor.buffer.line(line);
  return screenColumn(text, firstNonBlank(text), editor.tabstop);
}

/** White space of a width, with tabs where `expandtab` is off. */
export function whiteSpace(editor: Editor, width: number): string {
  const { expandtab, tabstop } = editor.buffer.options;
  if (expandtab) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / tabstop)) + ' '.repeat(width % tabstop);
}

/** Gives a line another indent. */
export function setIndent(editor: Editor, line: number, width: number): void {
  const text = editor.buffer.line(line);
  editor.buffer.setLine(line, whiteSpace(editor, Math.max(0, width)) + text.slice(firstNonBlank(text)));
}

/** Moves lines by shift widths; empty lines stay. */
export function shiftLines(editor: Editor, first: number, last: number, amount: number): void {
  const { buffer, shiftWidth } = editor;
  const shifted = buffer.lines.slice(first, last + 1).map((text, at) => {
    if (text === '') return text;
    const width = indentOf(editor, first + at);
    const to = editor.global.shiftround
      ? Math.floor(width / shiftWidth + (amount < 0 && width % shiftWidth ? 1 : 0)) * shiftWidth
      : width;
    return whiteSpace(editor, Math.max(0, to + amount * shiftWidth)) + text.slice(firstNonBlank(text));
  });
  buffer.replace(first, shifted.length, shifted);
}

/** `=`: the indent the file type wants, else that of the line above. */
export function reindent(editor: Editor, first: number, last: number): void {
  for (let line = first; line <= last; line += 1) {
    if (editor.buffer.line(line).trim() === '') {
      editor.buffer.setLine(line, '');
      continue;
    }
    setIndent(editor, line, wantedIndent(editor, line));
  }
}

/** The indent a line should have by what stands above it. */
export function wantedIndent(editor: Editor, line: number): number {
  const { buffer } = editor;
  if (buffer.options.indents === 'yaml')
    return yamlIndent({
      line,
      text: (at) => buffer.line(at),
      indent: (at) => indentOf(editor, at),
      shiftWidth: editor.shiftWidth,
    });
  if (!buffer.options.autoindent && !buffer.options.smartindent)
    return line === 0 ? indentOf(editor, line) : cIndent(editor, line);
  return cIndent(editor, line);
}

/** Without a file type vim indents by braces, as C is. */
function cIndent(editor: Editor, line: number): number {
  let above = line - 1;
  while (above >= 0 && editor.buffer.line(above).trim() === '') above -= 1;
  if (above < 0) return 0;
  let depth = 0;
  for (let at = 0; at < line; at += 1) {
    for (const char of editor.buffer.line(at)) depth += char === '{' ? 1 : char === '}' ? -1 : 0;
  }
  if (editor.buffer.line(line).trim().startsWith('}')) depth -= 1;
  return Math.max(0, depth) * editor.shiftWidth;
}
