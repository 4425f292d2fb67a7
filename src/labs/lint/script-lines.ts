import { holdsKeys } from '../session/keys.js';

/** A line of a script as it is typed; what a here-document takes is none. */
export interface ScriptLine {
  readonly kind: 'command' | 'keys';
  readonly text: string;
  /** `'` or `"` when it is still open at the end of the line. */
  readonly openQuote: string | undefined;
}

/** A script's lines, and the word for which its last here-document waits. */
export interface ReadScript {
  readonly lines: readonly ScriptLine[];
  readonly openWord: string | undefined;
}

/** Reads a script as far as it matters which of its lines are typed at a prompt. */
export function readScript(script: string): ReadScript {
  const lines: ScriptLine[] = [];
  const waiting: { readonly word: string; readonly strip: boolean }[] = [];
  let joined = '';
  for (const raw of script.split('\n')) {
    const [document] = waiting;
    if (document) {
      if ((document.strip ? raw.replace(/^\t+/, '') : raw) === document.word) waiting.shift();
      continue;
    }
    if (joined === '' && (raw.trim() === '' || /^\s*#/.test(raw))) continue;
    if (joined === '' && holdsKeys(raw)) {
      lines.push({ kind: 'keys', text: raw, openQuote: undefined });
      continue;
    }
    joined += raw;
    if (/(?<!\\)(?:\\\\)*\\$/.test(raw)) {
      joined = `${joined.slice(0, -1)} `;
      continue;
    }
    const { bare, openQuote } = outsideQuotes(joined);
    lines.push({ kind: 'command', text: joined, openQuote });
    for (const [, strip, word] of bare.matchAll(/(?<!<)<<(-?)(?!<)\s*\\?([^\s<>|&;()]+)/g))
      waiting.push({ word: word as string, strip: strip === '-' });
    joined = '';
  }
  return { lines, openWord: waiting[0]?.word };
}

/** A line without quoted text, but with a quoted word behind `<<`; comments are left out. */
function outsideQuotes(line: string): { bare: string; openQuote: string | undefined } {
  let bare = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] as string;
    if (sign === '\\') at += 1;
    else if (sign === '#' && (at === 0 || /[\s;]/.test(line[at - 1] as string))) break;
    else if (sign === "'" || sign === '"') {
      const end = closingQuote(line, at);
      if (end < 0) return { bare, openQuote: sign };
      if (/<<-?\s*$/.test(bare)) bare += line.slice(at + 1, end);
      else bare += '_';
      at = end;
    } else bare += sign;
  }
  return { bare, openQuote: undefined };
}

function closingQuote(line: string, open: number): number {
  const sign = line[open];
  for (let at = open + 1; at < line.length; at += 1) {
    if (sign === '"' && line[at] === '\\') at += 1;
    else if (line[at] === sign) return at;
  }
  return -1;
}
