/** One flag of a program that reads its line with Go's own flag package. */
export interface GoFlag {
  readonly name: string;
  readonly kind: 'string' | 'int' | 'bool';
  readonly usage: string;
  readonly default?: string;
}

/** What was read, with defaults filled in; or what to print to standard error before ending with a status. */
export type GoFlags =
  | { readonly values: ReadonlyMap<string, string>; readonly rest: readonly string[] }
  | { readonly refused: string; readonly status: number };

const TRUTHS: Readonly<Record<string, string>> = Object.fromEntries([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, 'true']),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, 'false']),
]);

/** Reads a command line as Go's flag package does: up to the first word that is no flag. `program`: its first word. */
export function readGoFlags(program: string, words: readonly string[], flags: readonly GoFlag[]): GoFlags {
  const values = new Map(flags.map(({ name, default: value = '' }) => [name, value]));
  const refuse = (why: string, status = 2): GoFlags => ({
    refused: `${why}${why === '' ? '' : '\n'}${usage(program, flags)}`,
    status,
  });
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word.length < 2 || !word.startsWith('-')) return { values, rest: words.slice(at) };
    if (word === '--') return { values, rest: words.slice(at + 1) };
    const [, name = '', given] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '' || name.startsWith('-')) return refuse(`bad flag syntax: ${word}`);
    const flag = flags.find((one) => one.name === name);
    if (!flag && (name === 'help' || name === 'h')) return refuse('', 0);
    if (!flag) return refuse(`flag provided but not defined: -${name}`);
    if (flag.kind === 'bool') {
      const truth = TRUTHS[given ?? 'true'];
      if (truth === undefined)
        return refuse(`invalid boolean value ${JSON.stringify(given)} for -${name}: parse error`);
      values.set(name, truth);
      continue;
    }
    if (given === undefined) at += 1;
    const value = given ?? words[at];
    if (value === undefined) return refuse(`flag needs an argument: -${name}`);
    if (flag.kind === 'int' && !/^[-+]?\d+$/.test(value))
      return refuse(`invalid value ${JSON.stringify(value)} for flag -${name}: parse error`);
    values.set(name, value);
  }
  return { values, rest: [] };
}

function usage(program: string, flags: readonly GoFlag[]): string {
  const lines = flags
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, kind, usage: text, default: value }) => {
      const type = kind === 'bool' ? '' : ` ${kind}`;
      const shown = kind === 'string' ? JSON.stringify(value ?? '') : value;
      const tail =
        value === undefined || value === '' || value === 'false' || value === '0' ? '' : ` (default ${shown})`;
      return `  -${name}${type}\n    \t${text}${tail}\n`;
    });
  return `Usage of ${program}:\n${lines.join('')}`;
}
