import { parseDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import type { Micros } from '../../kernel/time.js';
import { COMMAND_FLAGS, FLAG_SETS, GLOBAL_FLAGS } from './flag-table.js';

/** What a flag takes: truth value, whole number, duration, text, comma-separated list, list of whole values. */
export type FlagKind = 'b' | 'i' | 'd' | 's' | 'l' | 'a';

/** One flag of a command. */
export interface FlagSpec {
  readonly name: string;
  readonly short: string | undefined;
  readonly kind: FlagKind;
  readonly default: string;
  /** The value it has when it stands alone; undefined when it needs one. */
  readonly alone: string | undefined;
}

/** A command line that pflag refuses; printed with a hint at `--help`. */
export class FlagError extends Error {}

const ALONE: Readonly<Record<string, string>> = { 'dry-run': 'unchanged', cascade: 'background', validate: 'strict' };

/** The flags of a command, its own before those of every command. */
export class FlagTable {
  readonly own: readonly FlagSpec[];
  private readonly byName = new Map<string, FlagSpec>();
  private readonly byShort = new Map<string, FlagSpec>();

  /** Of a kubectl command by its path; another program gives the flags of its command and its common ones. */
  constructor(path: string, own = COMMAND_FLAGS[path] ?? '', common = GLOBAL_FLAGS) {
    const alone = common === GLOBAL_FLAGS ? ALONE : {};
    this.own = readSpecs(own, alone);
    for (const spec of [...readSpecs(common), ...readSpecs('h/help:b'), ...this.own]) {
      this.byName.set(spec.name, spec);
      if (spec.short) this.byShort.set(spec.short, spec);
    }
  }

  name(name: string): FlagSpec | undefined {
    return this.byName.get(name);
  }

  short(letter: string): FlagSpec | undefined {
    return this.byShort.get(letter);
  }

  all(): readonly FlagSpec[] {
    return [...this.byName.values()];
  }
}

function readSpecs(text: string, alone: typeof ALONE = ALONE): FlagSpec[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word): FlagSpec[] =>
      word.startsWith('@') ? readSpecs(FLAG_SETS[word] ?? '', alone) : [readSpec(word, alone)],
    );
}

function readSpec(word: string, without: typeof ALONE): FlagSpec {
  const match = /^(?:(.)\/)?([^:]+):(.)(?:!([^=]+))?(?:=(.*))?$/.exec(word) as RegExpExecArray;
  const [, short, name = '', kind, given, value = ''] = match;
  const alone = kind === 'b' ? 'true' : (given ?? without[name]);
  return { name, short, kind: kind as FlagKind, default: kind === 'b' && value === '' ? 'false' : value, alone };
}

/** The flags and arguments of one command line. */
export class Flags {
  private readonly given = new Map<string, string[]>();
  /** What is no flag, in order. */
  readonly args: string[] = [];
  /** How many arguments stood before `--`; -1 without it. */
  dashAt = -1;

  constructor(readonly table: FlagTable) {}

  add(name: string, value: string): void {
    this.given.set(name, [...(this.given.get(name) ?? []), value]);
  }

  /** The flags that stood on the command line, with their values. */
  inOrder(): readonly (readonly [string, string])[] {
    return [...this.given].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  }

  /** Whether the flag stood on the command line. */
  has(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string): string {
    return this.given.get(name)?.at(-1) ?? this.table.name(name)?.default ?? '';
  }

  bool(name: string): boolean {
    return ['1', 't', 'true'].includes(this.text(name).toLowerCase());
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  /** A duration in microseconds. */
  duration(name: string): Micros {
    return parseDuration(this.text(name));
  }

  list(name: string): readonly string[] {
    const values = this.given.get(name);
    const spec = this.table.name(name);
    if (!values) return spec && spec.default !== '' ? spec.default.split(',') : [];
    return spec?.kind === 'a' ? values : values.flatMap(readCsv);
  }
}

/** One line of comma-separated values, as Go's csv reader takes it. */
function readCsv(text: string): string[] {
  if (text === '') return [];
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
  for (;;) {
    const match = pattern.exec(text);
    if (!match)
      throw new FlagError(`parse error on line 1, column ${text.indexOf('"') + 1}: bare " in non-quoted-field`);
    fields.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '') return fields;
  }
}

/** Reads a command's arguments as pflag does: flags and arguments mixed, `--` ends the flags. Throws FlagError. */
export function parseFlags(table: FlagTable, words: readonly string[]): Flags {
  const flags = new Flags(table);
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') {
      flags.dashAt = flags.args.length;
      flags.args.push(...left);
      break;
    }
    if (word.startsWith('--')) readLong(flags, word, left);
    else if (word.startsWith('-') && word !== '-') readShort(flags, word, left);
    else flags.args.push(word);
  }
  return flags;
}

function readLong(flags: Flags, word: string, left: string[]): void {
  const text = word.slice(2);
  if (text.startsWith('-') || text.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).replaceAll('_', '-');
  const spec = flags.table.name(name);
  if (!spec) throw new FlagError(`unknown flag: --${name}`);
  let value = equals < 0 ? spec.alone : text.slice(equals + 1);
  value ??= left.shift();
  if (value === undefined) throw new FlagError(`flag needs an argument: ${word}`);
  setFlag(flags, spec, value);
}

function readShort(flags: Flags, word: string, left: string[]): void {
  let rest = word.slice(1);
  while (rest !== '') {
    const letter = rest.charAt(0);
    const spec = flags.table.short(letter);
    const after = rest.slice(1);
    if (!spec) throw new FlagError(`unknown shorthand flag: ${goRune(letter)} in -${rest}`);
    if (after.startsWith('=') && after.length > 1) return setFlag(flags, spec, after.slice(1));
    if (spec.alone !== undefined) {
      setFlag(flags, spec, spec.alone);
      rest = after;
      continue;
    }
    if (after !== '') return setFlag(flags, spec, after);
    const value = left.shift();
    if (value === undefined) throw new FlagError(`flag needs an argument: ${goRune(letter)} in -${rest}`);
    return setFlag(flags, spec, value);
  }
}

function goRune(letter: string): string {
  return `'${letter}'`;
}

function setFlag(flags: Flags, spec: FlagSpec, value: string): void {
  const problem = valueProblem(spec, value);
  if (problem !== undefined) {
    const shown = spec.short ? `-${spec.short}, --${spec.name}` : `--${spec.name}`;
    throw new FlagError(`invalid argument ${goQuote(value)} for ${goQuote(shown)} flag: ${problem}`);
  }
  flags.add(spec.name, value);
}

function valueProblem(spec: FlagSpec, value: string): string | undefined {
  const syntax = (what: string): string => `strconv.Parse${what}: parsing ${goQuote(value)}: invalid syntax`;
  switch (spec.kind) {
    case 'b':
      return /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value) ? undefined : syntax('Bool');
    case 'i':
      if (!/^[+-]?(\d+|0x[0-9a-fA-F]+)$/.test(value)) return syntax('Int');
      return Math.abs(Number(value)) > 2 ** 63
        ? `strconv.ParseInt: parsing ${goQuote(value)}: value out of range`
        : undefined;
    case 'd':
      return durationProblem(value);
    default:
      return undefined;
  }
}

function durationProblem(value: string): string | undefined {
  try {
    parseDuration(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
