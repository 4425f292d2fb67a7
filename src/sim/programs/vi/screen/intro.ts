import type { Editor } from '../state/editor.js';

const LINES = [
  'VIM - Vi IMproved',
  '',
  'version 9.1.16',
  'by Bram Moolenaar et al.',
  'Modified by team+vim@tracker.debian.org',
  'Vim is open source and freely distributable',
  '',
  'Become a registered Vim user!',
  'type  :help register<Enter>   for information ',
  '',
  'type  :q<Enter>               to exit         ',
  'type  :help<Enter>  or  <F1>  for on-line help',
  'type  :help version9<Enter>   for version info',
];

/** What stands in the middle of an empty window when vim was started without a file; nothing where it has no room. */
export function introRows({ rows, columns, textRows, cursor }: Editor): string {
  const blank = rows - LINES.length - 1;
  if (blank < 2 || columns < 50) return '';
  const top = Math.floor((textRows - LINES.length) / 2);
  const shown = LINES.map((line, at) =>
    line === '' ? '' : `\x1b[${top + at + 2};${Math.floor((columns - line.length) / 2) + 1}H${line}`,
  ).join('');
  return `${shown}\x1b[${cursor.line + 1};1H`;
}
