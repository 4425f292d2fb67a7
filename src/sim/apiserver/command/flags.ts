import { parseDuration } from '../../api/duration.js';
import type { Micros } from '../../kernel/time.js';
import { ADDRESS_FLAGS, BOOLEAN_FLAGS, DURATION_FLAGS, NUMBER_FLAGS, TEXT_FLAGS } from './flag-names.js';

/** A command line cobra refuses; printed as `Error: …`. */
export class FlagError extends Error {}

/** The flags that were given. Lists keep every value. */
export class Flags {
  private readonly values = new Map<string, string[]>();

  /** Adds a value; later ones of a flag win where only one counts. */
  add(name: string, value: string): void {
    const all = this.values.get(name) ?? [];
    all.push(value);
    this.values.set(name, all);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The names of those that were given. */
  names(): string[] {
    return [...this.values.keys()];
  }

  text(name: string, otherwise = ''): string {
    return this.values.get(name)?.at(-1) ?? otherwise;
  }

  number(name: string, otherwise: number): number {
    return this.has(name) ? Number(this.text(name)) : otherwise;
  }

  boolean(name: string, otherwise: boolean): boolean {
    return this.has(name) ? ['1', 't', 'true'].includes(this.text(name).toLowerCase()) : otherwise;
  }

  duration(name: string, otherwise: Micros): Micros {
    return this.has(name) ? parseDuration(this.text(name)) : otherwise;
  }

  /** The values of a flag that takes a list, commas split. */
  list(name: string, otherwise: readonly string[] = []): string[] {
    const all = this.values.get(name);
    return all ? all.flatMap((value) => value.split(',')).filter((value) => value !== '') : [...otherwise];
  }

  /** Name and value of each, sorted by name, as klog's FLAG lines have them. */
  entries(): [string, string][] {
    return [...this.values]
      .map(([name, all]): [string, string] => [name, all.join(',')])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Reads kube-apiserver's arguments as pflag does. Throws `FlagError` in its words. */
export function readFlags(args: readonly string[]): Flags {
  const flags = new Flags();
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] as string;
    if (argument === '') continue;
    if (!argument.startsWith('-'))
      throw new FlagError(
        `"kube-apiserver" does not take any arguments, got ${JSON.stringify(args.filter((one) => !one.startsWith('-'))).replaceAll(',', ' ')}`,
      );
    if (argument === '--') break;
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
    if (!match) throw badSyntax(argument);
    const [, name = '', given] = match;
    let value = given;
    if (BOOLEAN_FLAGS.has(name) || name === 'version') value ??= 'true';
    else if (!isKnown(name)) throw new FlagError(`unknown flag: --${name}`);
    else if (value === undefined) {
      index += 1;
      value = args[index];
      if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`);
    }
    checkValue(name, value);
    flags.add(name, value);
  }
  return flags;
}

function isKnown(name: string): boolean {
  return TEXT_FLAGS.has(name) || NUMBER_FLAGS.has(name) || DURATION_FLAGS.has(name) || ADDRESS_FLAGS.has(name);
}

function badSyntax(argument: string): FlagError {
  if (argument.startsWith('--')) return new FlagError(`bad flag syntax: ${argument}`);
  const letter = argument.charAt(1);
  return new FlagError(`unknown shorthand flag: ${JSON.stringify(letter).replaceAll('"', "'")} in ${argument}`);
}

/** Flags whose text has a form of its own: what is wrong with it, or undefined. */
const SHAPED: Readonly<Record<string, (value: string) => string | undefined>> = {
  'oidc-required-claim': (value) => (value.includes('=') ? undefined : 'malformed pair, expect string=string'),
  'service-node-port-range': portRangeProblem,
  'tls-sni-cert-key': (value) =>
    value.includes(',') ? undefined : 'expected comma separated certificate and key file paths',
  vmodule: (value) => {
    const wrong = value.split(',').find((one) => one !== '' && !/^[^=]+=\d+$/.test(one));
    return wrong === undefined ? undefined : `${JSON.stringify(wrong)} does not have the pattern=N format`;
  },
};

function portRangeProblem(value: string): string | undefined {
  const [from = '', to = from] = value.split(/[-+]/);
  for (const port of [from, to]) {
    if (!/^\d+$/.test(port)) return `strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
  }
  if (value.includes('-') && Number(to) < Number(from)) {
    return `end port cannot be less than start port: ${value}`;
  }
  return undefined;
}

function checkValue(name: string, value: string): void {
  const refuse = (why: string) =>
    new FlagError(
      `invalid argument ${JSON.stringify(value)} for "${name === 'v' ? '-v, --v' : `--${name}`}" flag: ${why}`,
    );
  const parse = (kind: string) => refuse(`strconv.Parse${kind}: parsing ${JSON.stringify(value)}: invalid syntax`);
  const number = NUMBER_FLAGS.get(name);
  if (number === 'float64' && !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value)) throw parse('Float');
  if (name === 'v' && !/^\d+$/.test(value)) throw parse('Uint');
  if (number && number !== 'float64' && !/^[+-]?\d+$/.test(value)) throw parse('Int');
  if (BOOLEAN_FLAGS.has(name) && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)) throw parse('Bool');
  if (ADDRESS_FLAGS.has(name) && !/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/.test(value)) {
    throw refuse(`failed to parse IP: ${JSON.stringify(value)}`);
  }
  const words = SHAPED[name]?.(value);
  if (words !== undefined) throw refuse(words);
  if (DURATION_FLAGS.has(name)) {
    try {
      parseDuration(value);
    } catch (error) {
      throw refuse((error as Error).message);
    }
  }
}
