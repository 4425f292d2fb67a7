import { SHELL_LIMITS } from '../state/failures.js';

/** Expands `{a,b}` and `{1..9}` in a word's source text; quotes and expansions are passed over. One word stays one when there is nothing to expand. */
export function expandBraces(word: string): string[] {
  if (!word.includes('{')) return [word];
  const budget = { left: SHELL_LIMITS.brace_words_max };
  return expand(word, budget) ?? [word];
}

interface Budget {
  left: number;
}

function expand(word: string, budget: Budget): string[] | undefined {
  for (let open = 0; open < word.length; ) {
    if (word[open] !== '{') {
      open = skip(word, open);
      continue;
    }
    const found = alternatives(word, open);
    if (found) {
      const middles = found.sequence ?? found.parts.flatMap((part) => expand(part, budget) ?? [part]);
      const prefix = word.slice(0, open);
      const rest = word.slice(found.end);
      const suffixes = expand(rest, budget) ?? [rest];
      budget.left -= middles.length * suffixes.length;
      if (budget.left < 0) return undefined;
      return middles.flatMap((middle) => suffixes.map((suffix) => prefix + middle + suffix));
    }
    open += 1;
  }
  return undefined;
}

interface Found {
  readonly parts: string[];
  readonly sequence?: string[];
  readonly end: number;
}

function alternatives(word: string, open: number): Found | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < word.length; ) {
    const char = word[at];
    if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) {
        parts.push(word.slice(from, at));
        if (parts.length > 1) return { parts, end: at + 1 };
        const sequence = sequenceOf(parts[0] as string);
        return sequence ? { parts, sequence, end: at + 1 } : undefined;
      }
    } else if (char === ',' && depth === 1) {
      parts.push(word.slice(from, at));
      from = at + 1;
    }
    at = char === '{' || char === '}' ? at + 1 : skip(word, at);
  }
  return undefined;
}

/** `1..9`, `01..10..2`, `a..e`. */
function sequenceOf(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  if (numbers) {
    const [, first = '', last = '', step] = numbers;
    const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
    const width = padded ? Math.max(first.length, last.length) : 0;
    return steps(Number(first), Number(last), Number(step ?? 1))?.map((value) => pad(value, width));
  }
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (!letters) return undefined;
  const [, first = '', last = '', step] = letters;
  return steps(first.charCodeAt(0), last.charCodeAt(0), Number(step ?? 1))?.map((code) => {
    const char = String.fromCharCode(code);
    return char === '\\' ? '\\\\' : /[`[\]^]/.test(char) ? `\\${char}` : char;
  });
}

function steps(first: number, last: number, step: number): number[] | undefined {
  const size = Math.abs(step) || 1;
  const count = Math.floor(Math.abs(last - first) / size) + 1;
  if (!(count <= SHELL_LIMITS.brace_words_max)) return undefined;
  const sign = last >= first ? size : -size;
  return Array.from({ length: count }, (_unused, index) => first + index * sign);
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value));
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}

/** Over one character, or one quoted or expanded piece. */
function skip(word: string, at: number): number {
  const char = word[at];
  if (char === '\\') return at + 2;
  if (char === "'") return after(word, word.indexOf("'", at + 1));
  if (char === '"' || char === '`') return skipQuoted(word, at + 1, char);
  if (char === '$' && word[at + 1] === "'") return skipQuoted(word, at + 2, "'");
  if ((char === '$' || char === '<' || char === '>') && word[at + 1] === '(') return skipNested(word, at + 1, '(', ')');
  if (char === '$' && word[at + 1] === '{') return skipNested(word, at + 1, '{', '}');
  return at + 1;
}

function after(word: string, found: number): number {
  return found < 0 ? word.length : found + 1;
}

function skipQuoted(word: string, from: number, quote: string): number {
  let at = from;
  while (at < word.length && word[at] !== quote) {
    if (word[at] === '\\') at += 2;
    else if (word[at] === '$' && quote === '"') at = skip(word, at);
    else at += 1;
  }
  return at + 1;
}

function skipNested(word: string, opening: number, open: string, close: string): number {
  let depth = 0;
  for (let at = opening; at < word.length; ) {
    const char = word[at];
    if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at = char === open || char === close ? at + 1 : skip(word, at);
  }
  return word.length;
}
