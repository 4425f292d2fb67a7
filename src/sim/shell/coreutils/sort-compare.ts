import { textToBytes } from '../format/byte-text.js';

/** Order of two texts by their bytes, as the C locales have it. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  if (/[\ud800-\uffff]/.test(left) || /[\ud800-\uffff]/.test(right))
    return Buffer.compare(textToBytes(left), textToBytes(right));
  return left < right ? -1 : 1;
}

/** Order by the number at the start, digit by digit, of any length (`sort -n`). */
export function compareNumeric(left: string, right: string): number {
  const a = readNumber(left);
  const b = readNumber(right);
  if (a.sign !== b.sign) return a.sign - b.sign;
  return a.sign * compareMagnitude(a, b);
}

/** Order by size suffix first, then number (`sort -h`). */
export function compareHuman(left: string, right: string): number {
  const a = readNumber(left);
  const b = readNumber(right);
  if (a.sign !== b.sign) return a.sign - b.sign;
  const order = suffixRank(left, a.end) - suffixRank(right, b.end);
  return a.sign * (order || compareMagnitude(a, b));
}

/** Order by floating-point value (`sort -g`): what is no number first, then NaN, then values. */
export function compareGeneral(left: string, right: string): number {
  const a = generalValue(left);
  const b = generalValue(right);
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (Number.isNaN(a) || Number.isNaN(b)) return (Number.isNaN(a) ? 0 : 1) - (Number.isNaN(b) ? 0 : 1);
  return a < b ? -1 : a > b ? 1 : 0;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Order by month name (`sort -M`): others first. */
export function compareMonth(left: string, right: string): number {
  const rank = (text: string) => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());
  return rank(left) - rank(right);
}

/** Natural order of versions (`sort -V`, filevercmp): digits count as numbers, `~` before everything, suffixes last. */
export function compareVersions(left: string, right: string): number {
  const special = versionRank(left) - versionRank(right);
  if (special !== 0) return special;
  const a = left.replace(SUFFIX, '');
  const b = right.replace(SUFFIX, '');
  const order = a === b ? compareParts(left, right) : compareParts(a, b) || compareParts(left, right);
  return order || compareText(left, right);
}

const SUFFIX = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;

function versionRank(text: string): number {
  if (text === '') return 0;
  if (text === '.') return 1;
  if (text === '..') return 2;
  return text.startsWith('.') ? 3 : 4;
}

function compareParts(left: string, right: string): number {
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    while ((i < left.length && !isDigit(left[i])) || (j < right.length && !isDigit(right[j]))) {
      const order = charOrder(left[i]) - charOrder(right[j]);
      if (order !== 0) return order;
      i += 1;
      j += 1;
    }
    const a = /^\d*/.exec(left.slice(i))?.[0] ?? '';
    const b = /^\d*/.exec(right.slice(j))?.[0] ?? '';
    const order = compareDigits(a, b);
    if (order !== 0) return order;
    i += a.length;
    j += b.length;
  }
  return 0;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function charOrder(char: string | undefined): number {
  if (char === undefined || isDigit(char)) return 0;
  if (char === '~') return -1;
  const code = char.codePointAt(0) as number;
  return /[A-Za-z]/.test(char) ? code : code + 256;
}

function compareDigits(left: string, right: string): number {
  const a = left.replace(/^0+/, '');
  const b = right.replace(/^0+/, '');
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

interface NumberText {
  readonly sign: number;
  readonly whole: string;
  readonly fraction: string;
  readonly end: number;
}

function readNumber(text: string): NumberText {
  const match = /^[ \t\n]*(-?)(\d*)(?:\.(\d*))?/.exec(text) as RegExpExecArray;
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const zero = whole === '' && fraction === '';
  return { sign: zero ? 0 : match[1] ? -1 : 1, whole, fraction, end: match[0].length };
}

function compareMagnitude(a: NumberText, b: NumberText): number {
  const order = compareDigits(a.whole, b.whole);
  return order || (a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0);
}

function suffixRank(text: string, at: number): number {
  const letter = text[at];
  if (letter === 'k') return 1;
  return letter === undefined ? 0 : 'KMGTPEZY'.indexOf(letter) + 1;
}

function generalValue(text: string): number | undefined {
  const match = /^\s*([-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|0x[0-9a-f]+|inf(?:inity)?|nan))/i.exec(text);
  if (!match) return undefined;
  const word = (match[1] as string).toLowerCase();
  if (word.includes('nan')) return Number.NaN;
  if (word.includes('inf')) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return word.startsWith('-') ? -Number(word.slice(1)) : Number(word.replace('+', ''));
}
