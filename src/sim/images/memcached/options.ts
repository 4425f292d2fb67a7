import { getopt, OptionError, type OptionSpec } from '../../kernel/libc/getopt.js';

/** What the command line of memcached sets. */
export interface Options {
  readonly port: number;
  readonly udpPort: number;
  readonly address: string | undefined;
  readonly user: string | undefined;
  readonly megabytes: number;
  readonly evicts: boolean;
  readonly flushes: boolean;
  readonly shutdown: boolean;
  readonly connections: number;
  readonly threads: number;
  /** Bytes of the largest item. */
  readonly largest: number;
  readonly verbosity: number;
  readonly asked: 'version' | 'help' | undefined;
}

const required = (short: string, long: string): OptionSpec => ({ short, long, argument: 'required' });
const SPECS: readonly OptionSpec[] = [
  required('p', 'port'),
  required('U', 'udp-port'),
  required('l', 'listen'),
  required('u', 'user'),
  required('m', 'memory-limit'),
  required('c', 'conn-limit'),
  required('t', 'threads'),
  required('I', 'max-item-size'),
  required('o', 'extended'),
  required('b', 'listen-backlog'),
  required('B', 'protocol'),
  required('f', 'slab-growth-factor'),
  required('n', 'slab-min-size'),
  required('R', 'max-reqs-per-event'),
  { short: 'A', long: 'enable-shutdown' },
  { short: 'M', long: 'disable-evictions' },
  { short: 'F', long: 'disable-flush-all' },
  { short: 'r', long: 'enable-coredumps' },
  { short: 'k', long: 'lock-memory' },
  { short: 'v', long: 'verbose' },
  { short: 'V', long: 'version' },
  { short: 'h', long: 'help' },
];
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1_048_576, g: 1_073_741_824 };

/** Reads a command line. A text is what is wrong with it. */
export function readOptions(words: readonly string[]): Options | string {
  try {
    const { options } = getopt(words, SPECS);
    const value = (name: string) => options.findLast((option) => option.name === name)?.value;
    const has = (name: string) => options.some((option) => option.name === name);
    const number = (name: string, otherwise: number) => Number.parseInt(value(name) ?? String(otherwise), 10) || 0;
    const [, size = '1', unit = 'm'] = /^(\d+)([kmg]?)$/.exec((value('max-item-size') ?? '1m').toLowerCase()) ?? [];
    const largest = Number(size) * (UNITS[unit] ?? 1);
    const megabytes = number('memory-limit', 64);
    if (largest < 1024) return 'Item max size cannot be less than 1024 bytes.\n';
    if (largest > megabytes * 524_288) return 'Cannot set item size limit higher than 1/2 of memory max.\n';
    return {
      port: number('port', 11_211),
      udpPort: number('udp-port', 0),
      address: value('listen'),
      user: value('user'),
      megabytes,
      evicts: !has('disable-evictions'),
      flushes: !has('disable-flush-all'),
      shutdown: has('enable-shutdown'),
      connections: number('conn-limit', 1024),
      threads: number('threads', 4),
      largest,
      verbosity: options.filter(({ name }) => name === 'verbose').length,
      asked: has('version') ? 'version' : has('help') ? 'help' : undefined,
    };
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return `memcached: ${error.message}\nIllegal argument "?"\n`;
  }
}

/** What `-h` says of the options that are here. */
export const HELP = `-p, --port=<num>          TCP port to listen on (default: 11211)
-U, --udp-port=<num>      UDP port to listen on (default: 0, off)
-A, --enable-shutdown     enable ascii "shutdown" command
-l, --listen=<addr>       interface to listen on (default: INADDR_ANY)
-r, --enable-coredumps    maximize core file limit
-u, --user=<user>         assume identity of <username> (only when run as root)
-m, --memory-limit=<num>  item memory in megabytes (default: 64)
-M, --disable-evictions   return error on memory exhausted instead of evicting
-c, --conn-limit=<num>    max simultaneous connections (default: 1024)
-k, --lock-memory         lock down all paged memory
-v, --verbose             verbose (print errors/warnings while in event loop)
-vv                       very verbose (also print client commands/responses)
-h, --help                print this help and exit
-V, --version             print version and exit
-t, --threads=<num>       number of threads to use (default: 4)
-F, --disable-flush-all   disable flush_all command
-I, --max-item-size=<num> adjusts max item size
                          (default: 1m, min: 1k, max: 1024m)
`;
