import type { Sys } from '../../kernel/sys.js';

/** What redis-cli's command line says. */
export interface CliOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** Undefined: as the output is a terminal or not. */
  readonly raw: boolean | undefined;
  readonly repeat: number;
  readonly intervalSeconds: number;
  readonly warn: boolean;
  /** The last word comes from standard input. */
  readonly lastFromInput: boolean;
  /** Ends with status 1 when an answer is an error. */
  readonly strict: boolean;
  readonly scan: string | undefined;
  readonly words: readonly string[];
}

/** A command line that redis-cli refuses, or one that asks for its version or help. */
export class CliEnding extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const VALUES: Readonly<Record<string, string>> = {
  '-h': 'host',
  '-p': 'port',
  '-a': 'password',
  '--pass': 'password',
  '--user': 'user',
  '-n': 'database',
  '-r': 'repeat',
  '-i': 'interval',
  '-u': 'uri',
  '--pattern': 'pattern',
  '-t': 'timeout',
};
const FLAGS = new Set('-x -e -c -2 -3 --raw --no-raw --no-auth-warning --askpass --scan --verbose'.split(' '));

/** Reads the command line. Throws `CliEnding`. */
export function readCliOptions(sys: Sys, version: string): CliOptions {
  const args = sys.args.slice(1);
  const values = new Map<string, string>();
  const flags = new Set<string>();
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const name = VALUES[arg];
    if (arg === '-v' || arg === '--version') throw new CliEnding(`redis-cli ${version}\n`, 0);
    if (arg === '--help' || (arg === '-h' && at + 1 === args.length)) throw new CliEnding(usage(version), 0);
    if (name !== undefined && at + 1 < args.length) {
      at += 1;
      values.set(name, args[at] ?? '');
    } else if (FLAGS.has(arg)) flags.add(arg);
    else if (!arg.startsWith('-')) break;
    else throw new CliEnding(`Unrecognized option or bad number of args for: '${arg}'\n`, 1);
  }
  if (values.has('uri')) readUri(values.get('uri') ?? '', values);
  const repeat = Number(values.get('repeat') ?? 1);
  return {
    host: values.get('host') ?? '127.0.0.1',
    port: Number(values.get('port') ?? 6379),
    user: values.get('user'),
    password: values.get('password') ?? sys.environment.get('REDISCLI_AUTH'),
    database: Number(values.get('database') ?? 0),
    raw: flags.has('--raw') ? true : flags.has('--no-raw') ? false : undefined,
    repeat: repeat < 0 ? Number.POSITIVE_INFINITY : repeat,
    intervalSeconds: Number(values.get('interval') ?? 0),
    warn: values.has('password') && !flags.has('--no-auth-warning'),
    lastFromInput: flags.has('-x'),
    strict: flags.has('-e'),
    scan: flags.has('--scan') ? (values.get('pattern') ?? '*') : undefined,
    words: args.slice(at),
  };
}

function readUri(uri: string, values: Map<string, string>): void {
  const [, user, password, host, port, database] =
    /^rediss?:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^:/]*)(?::(\d+))?(?:\/(\d+))?$/.exec(uri) ?? [];
  if (host === undefined) throw new CliEnding('Invalid URI scheme\n', 1);
  if (user) values.set('user', user);
  if (password !== undefined) values.set('password', password);
  if (host !== '') values.set('host', host);
  if (port !== undefined) values.set('port', port);
  if (database !== undefined) values.set('database', database);
}

function usage(version: string): string {
  return `redis-cli ${version}

Usage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]
  -h <hostname>      Server hostname (default: 127.0.0.1).
  -p <port>          Server port (default: 6379).
  -a <password>      Password to use when connecting to the server.
                     You can also use the REDISCLI_AUTH environment
                     variable to pass this password more safely
                     (if both are used, this argument takes precedence).
  -u <uri>           Server URI on format redis://user:password@host:port/dbnum
  -r <repeat>        Execute specified command N times.
  -i <interval>      When -r is used, waits <interval> seconds per command.
  -n <db>            Database number.
  -x                 Read last argument from STDIN.
  --raw              Use raw formatting for replies (default when STDOUT is
                     not a tty).
  --no-raw           Force formatted output even when STDOUT is not a tty.
  --scan             List all keys using the SCAN command.
  --pattern <pat>    Keys pattern when using the --scan option.
  --help             Output this help and exit.
  --version          Output version and exit.

`;
}
