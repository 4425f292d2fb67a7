/** What history expansion made of a line: the new text, or what is wrong. */
export type HistoryExpansion =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly text: string; readonly printOnly: boolean }
  | { readonly kind: 'wrong'; readonly words: string };

/** The quote that an earlier line of the same command left open. */
export type OpenQuote = "'" | '"' | undefined;

/**
 * Expands `!!`, `!n`, `!-n`, `!text`, `!?text?`, `!$`, `!^`, `!*`, `!:n`, modifiers, and `^old^new^`. `base` is the first
 * line's number, `open` the quote that the line begins in.
 */
export function expandHistory(
  line: string,
  history: readonly string[],
  base: number,
  open?: OpenQuote,
): HistoryExpansion {
  if (line.startsWith('^') && open !== "'") return quickSubstitution(line, history);
  let at = open === "'" ? afterQuote(line, 0, true) : 0;
  let result = line.slice(0, at);
  let changed = false;
  let printOnly = false;
  let double = open === '"';
  while (at < line.length) {
    const char = line[at] as string;
    if (char === '\\' && at + 1 < line.length) {
      result += line.slice(at, at + 2);
      at += 2;
    } else if (char === "'" && !double) {
      const stop = afterQuote(line, at + 1, line[at - 1] === '$');
      result += line.slice(at, stop);
      at = stop;
    } else if (char === '#' && !double && (at === 0 || /[\s;&()|<>]/.test(line[at - 1] as string))) {
      result += line.slice(at);
      break;
    } else if (char === '!' && startsEvent(line, at, double) && !(open === '"' && looksSingleQuoted(line, at))) {
      const found = readEvent(line, at, history, base, result);
      if ('words' in found) return { kind: 'wrong', words: found.words };
      result += found.text;
      printOnly ||= found.printOnly;
      changed = true;
      at = found.next;
    } else {
      if (char === '"') double = !double;
      result += char;
      at += 1;
    }
  }
  return changed ? { kind: 'changed', text: result, printOnly } : { kind: 'same' };
}

/** Where the text after the next single quote begins; `escapes`: a backslash takes the quote's meaning. */
function afterQuote(line: string, from: number, escapes: boolean): number {
  for (let at = from; at < line.length; at += 1) {
    if (escapes && line[at] === '\\') at += 1;
    else if (line[at] === "'") return at + 1;
  }
  return line.length;
}

/** bash looks at a later line of a double-quoted string a second time, as if no quote were open: what single quotes hold stays. */
function looksSingleQuoted(line: string, wanted: number): boolean {
  let double = false;
  for (let at = 0; at < wanted; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') double = !double;
    else if (line[at] === "'" && !double) {
      at = afterQuote(line, at + 1, line[at - 1] === '$') - 1;
      if (at >= wanted) return true;
    }
  }
  return false;
}

function startsEvent(line: string, at: number, double: boolean): boolean {
  const next = line[at + 1];
  if (next === undefined || /[\s=(]/.test(next)) return false;
  if (next === '"' && double) return false;
  const before = line[at - 1];
  return !(
    before === '{' ||
    (before === '[' && next !== '!') ||
    (before === '$' && !/[\w!$^*:?-]/.test(next)) ||
    before === '$'
  );
}

type Found = { text: string; next: number; printOnly: boolean } | { words: string };

function readEvent(line: string, at: number, history: readonly string[], base: number, soFar: string): Found {
  const rest = line.slice(at + 1);
  let event: string | undefined;
  let length: number;
  const number = /^-?\d+/.exec(rest)?.[0];
  if (rest.startsWith('!')) [event, length] = [history.at(-1), 1];
  else if (number !== undefined)
    [event, length] = [
      number.startsWith('-') ? history.at(Number(number)) : history[Number(number) - base],
      number.length,
    ];
  else if (rest.startsWith('#')) [event, length] = [soFar, 1];
  else if (/^[$^*:]/.test(rest)) [event, length] = [history.at(-1), 0];
  else if (rest.startsWith('?')) {
    const end = rest.indexOf('?', 1);
    const wanted = rest.slice(1, end < 0 ? undefined : end);
    [event, length] = [history.findLast((entry) => entry.includes(wanted)), end < 0 ? rest.length : end + 1];
  } else {
    const wanted = /^[^\s:^$*%"()|&;<>-]+/.exec(rest)?.[0] ?? '';
    [event, length] = [
      wanted === '' ? undefined : history.findLast((entry) => entry.startsWith(wanted)),
      Math.max(wanted.length, 1),
    ];
  }
  const shown = line.slice(at, at + 1 + length);
  if (event === undefined) return { words: `${shown}: event not found` };
  return applyDesignators(line, at + 1 + length, event, shown);
}

function applyDesignators(line: string, from: number, event: string, shown: string): Found {
  const words = splitWords(event);
  const designator = /^(?::?([$^*]|%)|:(\d+-\d+|\d+-\$?|\d+\*|-\d+|\d+))/.exec(line.slice(from));
  let text = event;
  let next = from;
  if (designator) {
    const chosen = chooseWords(words, designator[1] ?? designator[2] ?? '');
    if (chosen === undefined) return { words: `${designator[0]}: bad word specifier` };
    text = chosen.join(' ');
    next += designator[0].length;
  }
  let printOnly = false;
  for (;;) {
    const modifier = /^:(?:([htreqxp])|(g?)s(.)(.*?)\3(?:(.*?)(?:\3|$)))/.exec(line.slice(next));
    if (!modifier) break;
    next += modifier[0].length;
    const [, letter, global, , old = '', fresh = ''] = modifier;
    if (letter === 'p') printOnly = true;
    else if (letter === 'h') text = text.replace(/\/[^/]*$/, '');
    else if (letter === 't') text = text.replace(/^.*\//, '');
    else if (letter === 'r') text = text.replace(/\.[^./]*$/, '');
    else if (letter === 'e') text = /\.[^./]*$/.exec(text)?.[0] ?? '';
    else if (letter === 'q') text = `'${text.replaceAll("'", "'\\''")}'`;
    else if (old !== '') {
      if (!text.includes(old)) return { words: `${shown}${modifier[0]}: substitution failed` };
      text = global ? text.replaceAll(old, fresh) : text.replace(old, () => fresh);
    }
  }
  return { text, next, printOnly };
}

function chooseWords(words: readonly string[], spec: string): readonly string[] | undefined {
  const last = words.length - 1;
  if (spec === '$') return words.slice(-1);
  if (spec === '^') return words[1] === undefined ? undefined : [words[1]];
  if (spec === '*') return words.slice(1);
  const range = /^(\d*)(-|\*)?(\d*|\$)$/.exec(spec);
  if (!range) return undefined;
  const from = range[1] === '' ? 0 : Number(range[1]);
  const to =
    range[2] === undefined
      ? from
      : range[2] === '*' || range[3] === '$'
        ? last
        : range[3] === ''
          ? last - 1
          : Number(range[3]);
  return from > last || to > last ? undefined : words.slice(from, to + 1);
}

/** Splits a line into words as the shell's reader would, quotes left in place. */
export function splitWords(line: string): string[] {
  return line.match(/(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s"'\\;|&<>()])+|[;|&<>()]+/g) ?? [];
}

function quickSubstitution(line: string, history: readonly string[]): HistoryExpansion {
  const [, old = '', fresh = '', rest = ''] = line.split('^');
  const event = history.at(-1);
  if (event === undefined || old === '' || !event.includes(old))
    return { kind: 'wrong', words: `:s${line}: substitution failed` };
  return { kind: 'changed', text: event.replace(old, () => fresh) + rest, printOnly: false };
}
