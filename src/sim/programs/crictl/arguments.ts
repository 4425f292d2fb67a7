/** What was asked of a command: flags by their long names, and the rest. */
export interface Arguments {
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

/** Flags that take no value. */
const SWITCHES = new Set([
  'all',
  'quiet',
  'no-trunc',
  'verbose',
  'follow',
  'timestamps',
  'previous',
  'force',
  'tty',
  'interactive',
  'latest',
  'digests',
  'sync',
  'help',
  'prune',
]);
const SHORT: Readonly<Record<string, string>> = {
  a: 'all',
  q: 'quiet',
  v: 'verbose',
  f: 'follow',
  p: 'previous',
  t: 'tty',
  i: 'interactive',
  l: 'latest',
  s: 'sync',
  o: 'output',
  r: 'runtime-endpoint',
  c: 'config',
  h: 'help',
};
/** Short flags that mean something else for one command. */
const SHORT_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  exec: { r: 'transport' },
  ps: { p: 'pod' },
  rm: { f: 'force', a: 'all' },
  rmp: { f: 'force', a: 'all' },
  stop: { t: 'timeout' },
};

/** Reads a command's words; flags may come anywhere before the first word when `strict`. Returns what it does not know. */
export function readArguments(
  command: string,
  words: readonly string[],
  strict = false,
): Arguments | { readonly unknown: string } {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '--' || (strict && rest.length > 0) || !word.startsWith('-') || word === '-') {
      rest.push(...(word === '--' ? words.slice(at + 1) : [word]));
      if (word === '--') break;
      continue;
    }
    const [, dashes = '', given = '', value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const names =
      dashes === '--' || given.length === 1 || !/^[a-z]+$/.test(given) || given === 'pod'
        ? [SHORT_OF[command]?.[given] ?? SHORT[given] ?? given]
        : [...given].map((letter) => SHORT_OF[command]?.[letter] ?? SHORT[letter] ?? letter);
    for (const name of names) {
      if (SWITCHES.has(name)) flags.set(name, value ?? 'true');
      else if (!VALUES.has(name)) return { unknown: given };
      else if (value !== undefined) flags.set(name, value);
      else {
        at += 1;
        flags.set(name, words[at] ?? '');
      }
    }
  }
  return { flags, rest };
}

const VALUES = new Set([
  'output',
  'pod',
  'name',
  'namespace',
  'state',
  'label',
  'image',
  'id',
  'tail',
  'since',
  'timeout',
  'runtime-endpoint',
  'image-endpoint',
  'config',
  'creds',
  'last',
  'limit-bytes',
  'transport',
]);
