import type { Line } from '../line/line.js';
import { say } from '../words/words.js';

/** What only draws: bars, rules, cursors, the sign of the chosen row. */
const DRAWN = /[█░▒▓▏▌▐─━═╌▸│┤├└┘┌┐╵╷╶╴⣀-⣿]+/g;
const SUPERSCRIPTS = '¹²³⁴⁵⁶⁷⁸⁹';
const NUMBERS = new RegExp(`[${SUPERSCRIPTS}]`, 'g');
const DIFFICULTY = /[●○]{5}/g;

/** A row of a screen as it is read out: signs as words, columns as a list, nothing that only draws. Empty for such rows. */
export function spoken(line: Line): string {
  const text = line.map((span) => span.text).join('');
  return (
    text
      .replace(DIFFICULTY, (dots) => `  ${say('linear.difficulty', { number: dots.split('●').length - 1 })}  `)
      .replace(NUMBERS, (sign) => ` (${SUPERSCRIPTS.indexOf(sign) + 1})`)
      .replace(DRAWN, '  ')
      .replace(/^([ ▸]*)– /, (_, sign: string) => `${sign}${say('linear.partly')} `)
      .replace(/✓ ?/g, `${say('linear.passed')} `)
      .replace(/✗ ?/g, `${say('linear.failed')} `)
      .replace(/⚑ ?/g, `${say('linear.flag')} `)
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

/** Rows as they are read out; those that wrapped are one line again, and nothing is said twice in a row. */
export function spokenLines(lines: readonly Line[]): string[] {
  const said = lines.map(spoken);
  return said.filter((text, index) => text !== '' && text !== said[index - 1]);
}

/** Whether a row is the chosen one of a list. */
export function isChosen(line: Line): boolean {
  return line[0]?.text.trim() === '▸';
}
