import type { RE2JS } from 're2js';
import { readPattern } from '../../../api/go-pattern.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { goQuote } from '../../../api/go-text.js';

/** Sprig's functions of patterns, which are Go's. Those that do not begin with `must` panic, in more words. */
export const REGEX_FUNCTIONS: FunctionTable = {
  ...both(
    'regexFind',
    '(string, string) string',
    (pattern, text: string) => matchesOf(pattern, text, 1)[0]?.text ?? '',
  ),
  ...both('regexFindAll', '(string, string, int) []string', (pattern, text: string, count: number) => {
    const found = matchesOf(pattern, text, count).map((match) => match.text);
    return found.length === 0 ? null : found;
  }),
  ...both('regexReplaceAll', '(string, string, string) string', (pattern, text: string, fresh: string) =>
    replaceAll(pattern, text, (match) => expand(fresh, match, pattern)),
  ),
  ...both('regexReplaceAllLiteral', '(string, string, string) string', (pattern, text: string, fresh: string) =>
    replaceAll(pattern, text, () => fresh),
  ),
  ...both('regexSplit', '(string, string, int) []string', split),
  mustRegexMatch: goFunction('(string, string) bool', (pattern: string, text: string) =>
    compile(pattern).matcher(text).find(),
  ),
  regexMatch: goFunction('(string, string) bool', (pattern: string, text: string) => {
    const read = readPattern(pattern);
    return typeof read !== 'string' && read.matcher(text).find();
  }),
  regexQuoteMeta: goFunction('(string) string', (text: string) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};

function both<T extends unknown[]>(
  name: string,
  signature: string,
  call: (pattern: RE2JS, ...rest: T) => unknown,
): FunctionTable {
  const must = `must${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    [must]: goFunction(signature, ((pattern: string, ...rest: T) => call(compile(pattern), ...rest)) as never),
    [name]: goFunction(signature, ((pattern: string, ...rest: T) => call(compileOrPanic(pattern), ...rest)) as never),
  };
}

function compile(pattern: string): RE2JS {
  const read = readPattern(pattern);
  if (typeof read !== 'string') return read;
  throw new TemplateError(read);
}

function compileOrPanic(pattern: string): RE2JS {
  const read = readPattern(pattern);
  if (typeof read !== 'string') return read;
  const shown = pattern.includes('`') || /[\n\r\t]/.test(pattern) ? goQuote(pattern) : `\`${pattern}\``;
  throw new TemplateError(`regexp: Compile(${shown}): ${read}`);
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
}

/** What matches, one after another as Go's FindAll has it; a negative count means all. */
function matchesOf(pattern: RE2JS, text: string, count = -1): Match[] {
  const matcher = pattern.matcher(text);
  const found: Match[] = [];
  let last = -1;
  for (let at = 0; at <= text.length && (count < 0 || found.length < count) && matcher.find(at); ) {
    const [start, end] = [matcher.start(), matcher.end()];
    // An empty match right behind another is none.
    if (end > start || start !== last) {
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? undefined);
      found.push({ start, end, text: text.slice(start, end), groups });
    }
    last = end;
    at = end > at ? end : at + (/[\ud800-\udbff]/.test(text.charAt(at)) ? 2 : 1);
    if (end > start) at = end;
  }
  return found;
}

function replaceAll(pattern: RE2JS, text: string, fresh: (match: Match) => string): string {
  let out = '';
  let at = 0;
  for (const match of matchesOf(pattern, text)) {
    out += text.slice(at, match.start) + fresh(match);
    at = match.end;
  }
  return out + text.slice(at);
}

/** `$1`, `${name}`, `$$` in a replacement, as Go's Expand reads them. */
function expand(template: string, match: Match, pattern: RE2JS): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (all, bare?: string, braced?: string) => {
    const name = bare ?? braced;
    if (name === undefined) return all === '$$' ? '$' : all;
    const index = /^\d+$/.test(name) ? Number(name) : pattern.namedGroups()[name];
    return index === undefined ? '' : (match.groups[index] ?? '');
  });
}

function split(pattern: RE2JS, text: string, count: number): string[] | null {
  if (count === 0) return null;
  if (pattern.pattern() !== '' && text === '') return [''];
  const parts: string[] = [];
  let [begin, end] = [0, 0];
  for (const match of matchesOf(pattern, text, count)) {
    if (count > 0 && parts.length === count - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(begin, end));
    begin = match.end;
  }
  if (end !== text.length) parts.push(text.slice(begin));
  return parts;
}
