import type { Bytes } from '../../kernel/bytes.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import { characterWidth } from './character-width.js';
import type { Context } from './command.js';
import { command, isUtf8, reason } from './command.js';
import { openInput } from './inputs.js';
import { CHUNK_BYTES, rawText, work } from './io.js';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  'max-line-length': number;
}

const ORDER = ['lines', 'words', 'chars', 'bytes', 'max-line-length'] as const;

/** `wc`: counts lines, words and bytes. */
export const wc: Program = command(
  {
    name: 'wc',
    summary: 'Print newline, word, and byte counts for each FILE, and a total line if there are several.',
    options: [
      'c bytes : count bytes',
      'm chars : count characters',
      'l lines : count newlines',
      'files0-from=F : read NUL-terminated names from file F',
      'L max-line-length : the greatest width of a line',
      'w words : count words',
    ],
  },
  function* (context) {
    const chosen = ORDER.filter((key) => context.has(key));
    const shown = chosen.length > 0 ? chosen : (['lines', 'words', 'bytes'] as const);
    const names = context.operands.length > 0 ? context.operands : ['-'];
    const width = names.length === 1 && shown.length === 1 ? 1 : numberWidth(context, names);
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 };
    const row = (counts: Counts, name: string) =>
      context.print(`${shown.map((key) => String(counts[key]).padStart(width)).join(' ')}${name ? ` ${name}` : ''}\n`);
    for (const name of names) {
      const descriptor = openInput(context, name);
      if (descriptor === undefined) continue;
      const counts = yield* count(context, descriptor, name, shown);
      if (descriptor !== 0) context.sys.close(descriptor);
      row(counts, name === '-' && context.operands.length === 0 ? '' : context.showName(name));
      for (const key of ORDER)
        total[key] = key === 'max-line-length' ? Math.max(total[key], counts[key]) : total[key] + counts[key];
    }
    if (names.length > 1) row(total, 'total');
    return undefined;
  },
);

/** Columns are as wide as the sum of the sizes; 7 when something else than a file is read. */
function numberWidth(context: Context, names: readonly string[]): number {
  let total = 0;
  let least = 1;
  for (const name of names) {
    try {
      const stat = name === '-' ? context.sys.statDescriptor(0) : context.sys.stat(name);
      if (stat.type === 'file') total += stat.size;
      else least = 7;
    } catch {
      // Reported when it is opened.
    }
  }
  return Math.max(least, String(total).length);
}

function* count(context: Context, descriptor: number, name: string, shown: readonly string[]): Waiting<Counts> {
  const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 };
  const state = { inWord: false, column: 0 };
  const utf8 = isUtf8(context.sys);
  const onlyLines = shown.every((key) => key === 'lines' || key === 'bytes');
  try {
    for (;;) {
      const chunk = yield* context.sys.read(descriptor, CHUNK_BYTES);
      if (chunk.length === 0) break;
      counts.bytes += chunk.length;
      if (onlyLines) counts.lines += newlines(chunk);
      else countText(utf8 ? bytesToText(chunk) : rawText(chunk), counts, state, utf8);
      yield* work(context.sys, onlyLines ? chunk.length : chunk.length * 8);
    }
  } catch (thrown) {
    context.fail(`${context.showName(name)}: ${reason(thrown)}`);
  }
  return counts;
}

function newlines(bytes: Bytes): number {
  let found = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) found += 1;
  return found;
}

function countText(text: string, counts: Counts, state: { inWord: boolean; column: number }, utf8: boolean): void {
  for (const char of text) {
    if (!(char >= '\udc80' && char <= '\udcff')) counts.chars += 1;
    if (char === '\n') counts.lines += 1;
    state.column = char === '\n' || char === '\r' || char === '\f' ? 0 : columnAfter(char, state.column, utf8);
    counts['max-line-length'] = Math.max(counts['max-line-length'], state.column);
    const space = /[ \t\n\v\f\r]/.test(char) || (utf8 && /\s/.test(char) && char !== '\u00a0');
    if (space) state.inWord = false;
    else if (!state.inWord && (char > ' ' || utf8) && !/[\x00-\x1f\x7f]/.test(char)) {
      state.inWord = true;
      counts.words += 1;
    }
  }
}

function columnAfter(char: string, column: number, utf8: boolean): number {
  if (char === '\t') return column + 8 - (column % 8);
  return column + (utf8 || char < '\x7f' ? characterWidth(char) : 0);
}
