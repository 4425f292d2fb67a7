import { CurlError } from './failure.js';

/** A set or range of an address, or what stands between: how many values it has, and each of them. */
interface Part {
  readonly count: number;
  readonly at: (index: number) => string;
}

/**
 * The addresses that one with `{a,b}`, `[1-9]`, `[01-10:3]` or `[a-f]` stands for, the last part counting fastest; brackets
 * around an IPv6 address mean themselves. They are made one by one, as there may be millions. Throws `CurlError`.
 */
export function globbed(url: string): Iterable<string> {
  const parts: Part[] = [];
  let plain = '';
  const begun = () => {
    if (plain !== '') parts.push(partOf([plain]));
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
  return combined(parts);
}

interface Found {
  readonly part: Part;
  readonly length: number;
}

function partOf(values: readonly string[]): Part {
  return { count: values.length, at: (index) => values[index] as string };
}

function* combined([first, ...others]: readonly Part[], head = ''): Iterable<string> {
  if (!first) yield head;
  else for (let index = 0; index < first.count; index += 1) yield* combined(others, head + first.at(index));
}

function setAt(url: string, at: number): Found | undefined {
  if (url.charAt(at) !== '{') return undefined;
  const end = url.indexOf('}', at);
  if (end < 0) throw refusal('unmatched brace', url, at);
  const inside = url.slice(at + 1, end);
  if (inside === '') throw refusal('empty string within braces', url, at + 1);
  return { part: partOf(inside.split(',')), length: end + 1 - at };
}

function rangeAt(url: string, at: number): Found | undefined {
  if (url.charAt(at) !== '[') return undefined;
  const whole = /^\[(\d+)-(\d+)(?::(\d+))?\]|^\[([a-z])-([a-z])(?::(\d+))?\]/i.exec(url.slice(at));
  const [text = '', low = '', high = '', step, first, last, stride] = whole ?? [];
  const [from, to] = first === undefined ? [Number(low), Number(high)] : [code(first), code(last ?? '')];
  const by = Number(step ?? stride ?? 1);
  if (!whole || to < from || by === 0) throw refusal('bad range', url, at + 1);
  const isPadded = low.startsWith('0') && low.length > 1;
  const shown = (value: number): string => {
    if (first !== undefined) return String.fromCharCode(value);
    return isPadded ? `${value}`.padStart(low.length, '0') : `${value}`;
  };
  const part = { count: Math.floor((to - from) / by) + 1, at: (index: number) => shown(from + index * by) };
  return { part, length: text.length };
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function refusal(words: string, url: string, at: number): CurlError {
  return new CurlError(3, `${words} in URL position ${at + 1}:\n${url}\n${' '.repeat(at)}^`);
}
