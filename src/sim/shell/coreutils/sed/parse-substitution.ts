import { compileSed, readDelimited } from './parse-address.js';
import type { ReplacementPart, Substitution } from './script.js';
import type { ScriptReader } from './script-reader.js';

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/** Reads `s` from its delimiter on. */
export function parseSubstitution(reader: ScriptReader, extended: boolean): Substitution {
  const delimiter = reader.take();
  const unterminated = () => reader.error("unterminated `s' command");
  if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') throw unterminated();
  const patternText = readDelimited(reader, delimiter, true);
  if (patternText === undefined) throw unterminated();
  const replacement = readDelimited(reader, delimiter, false);
  if (replacement === undefined) throw unterminated();
  const flags = readFlags(reader);
  const pattern = compileSed(reader, patternText, extended, flags.ignoreCase, flags.multiline);
  const parts = parseReplacement(replacement);
  const highest = Math.max(0, ...parts.map((part) => (part.kind === 'group' ? part.group : 0)));
  if (pattern && highest > pattern.groups) throw reader.error(`invalid reference \\${highest} on \`s' command's RHS`);
  return { pattern, parts, all: flags.all, nth: flags.nth ?? 1, prints: flags.prints, file: flags.file };
}

interface Flags {
  all: boolean;
  prints: number;
  nth: number | undefined;
  ignoreCase: boolean;
  multiline: boolean;
  file: string | undefined;
}

function readFlags(reader: ScriptReader): Flags {
  const flags: Flags = { all: false, prints: 0, nth: undefined, ignoreCase: false, multiline: false, file: undefined };
  for (;;) {
    const char = reader.char;
    if (char === undefined || char === '\n' || char === ';' || char === '}' || char === '#') return flags;
    if (/\d/.test(char)) {
      if (flags.nth !== undefined) throw reader.error("multiple number options to `s' command");
      flags.nth = reader.number() as number;
      if (flags.nth === 0) throw reader.error("number option to `s' command may not be zero");
      continue;
    }
    reader.take();
    if (char === ' ' || char === '\t' || char === '\r') continue;
    if (char === 'g') {
      if (flags.all) throw reader.error("multiple `g' options to `s' command");
      flags.all = true;
    } else if (char === 'p') {
      if (flags.prints > 0) throw reader.error("multiple `p' options to `s' command");
      flags.prints += 1;
    } else if (char === 'i' || char === 'I') flags.ignoreCase = true;
    else if (char === 'm' || char === 'M') flags.multiline = true;
    else if (char === 'w') {
      reader.skipBlanks();
      flags.file = reader.line();
      if (flags.file === '') throw reader.error('missing filename in r/R/w/W commands');
      return flags;
    } else throw reader.error("unknown option to `s'");
  }
}

function parseReplacement(text: string): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '&') {
      flush();
      parts.push({ kind: 'group', group: 0 });
      continue;
    }
    if (char !== '\\' || at + 1 === text.length) {
      literal += char;
      continue;
    }
    at += 1;
    const next = text[at] as string;
    const numeric = /^(?:x([0-9a-fA-F]{2})|d(\d{3})|o([0-7]{3}))/.exec(text.slice(at));
    if (/\d/.test(next)) {
      flush();
      parts.push({ kind: 'group', group: Number(next) });
    } else if (/[LUluE]/.test(next)) {
      flush();
      parts.push({ kind: 'case', change: next as 'L' });
    } else if (numeric) {
      const [whole, hex, decimal, octal] = numeric;
      literal += String.fromCharCode(
        hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : Number.parseInt(octal as string, 8),
      );
      at += whole.length - 1;
    } else literal += CONTROLS[next] ?? next;
  }
  flush();
  return parts;
}

/** Reads `y` from its delimiter on. */
export function parseTransliteration(reader: ScriptReader): Map<string, string> {
  const delimiter = reader.take();
  const from = delimiter === undefined ? undefined : readDelimited(reader, delimiter, false);
  const to = delimiter === undefined || from === undefined ? undefined : readDelimited(reader, delimiter, false);
  if (from === undefined || to === undefined) throw reader.error("unterminated `y' command");
  const plain = (text: string) => [
    ...text.replace(/\\(.)/gs, (whole, char: string) => (char === '\\' ? '\\' : (CONTROLS[char] ?? whole))),
  ];
  const left = plain(from);
  const right = plain(to);
  if (left.length !== right.length) throw reader.error("strings for `y' command are different lengths");
  const table = new Map<string, string>();
  for (const [index, char] of left.entries()) if (!table.has(char)) table.set(char, right[index] as string);
  return table;
}
