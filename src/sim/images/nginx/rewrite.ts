import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Directive } from './config.js';
import type { Exchange } from './exchange.js';
import { errorPage, redirect, withBody } from './pages.js';
import { pcre } from './pcre.js';
import type { Location } from './sites.js';
import { typeOf } from './static.js';
import { expand, variableOf } from './variables.js';

/** What the rewrite phase came to: an answer, another look for a location, or nothing. */
export type Rewritten = HttpResponse | 'last' | 'break' | undefined;

/** Runs `set`, `rewrite`, `return` and `if` of a block in their order. */
export function runRewrites(exchange: Exchange, location: Location, own: readonly Directive[]): Rewritten {
  let changed = false;
  for (const directive of own) {
    const outcome = step(exchange, location, directive);
    if (outcome === 'changed') changed = true;
    else if (outcome === 'last' && changed) return 'last';
    else if (outcome !== undefined) return outcome;
  }
  return changed ? 'last' : undefined;
}

function step(exchange: Exchange, location: Location, directive: Directive): Rewritten | 'changed' {
  const { name, words, block } = directive;
  switch (name) {
    case 'set':
      exchange.variables.set((words[0] ?? '').slice(1), expand(exchange, words[1] ?? ''));
      return undefined;
    case 'return':
      return returned(exchange, location, words);
    case 'break':
      return 'break';
    case 'rewrite':
      return rewritten(exchange, location, words);
    case 'if': {
      if (!holds(exchange, words)) return undefined;
      const inner = { ...location, own: block ?? [], scopes: [block ?? [], ...location.scopes] };
      return runRewrites(exchange, inner, block ?? []);
    }
    default:
      return undefined;
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function returned(exchange: Exchange, location: Location, words: readonly string[]): HttpResponse {
  const [first = '', second] = words;
  const isCode = /^\d{1,3}$/.test(first);
  const status = isCode ? Number(first) : 302;
  const text = expand(exchange, (isCode ? second : first) ?? '');
  if (REDIRECTS.has(status) && text !== '') return redirect(exchange, location, status, text);
  if (second === undefined)
    return status === 444 ? { status: 444, headers: {} } : errorPage(exchange, location, status);
  return withBody(exchange, location, status, Buffer.from(text, 'utf8'), typeOf(location, exchange.uri));
}

function rewritten(exchange: Exchange, location: Location, words: readonly string[]): Rewritten | 'changed' {
  const [pattern = '', replacement = '', flag] = words;
  const match = pcre(pattern).exec(exchange.uri);
  if (!match) return undefined;
  exchange.captures = { list: [...match].map((text) => text ?? ''), groups: { ...match.groups } };
  const target = expand(exchange, replacement);
  const away = /^(?:https?:\/\/|\$scheme)/.test(replacement);
  const query =
    exchange.query === '' || target.endsWith('?') ? '' : `${target.includes('?') ? '&' : '?'}${exchange.query}`;
  const whole = `${target.replace(/\?$/, '')}${query}`;
  if (away || flag === 'redirect' || flag === 'permanent')
    return redirect(exchange, location, flag === 'permanent' ? 301 : 302, whole);
  const at = whole.indexOf('?');
  exchange.uri = at < 0 ? whole : whole.slice(0, at);
  exchange.query = at < 0 ? '' : whole.slice(at + 1);
  return flag === 'last' ? 'last' : flag === 'break' ? 'break' : 'changed';
}

/** Whether the condition of an `if` holds. */
function holds(exchange: Exchange, words: readonly string[]): boolean {
  const [first = '', operator, right = ''] = words
    .join(' ')
    .replace(/^\(\s*|\s*\)$/g, '')
    .split(/\s+/);
  const file = /^(!?)-([fdex])$/.exec(first);
  if (file) return isThere(exchange, expand(exchange, operator ?? ''), file[2] ?? 'e') !== (file[1] === '!');
  const value = variableOf(exchange, first.replace(/^\$/, ''));
  if (operator === undefined) return value !== '' && value !== '0';
  const text = expand(exchange, right.replace(/^["']|["']$/g, ''));
  if (operator === '=' || operator === '!=') return (value === text) === (operator === '=');
  const match = pcre(right.replace(/^["']|["']$/g, ''), operator.endsWith('*')).exec(value);
  if (match) exchange.captures = { list: [...match].map((one) => one ?? ''), groups: { ...match.groups } };
  return (match !== null) !== operator.startsWith('!');
}

function isThere({ context }: Exchange, path: string, kind: string): boolean {
  try {
    const { type } = context.sys.stat(path);
    return kind === 'f' ? type === 'file' : kind === 'd' ? type === 'directory' : true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
