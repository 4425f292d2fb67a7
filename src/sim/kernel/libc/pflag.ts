/** A command line that Go's pflag refuses; the message is pflag's. */
export class PflagError extends Error {}

/** One flag: its name, perhaps a letter, and whether it is a truth value that needs no argument. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly truth?: boolean;
  readonly kind?: 'number' | 'duration';
}

export interface ParsedFlags {
  /** The flags that were given, the last value of each. */
  readonly given: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** Parses arguments as Go's pflag does: flags and operands in any order, `--name=value`, `--name value`, `-n value`. */
export function parseFlags(args: readonly string[], specs: readonly FlagSpec[]): ParsedFlags {
  const given = new Map<string, string>();
  const operands: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--') {
      operands.push(...left);
      break;
    }
    if (arg.startsWith('--')) longFlag(arg, specs, left, given);
    else if (arg.startsWith('-') && arg !== '-') shortFlags(arg, specs, left, given);
    else operands.push(arg);
  }
  return { given, operands };
}

function longFlag(arg: string, specs: readonly FlagSpec[], left: string[], given: Map<string, string>): void {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
  const spec = specs.find((candidate) => candidate.name === name);
  if (!spec) throw new PflagError(`unknown flag: --${name}`);
  if (value !== undefined) given.set(spec.name, checked(spec, value));
  else if (spec.truth) given.set(spec.name, 'true');
  else {
    const next = left.shift();
    if (next === undefined) throw new PflagError(`flag needs an argument: --${name}`);
    given.set(spec.name, checked(spec, next));
  }
}

function shortFlags(arg: string, specs: readonly FlagSpec[], left: string[], given: Map<string, string>): void {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const spec = specs.find(({ short }) => short === letter);
    if (!spec) throw new PflagError(`unknown shorthand flag: '${letter}' in ${arg}`);
    if (spec.truth && arg.charAt(at + 1) !== '=') {
      given.set(spec.name, 'true');
      continue;
    }
    const rest = arg.slice(at + 1).replace(/^=/, '');
    const value = rest !== '' ? rest : left.shift();
    if (value === undefined) throw new PflagError(`flag needs an argument: '${letter}' in ${arg}`);
    given.set(spec.name, checked(spec, value));
    return;
  }
}

function checked({ name, short, truth, kind }: FlagSpec, value: string): string {
  const shown = short === undefined ? `--${name}` : `-${short}, --${name}`;
  const refuse = (why: string) =>
    new PflagError(`invalid argument ${JSON.stringify(value)} for "${shown}" flag: ${why}`);
  if (truth && !/^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value))
    throw refuse(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  if (truth) return /^[1tT]/.test(value) ? 'true' : 'false';
  if (kind === 'number' && !/^-?\d+$/.test(value))
    throw refuse(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  if (kind === 'duration' && durationMicros(value) === undefined)
    throw refuse(
      /^\d+$/.test(value)
        ? `time: missing unit in duration ${JSON.stringify(value)}`
        : `time: invalid duration ${JSON.stringify(value)}`,
    );
  return value;
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, m: 6e7, h: 3.6e9 };

/** Microseconds of a Go duration such as `1m30s`; undefined for what is none. */
export function durationMicros(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)) {
    sum += Number(amount) * (UNITS[unit as string] as number);
  }
  return Math.round(sum);
}
