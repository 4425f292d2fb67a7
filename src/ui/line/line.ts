import stringWidth from 'string-width';
import { withoutPlaceholders } from '../pane/placeholder.js';
import type { StyleName, Theme } from '../theme.js';

/** A piece of text in one style. */
export interface Span {
  readonly text: string;
  readonly style?: StyleName;
  /** An address that opens when the text is clicked on, where the terminal can do that. */
  readonly link?: string;
}

/** One row of a screen. */
export type Line = readonly Span[];

const SEGMENTS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const ASCII = /^[\x20-\x7e]*$/;

/** How many columns a text takes. */
export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** How many columns a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The graphemes of a text, which are never torn apart. */
export function graphemes(text: string): string[] {
  return ASCII.test(text) ? [...text] : [...SEGMENTS.segment(text)].map(({ segment }) => segment);
}

/** A text cut to a width; what is cut is shown by `…`. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let taken = '';
  let width = 0;
  for (const grapheme of graphemes(text)) {
    width += textWidth(grapheme);
    if (width > columns - 1) break;
    taken += grapheme;
  }
  return columns < 1 ? '' : `${taken}…`;
}

/** A line cut to a width. */
export function cutLine(line: Line, columns: number): Line {
  if (lineWidth(line) <= columns) return line;
  const cut: Span[] = [];
  let left = columns;
  for (const span of line) {
    const width = textWidth(span.text);
    if (width < left || (width === left && span === line.at(-1))) {
      cut.push(span);
      left -= width;
      continue;
    }
    cut.push({ ...span, text: width === left ? cutText(`${span.text} `, left) : cutText(span.text, left) });
    break;
  }
  return cut;
}

/** Puts one line at the left edge and another at the right; the right one goes first when there is no room for both. */
export function spread(left: Line, right: Line, columns: number): Line {
  const room = columns - lineWidth(right);
  if (room < 8) return cutLine(left, columns);
  const kept = cutLine(left, room - 2);
  return [...kept, { text: ' '.repeat(room - lineWidth(kept)) }, ...right];
}

/** Pads a text with blanks at its end, or cuts it, to a width. */
export function padText(text: string, columns: number): string {
  const cut = cutText(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)));
}

/** Pads a text with blanks before it to a width. */
export function padStartText(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - textWidth(text))) + text;
}

/** How many columns the widest of these texts takes. */
export function widestOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth));
}

/** A line as a terminal takes it. */
export function paintLine(line: Line, theme: Theme): string {
  return line.map((span) => paintSpan(span, theme)).join('');
}

function paintSpan({ text, style = 'plain', link }: Span, theme: Theme): string {
  const painted = theme.paint(style, printable(text));
  return link === undefined || !theme.links || text === ''
    ? painted
    : `${LINK}${encodeURI(link)}${ST}${painted}${LINK}${ST}`;
}

/** A painted text as it was before it was painted. */
export function unpainted(text: string): string {
  return text.replace(PAINT, '');
}

/** Begin and end of a hyperlink's address (OSC 8). */
const LINK = '\x1b]8;;';
const ST = '\x1b\\';
const PAINT = /\x1b\[[0-9;:]*m|\x1b\]8;[^\x1b]*\x1b\\/g;

/** What would move the cursor, or turn the direction of what stands around it. */
const STEERING = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of content and of clusters may hold anything; what would steer the terminal is shown as a blank. */
function printable(text: string): string {
  return withoutPlaceholders(text.replace(STEERING, ' '));
}
