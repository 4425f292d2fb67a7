/** A command of a unit, from a line such as `ExecStart=-/bin/sh -c 'x' $ARGS`. */
export interface ExecLine {
  /** The file to run. */
  readonly path: string;
  /** Words before variables are put in; the first is what the program is called. */
  readonly words: readonly string[];
  /** `-`: its failure counts as success. */
  readonly ignoreFailure: boolean;
  /** `:`: no variables are put in. */
  readonly literal: boolean;
  /** `+` or `!`: runs as root whatever `User=` says. */
  readonly privileged: boolean;
  /** As written, without prefixes; what status shows. */
  readonly text: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  s: ' ',
};

/** Splits a line into words as systemd.service(5) does: quotes, C escapes; variables and specifiers stay. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\' && at + 1 < line.length) {
      at += 1;
      word = (word ?? '') + (ESCAPES[line.charAt(at)] ?? line.charAt(at));
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Reads one command line of a unit; undefined when there is no command in it. */
export function parseExecLine(line: string): ExecLine | undefined {
  const [, prefix = '', rest = ''] = /^([-@:+!]*)(.*)$/s.exec(line) ?? [];
  const words = splitWords(rest);
  const path = words[0];
  if (path === undefined) return undefined;
  return {
    path,
    words: prefix.includes('@') ? words.slice(1) : words,
    ignoreFailure: prefix.includes('-'),
    literal: prefix.includes(':'),
    privileged: /[+!]/.test(prefix),
    text: rest.trim(),
  };
}

/** Puts variables into words: `${X}` inside a word as one piece, `$X` as a word of its own split at blanks. */
export function expandWords(words: readonly string[], variables: ReadonlyMap<string, string>): string[] {
  return words.flatMap((word) => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(word);
    if (alone) return splitWords(variables.get(alone[1] ?? '') ?? '');
    return [
      word.replace(/\$\{([A-Za-z_]\w*)\}|\$\$/g, (whole, name: string) =>
        whole === '$$' ? '$' : (variables.get(name) ?? ''),
      ),
    ];
  });
}

/** Puts specifiers (`%n`, `%i`, `%H` …) of a unit's name and machine into a text. */
export function expandSpecifiers(text: string, unit: string, hostname: string): string {
  const [, prefix = '', instance = ''] = /^(.*?)(?:@(.*))?\.[a-z]+$/.exec(unit) ?? [];
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    H: hostname,
    N: unit.replace(/\.[a-z]+$/, ''),
    h: '/root',
    i: instance,
    I: instance,
    n: unit,
    p: prefix,
    t: '/run',
    u: 'root',
  };
  return text.replace(/%([%A-Za-z])/g, (whole, letter: string) => values[letter] ?? whole);
}
