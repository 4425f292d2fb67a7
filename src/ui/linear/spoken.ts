import type { Line } from '../line/line.js';
import { say } from '../words/words.js';

/** What only draws: bars, rules, cursors, the sign of the chosen row. */
const DRAWN = /[█░▒▓▏▌▐─━═╌▸│┤├└┘┌┐╵╷╶╴⣀-⣿]+/g;
const SUPERSCRIPTS = '¹²³⁴⁵⁶⁷⁸⁹';
const NUMBERS = new RegExp(`[${SUPERSCRIPTS}]`, 'g');
const DIFFICULTY = /[●○]{5}/g;

/** Stands for code while the rest of a row is made words of; no text holds it. */
const CODE = '\u{e000}';

/**
 * A row of a screen as it is read out: signs as words, columns as a list, nothing that only draws. Empty for such rows. Code
 * is said letter by letter as it is: it is typed as it was heard.
 */
export function spoken(line: Line): string {
  if (isCode(line)) return textOf(line).trimEnd();
  const codes: string[] = [];
  const text = line.map((span) => (span.style === 'code' ? held(span.text, codes) : span.text)).join('');
  return inWords(text).replaceAll(CODE, () => codes.shift() ?? '');
}

function textOf(line: Line): string {
  return line.map((span) => span.text).join('');
}

/** Whether a row is code and nothing else, so that what it is indented by belongs to it. */
function isCode(line: Line): boolean {
  const shown = line.filter(({ text }) => text.trim() !== '');
  return shown.length > 0 && shown.every(({ style }) => style === 'code');
}

/** Puts code aside; the blanks around it are the row's. */
function held(text: string, codes: string[]): string {
  const code = text.trim();
  if (code === '') return text;
  codes.push(code);
  return text.replace(code, () => CODE);
}

function inWords(text: string): string {
  return (
    text
      .replace(DIFFICULTY, (dots) => `  ${say('linear.difficulty', { number: dots.split('●').length - 1 })}  `)
      .replace(NUMBERS, (sign) => ` (${SUPERSCRIPTS.indexOf(sign) + 1})`)
      .replace(DRAWN, '  ')
      .replace(/^([ ▸]*)– /, (_, sign: string) => `${sign}${say('linear.partly')} `)
      .replace(/✓ ?/g, `${say('linear.passed')} `)
      .replace(/✗ ?/g, `${say('linear.failed')} `)
      .replace(/⚑ ?/g, `${say('linear.flag')} `)
      .replace(/^\s*→ /, '')
      .replace(/\[x\]/g, say('linear.taken'))
      .replace(/\[ \]|[○●…·](?=\s|$)|^\s*·/g, '  ')
      // A sign that stands before its own word.
      .replace(/(^|\s)(\p{L}{4,}) \2(?=$|[\s,.])/giu, '$1$2')
      .replace(/(\d) \/ (\d)/g, '$1/$2')
      .trim()
      .replace(/\s{2,}/g, ', ')
      .replace(/, –(?=,|$)/g, '')
      .replace(/^(\d+), /, '$1 ')
  );
}

/** Rows as they are read out; those that wrapped are one line again, and nothing is said twice in a row but code. */
export function spokenLines(lines: readonly Line[]): string[] {
  const said = lines.map(spoken);
  return said.filter((text, index) => text !== '' && (text !== said[index - 1] || isCode(lines[index] ?? [])));
}

/** Whether a row is the chosen one of a list. */
export function isChosen(line: Line): boolean {
  return line[0]?.text.trim() === '▸';
}
