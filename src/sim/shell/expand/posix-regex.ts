const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: '\\p{Ll}',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\p{L}\\p{N}_',
  xdigit: '0-9A-Fa-f',
};

/** Rewrites an extended regular expression of POSIX for JavaScript's `u` flag. Throws SyntaxError when it cannot be one. */
export function toJavaScript(source: string): string {
  let result = '';
  for (let at = 0; at < source.length; ) {
    const char = source[at] as string;
    if (char === '[') {
      const { text, next } = bracket(source, at);
      result += text;
      at = next;
    } else if (char === '\\') {
      const escaped = source[at + 1];
      if (escaped === undefined) throw new SyntaxError('trailing backslash');
      result += escapeOf(escaped);
      at += 2;
    } else if (char === '{' && !/^\{\d*(?:,\d*)?\}/.test(source.slice(at))) {
      result += '\\{';
      at += 1;
    } else if (char === '{') {
      const bound = /^\{(\d*)(,?)(\d*)\}/.exec(source.slice(at)) as RegExpExecArray;
      result += `{${bound[1] || '0'}${bound[2]}${bound[3]}}`;
      at += bound[0].length;
    } else if (char === '}' || char === ']') {
      result += `\\${char}`;
      at += 1;
    } else if (char === '*' && /(?:^|[(|^])$/.test(result)) {
      result += '\\*';
      at += 1;
    } else {
      result += char;
      at += 1;
    }
  }
  return result;
}

function escapeOf(char: string): string {
  if (/[bBwWsS]/.test(char)) return `\\${char}`;
  if (char === '<') return '\\b(?=\\w)';
  if (char === '>') return '\\b(?<=\\w)';
  if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`;
  return char === '-' ? '-' : char;
}

function bracket(source: string, from: number): { text: string; next: number } {
  let at = from + 1;
  let text = '[';
  if (source[at] === '^') {
    text += '^';
    at += 1;
  }
  for (let first = true; ; first = false) {
    const char = source[at];
    if (char === undefined) throw new SyntaxError('unmatched [');
    if (char === ']' && !first) return { text: `${text}]`, next: at + 1 };
    const named = /^\[:(\w+):\]/.exec(source.slice(at));
    if (named) {
      const set = CLASSES[named[1] as string];
      if (set === undefined) throw new SyntaxError('invalid character class');
      text += set;
      at += named[0].length;
      continue;
    }
    const point = String.fromCodePoint(source.codePointAt(at) as number);
    text +=
      char === '-' && !first && source[at + 1] !== ']'
        ? '-'
        : /[\\\]^[\-&~!#$%*+,.:;<=>?@`{|}/()]/.test(point) && point !== '-'
          ? escapeInSet(point)
          : point === '-'
            ? '\\-'
            : point;
    at += point.length;
  }
}

function escapeInSet(char: string): string {
  return /[\\\]^[/(){}|.*+?$]/.test(char) ? `\\${char}` : char;
}
