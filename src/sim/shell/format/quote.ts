import { textToBytes } from './byte-text.js';

const UNPRINTABLE = /[\x00-\x1f\x7f\u0080-\u009f\udc80-\udcff]/;
const NAMED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
};

/** A word as bash's `printf %q` and `declare` show it: backslashes, or `$'…'` when something cannot be printed. */
export function quoteWithBackslashes(text: string): string {
  if (text === '') return "''";
  if (hasUnprintable(text)) return dollarQuote(text);
  return text.replace(/[ !"#$&'()*,;<>?[\\\]^`{|}~]/g, (char, at: number) => {
    if (char === '#' && at > 0) return char;
    if (char === '~' && at > 0 && !/[:=]/.test(text[at - 1] as string)) return char;
    return `\\${char}`;
  });
}

/** `$'…'`, ANSI-C quoting. */
export function dollarQuote(text: string): string {
  let result = "$'";
  for (const char of text) {
    if (char === "'" || char === '\\') result += `\\${char}`;
    else if (char in NAMED) result += NAMED[char];
    else if (UNPRINTABLE.test(char)) result += octalBytes(char);
    else result += char;
  }
  return `${result}'`;
}

/** A name as GNU programs show it in messages and `ls` on terminals (quoting style `shell-escape`); quoted only at need. */
export function quoteAtNeed(text: string): string {
  return needsShellQuotes(text) ? quoteAlways(text) : text;
}

/** A name in quotes that a shell could read back (quoting style `shell-escape-always`). */
export function quoteAlways(text: string): string {
  if (hasUnprintable(text)) return shellEscape(text);
  if (text.includes("'")) return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
  return `'${text}'`;
}

/** Whether a shell would not take the name literally. */
export function needsShellQuotes(text: string): boolean {
  if (text === '') return true;
  if (/^[#~]/.test(text)) return true;
  if (/^[{}]$/.test(text)) return true;
  return hasUnprintable(text) || /[ !"$&'()*;<=>?[\\^`|]/.test(text);
}

function hasUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''));
}

/** Literal parts in '…', what cannot be printed in $'…' between them: 'a'$'\n''b'. */
function shellEscape(text: string): string {
  let result = "'";
  let escaped = false;
  for (const char of text) {
    if (char === "'") {
      result += escaped ? "''\\''" : "'\\''";
      escaped = false;
      continue;
    }
    const odd = UNPRINTABLE.test(char) && char.length === 1;
    if (odd !== escaped) result += odd ? "'$'" : "''";
    escaped = odd;
    result += odd ? (char in NAMED && char !== '\x1b' ? NAMED[char] : octalBytes(char)) : char;
  }
  return `${result}'`;
}

function octalBytes(char: string): string {
  return [...textToBytes(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
