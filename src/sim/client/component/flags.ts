import { parseDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import type { Micros } from '../../kernel/time.js';

/** What a flag takes; a truth value may stand without one. */
export type FlagKind = 'bool' | 'int' | 'float' | 'duration' | 'text';

/** The flags a component knows. */
export type FlagTable = ReadonlyMap<string, FlagKind>;

/** A command line cobra refuses; printed as `Error: …`. */
export class FlagError extends Error {}

/** The flags that were given; of a flag given twice the last value counts, except where it is a list. */
export class ComponentFlags {
  constructor(private readonly given: ReadonlyMap<string, readonly string[]>) {}

  has(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string, otherwise = ''): string {
    return this.given.get(name)?.at(-1) ?? otherwise;
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

  list(name: string, otherwise: readonly string[] = []): readonly string[] {
    const values = this.given.get(name);
    return values ? values.flatMap((value) => value.split(',')).filter((value) => value !== '') : otherwise;
  }
}

/** Makes a table of flags from names by kind. */
export function flagTable(kinds: Readonly<Partial<Record<FlagKind, string>>>): FlagTable {
  const table = new Map<string, FlagKind>([
    ['help', 'bool'],
    ['version', 'bool'],
    ['v', 'int'],
    ['vmodule', 'text'],
    ['feature-gates', 'text'],
    ['logging-format', 'text'],
    ['log-flush-frequency', 'duration'],
  ]);
  for (const [kind, names] of Object.entries(kinds)) {
    for (const name of names.trim().split(/\s+/)) table.set(name, kind as FlagKind);
  }
  return table;
}

/** Reads the arguments after a program's name as pflag does. Throws `FlagError` in its words. */
export function parseComponentFlags(program: string, table: FlagTable, args: readonly string[]): ComponentFlags {
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] as string;
    if (argument === '--') {
      rest.push(...args.slice(index + 1));
      break;
    }
    if (!argument.startsWith('-') || argument === '-') {
      rest.push(argument);
      continue;
    }
    const { name, value } = splitFlag(argument, table);
    const kind = table.get(name) as FlagKind;
    const taken = value ?? (kind === 'bool' ? 'true' : args[++index]);
    if (taken === undefined) throw new FlagError(`flag needs an argument: --${name}`);
    checkValue(name, kind, taken);
    given.set(name, [...(given.get(name) ?? []), taken]);
  }
  if (rest.some((argument) => argument !== '')) {
    const list = `[${rest.map(goQuote).join(' ')}]`;
    throw new FlagError(`"${program}" does not take any arguments, got ${list}`);
  }
  return new ComponentFlags(given);
}

function splitFlag(argument: string, table: FlagTable): { name: string; value: string | undefined } {
  const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
  if (match) {
    const name = (match[1] ?? '').replaceAll('_', '-');
    if (!table.has(name)) throw new FlagError(`unknown flag: --${name}`);
    return { name, value: match[2] };
  }
  if (argument.startsWith('--')) throw new FlagError(`bad flag syntax: ${argument}`);
  const letter = argument.charAt(1);
  const short = letter === 'h' ? 'help' : letter === 'v' ? 'v' : undefined;
  if (short === undefined) throw new FlagError(`unknown shorthand flag: '${letter}' in ${argument}`);
  const value = argument.slice(2).replace(/^=/, '');
  return { name: short, value: value === '' ? undefined : value };
}

function checkValue(name: string, kind: FlagKind, value: string): void {
  const refuse = (why: string) => new FlagError(`invalid argument ${goQuote(value)} for "--${name}" flag: ${why}`);
  const syntax = (what: string) => refuse(`strconv.Parse${what}: parsing ${goQuote(value)}: invalid syntax`);
  if (kind === 'int' && !/^[+-]?\d+$/.test(value)) throw syntax('Int');
  if (kind === 'float' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) throw syntax('Float');
  if (kind === 'bool' && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)) throw syntax('Bool');
  if (kind !== 'duration') return;
  try {
    parseDuration(value);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}
