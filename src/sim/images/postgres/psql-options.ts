import type { Sys } from '../../kernel/sys.js';

/** What psql and pg_isready are told on their command lines and in their environment. */
export interface PsqlOptions {
  readonly host: string | undefined;
  readonly port: string;
  readonly user: string;
  readonly database: string | undefined;
  readonly password: string | undefined;
  readonly commands: readonly { readonly text?: string; readonly file?: string }[];
  readonly flags: ReadonlySet<string>;
  readonly separator: string;
  readonly stop: boolean;
  /** A word that is no option. */
  readonly unknown: string | undefined;
}

const VALUES: Readonly<Record<string, string>> = {
  host: 'h',
  port: 'p',
  username: 'U',
  dbname: 'd',
  command: 'c',
  file: 'f',
  'field-separator': 'F',
  set: 'v',
  variable: 'v',
  timeout: 't',
};
const FLAGS: Readonly<Record<string, string>> = {
  'tuples-only': 't',
  'no-align': 'A',
  quiet: 'q',
  expanded: 'x',
  'no-psqlrc': 'X',
  'no-password': 'w',
  password: 'W',
  list: 'l',
  version: 'V',
  help: '?',
  csv: 'csv',
  'single-transaction': '1',
};

/** Reads the command line; `valued` are the short options that take a value. */
export function readPsqlOptions(sys: Sys, valued: string): PsqlOptions {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const operands: string[] = [];
  const commands: { text?: string; file?: string }[] = [];
  let stop = false;
  let unknown: string | undefined;
  const take = (name: string, value: string) => {
    if (name === 'c') commands.push({ text: value });
    else if (name === 'f') commands.push({ file: value });
    else if (name === 'v') stop ||= /^ON_ERROR_STOP(?:=1|=on)?$/i.test(value);
    else values.set(name, value);
  };
  const words = sys.args.slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, long, value] = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (long !== undefined) {
      const name = VALUES[long];
      if (name !== undefined) take(name, value ?? words.shift() ?? '');
      else if (FLAGS[long] !== undefined) flags.add(FLAGS[long]);
      else unknown ??= word;
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at += 1) {
        const letter = word[at] ?? '';
        if (valued.includes(letter)) {
          take(letter, word.slice(at + 1) || (words.shift() ?? ''));
          break;
        }
        flags.add(letter);
      }
    } else operands.push(word);
  }
  const environment = (name: string) => sys.environment.get(name);
  const uri = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@]*))?@)?([^:/]*)(?::(\d+))?(?:\/([^?]*))?/.exec(
    values.get('d') ?? operands[0] ?? '',
  );
  const [, user, password, host, port, database] = uri ?? [];
  return {
    host: host || (values.get('h') ?? environment('PGHOST')),
    port: port ?? values.get('p') ?? environment('PGPORT') ?? '5432',
    user: user || (values.get('U') ?? (uri ? undefined : operands[1]) ?? environment('PGUSER') ?? 'root'),
    database: uri ? database : (values.get('d') ?? operands[0] ?? environment('PGDATABASE')),
    password: password ?? environment('PGPASSWORD'),
    commands,
    flags,
    separator: values.get('F') ?? '|',
    stop,
    unknown,
  };
}
