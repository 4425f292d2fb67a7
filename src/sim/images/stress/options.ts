/** What stress is to do. */
export interface StressOptions {
  readonly quiet: boolean;
  readonly timeoutSeconds: number;
  readonly cpu: number;
  readonly io: number;
  readonly vm: number;
  readonly vmBytes: number;
  /** Seconds that memory is held before it is freed; 0 for ever, undefined not at all. */
  readonly vmHang: number | undefined;
  readonly vmKeep: boolean;
  readonly hdd: number;
  readonly hddBytes: number;
  /** What it only prints. */
  readonly shows?: 'usage' | 'version';
}

export const VERSION = 'stress 1.0.4\n';
export const USAGE = `\`stress' imposes certain types of compute stress on your system

Usage: stress [OPTION [ARG]] ...
 -?, --help         show this help statement
     --version      show version statement
 -v, --verbose      be verbose
 -q, --quiet        be quiet
 -n, --dry-run      show what would have been done
 -t, --timeout N    timeout after N seconds
     --backoff N    wait factor of N microseconds before work starts
 -c, --cpu N        spawn N workers spinning on sqrt()
 -i, --io N         spawn N workers spinning on sync()
 -m, --vm N         spawn N workers spinning on malloc()/free()
     --vm-bytes B   malloc B bytes per vm worker (default is 256MB)
     --vm-stride B  touch a byte every B bytes (default is 4096)
     --vm-hang N    sleep N secs before free (default none, 0 is inf)
     --vm-keep      redirty memory instead of freeing and reallocating
 -d, --hdd N        spawn N workers spinning on write()/unlink()
     --hdd-bytes B  write B bytes per hdd worker (default is 1GB)

Example: stress --cpu 8 --io 4 --vm 2 --vm-bytes 128M --timeout 10s

Note: Numbers may be suffixed with s,m,h,d,y (time) or B,K,M,G (size).
`;

const SHORT: Readonly<Record<string, string>> = {
  '-?': '--help',
  '-c': '--cpu',
  '-d': '--hdd',
  '-i': '--io',
  '-m': '--vm',
  '-n': '--dry-run',
  '-q': '--quiet',
  '-t': '--timeout',
  '-v': '--verbose',
};
const FLAGS = new Set(['--help', '--version', '--verbose', '--quiet', '--dry-run', '--vm-keep']);
const SIZES = new Set(['--vm-bytes', '--vm-stride', '--hdd-bytes']);
const TIMES = new Set(['--timeout', '--vm-hang']);
const COUNTS = new Set(['--backoff', '--cpu', '--hdd', '--io', '--vm']);
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const TIME_UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, y: 31_536_000 };

/** Reads the command line; for what it does not know the words of stress, and the line of its source that says them. */
export function parseOptions(
  args: readonly string[],
): StressOptions | { readonly error: string; readonly line: number } {
  const values = new Map<string, number>();
  const flags = new Set<string>();
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    const name = SHORT[word] ?? word;
    if (FLAGS.has(name)) {
      flags.add(name);
      continue;
    }
    const units = SIZES.has(name) ? SIZE_UNITS : TIMES.has(name) ? TIME_UNITS : COUNTS.has(name) ? {} : undefined;
    if (!units) return { error: `unrecognized option: ${word}`, line: 244 };
    at += 1;
    const text = args[at];
    if (text === undefined) return { error: `missing argument to option '${word}'`, line: 489 };
    const value = amount(text, units);
    if (value === undefined) return { error: `not a number: ${text}`, line: 506 };
    values.set(name, value);
  }
  const of = (name: string, byDefault: number) => values.get(name) ?? byDefault;
  const shows = flags.has('--version') ? 'version' : flags.has('--help') || args.length === 0 ? 'usage' : undefined;
  return {
    quiet: flags.has('--quiet'),
    timeoutSeconds: of('--timeout', 0),
    cpu: of('--cpu', 0),
    io: of('--io', 0),
    vm: of('--vm', 0),
    vmBytes: of('--vm-bytes', 256 * 2 ** 20),
    vmHang: values.get('--vm-hang'),
    vmKeep: flags.has('--vm-keep'),
    hdd: of('--hdd', 0),
    hddBytes: of('--hdd-bytes', 2 ** 30),
    ...(shows ? { shows } : {}),
  };
}

function amount(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+)([a-z]?)$/i.exec(text);
  const unit = match?.[2] ? units[match[2].toLowerCase()] : 1;
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}
