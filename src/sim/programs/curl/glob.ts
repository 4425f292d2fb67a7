import { CurlError } from './failure.js';

/** Sets and ranges of an address, as far as anybody reads them. */
type Part = readonly string[];

/**
 * The addresses that one with `{a,b}`, `[1-9]`, `[01-10:3]` or `[a-f]` stands for, the last part counting fastest; brackets
 * around an IPv6 address mean themselves. Throws `CurlError`.
 */
export function globbed(url: string): string[] {
  const parts: Part[] = [];
  let plain = '';
  const begun = () => {
    if (plain !== '') parts.push([plain]);
    plain = '';
  };
  for (let at = 0; at < url.length; ) {
    const rest = url.slice(at);
    const address = /^\[[0-9a-f:]*:[0-9a-f:.]*(?:%[\w.-]+)?\]/i.exec(rest)?.[0];
    const literal = /^\\[{}[\]]/.test(rest) ? rest.charAt(1) : undefined;
    const found = address || literal ? undefined : (setAt(url, at) ?? rangeAt(url, at));
    if (!address && !literal && /^[}\]]/.test(rest)) throw refusal('unmatched close brace/bracket', url, at);
    if (found) {
      begun();
      parts.push(found.part);
      at += found.length;
      continue;
    }
    const text = address ?? literal ?? rest.charAt(0);
    plain += text;
    at += literal ? 2 : text.length;
  }
  begun();
  return parts.reduce<string[]>((all, part) => all.flatMap((head) => part.map((tail) => head + tail)), ['']);
}

interface Found {
  readonly part: Part;
  readonly length: number;
}

function setAt(url: string, at: number): Found | undefined {
  if (url.charAt(at) !== '{') return undefined;
  const end = url.indexOf('}', at);
  if (end < 0) throw refusal('unmatched brace', url, at);
  const inside = url.slice(at + 1, end);
  if (inside === '') throw refusal('empty string within braces', url, at + 1);
  return { part: inside.split(','), length: end + 1 - at };
}

function rangeAt(url: string, at: number): Found | undefined {
  if (url.charAt(at) !== '[') return undefined;
  const whole = /^\[(\d+)-(\d+)(?::(\d+))?\]|^\[([a-z])-([a-z])(?::(\d+))?\]/i.exec(url.slice(at));
  const [text = '', low = '', high = '', step, first, last, stride] = whole ?? [];
  const [from, to] = first === undefined ? [Number(low), Number(high)] : [code(first), code(last ?? '')];
  const by = Number(step ?? stride ?? 1);
  if (!whole || to < from || by === 0) throw refusal('bad range', url, at + 1);
  const part: string[] = [];
  for (let value = from; value <= to; value += by) {
    const isPadded = low.startsWith('0') && low.length > 1;
    const digits = isPadded ? `${value}`.padStart(low.length, '0') : `${value}`;
    part.push(first === undefined ? digits : String.fromCharCode(value));
  }
  return { part, length: text.length };
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function refusal(words: string, url: string, at: number): CurlError {
  return new CurlError(3, `${words} in URL position ${at + 1}:\n${url}\n${' '.repeat(at)}^`);
}
