import { type Line, type Span, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { INLINE_MARKS, valueMark } from './values.js';

/**
 * The part of Markdown that labs use (paragraphs, numbered and plain lists, code blocks, bold, emphasis, code), wrapped to a
 * width. Values are followed by their marks.
 */
export function markdownLines(source: string, columns: number, values: readonly string[] = []): Line[] {
  const lines: Line[] = [];
  for (const block of blocksOf(source)) {
    if (lines.length > 0 && block.gap) lines.push([]);
    if (block.code) {
      lines.push([{ text: `  ${block.text}`, style: 'code' }]);
      continue;
    }
    const mark = block.mark === '' ? '' : `${block.mark.padEnd(3)}`;
    const line: Line = [...(mark ? [{ text: mark, style: 'bold' as const }] : []), ...inline(block.text, values)];
    lines.push(...wrapLine(line, columns, textWidth(mark)));
  }
  return lines;
}

/** A text's spans: bold, emphasis and code set off. */
export function inline(text: string, values: readonly string[] = []): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE_MARKS)) {
    if (match.index > at) spans.push({ text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    if (match[3] !== undefined) {
      spans.push({ text: match[3], style: 'emphasis' });
      continue;
    }
    const value = (match[1] ?? match[2]) as string;
    const mark = valueMark(values.indexOf(value) + 1);
    spans.push({ text: value, style: match[1] === undefined && mark === '' ? 'code' : 'value' });
    if (mark) spans.push({ text: mark, style: 'dim' });
  }
  if (at < text.length) spans.push({ text: text.slice(at) });
  return spans;
}

interface Block {
  readonly text: string;
  /** `1` or `-`; empty for paragraphs. */
  readonly mark: string;
  readonly code: boolean;
  /** Whether an empty row stands before it. */
  readonly gap: boolean;
}

function blocksOf(source: string): Block[] {
  const blocks: Block[] = [];
  let gap = false;
  let fenced = false;
  let continues = false;
  for (const raw of source.trim().split('\n')) {
    if (/^\s*```/.test(raw)) {
      fenced = !fenced;
      continues = false;
      continue;
    }
    if (raw.trim() === '' && !fenced) {
      gap = blocks.length > 0;
      continues = false;
      continue;
    }
    const last = blocks.at(-1);
    const item = /^\s*(?:(\d+)[.)]|([-*]))\s+(.*)$/.exec(raw);
    if (fenced) blocks.push({ text: raw, mark: '', code: true, gap: gap && !last?.code });
    else if (item) blocks.push({ text: item[3] as string, mark: item[1] ?? '·', code: false, gap: gap && !last?.mark });
    else if (continues && last) blocks[blocks.length - 1] = { ...last, text: `${last.text} ${raw.trim()}` };
    else blocks.push({ text: raw.trim(), mark: '', code: false, gap });
    continues = !fenced;
    gap = false;
  }
  return blocks;
}
