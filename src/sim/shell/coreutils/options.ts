/** One option of a program. */
export interface OptionSpec {
  /** What the program asks for: the first long name, else the first letter. */
  readonly key: string;
  readonly letters: readonly string[];
  readonly names: readonly string[];
  readonly argument: 'none' | 'required' | 'optional';
  readonly placeholder: string;
  readonly help: string;
}

/** One option as it was given. */
export interface GivenOption {
  readonly key: string;
  readonly value: string | undefined;
  /** `-a` or `--all`, for messages. */
  readonly as: string;
}

/** Wrong use of a program's options, in getopt_long(3)'s words. */
export class UsageError extends Error {
  /** The exit status instead of the program's usual one for wrong use. */
  readonly status: number | undefined;
  /** Whether the line `Try '… --help' for more information.` follows. */
  readonly hint: boolean;

  constructor(message: string, more: { status?: number; hint?: boolean } = {}) {
    super(message);
    this.status = more.status;
    this.hint = more.hint ?? true;
  }
}

/**
 * Reads option descriptions, one a text: letters and long names, then `=` when an argument must follow or `?` when it
 * may, then ` : ` and the words for --help. `'w width=COLS : screen width'`
 */
export function readOptionSpecs(texts: readonly string[]): OptionSpec[] {
  return texts.map((text) => {
    const [left = '', help = ''] = text.split(' : ');
    const match = /^([^=?]*?)(?:([=?])(\S*))?$/.exec(left.trim());
    const words = (match?.[1] ?? left).split(' ').filter((word) => word !== '');
    const letters = words.filter((word) => word.length === 1);
    const names = words.filter((word) => word.length > 1);
    const argument = match?.[2] === '=' ? 'required' : match?.[2] === '?' ? 'optional' : 'none';
    return {
      key: (names[0] ?? letters[0]) as string,
      letters,
      names,
      argument,
      placeholder: match?.[3] || 'ARG',
      help,
    };
  });
}

/** The options and operands of one call. */
export class ParsedOptions {
  constructor(
    readonly given: readonly GivenOption[],
    readonly operands: readonly string[],
  ) {}

  has(key: string): boolean {
    return this.given.some((option) => option.key === key);
  }

  /** The last value given. */
  value(key: string): string | undefined {
    return this.given.findLast((option) => option.key === key)?.value;
  }

  values(key: string): string[] {
    return this.given.filter((option) => option.key === key).map((option) => option.value ?? '');
  }

  count(key: string): number {
    return this.given.filter((option) => option.key === key).length;
  }

  /** Which of these keys was given last. */
  last(...keys: readonly string[]): string | undefined {
    return this.given.findLast((option) => keys.includes(option.key))?.key;
  }
}

export interface ParseRules {
  /** Stop at the first operand (`+` in getopt, for programs that run another one). */
  readonly inOrder?: boolean;
  /** Takes an argument before getopt sees it: old forms such as `head -5`. */
  readonly legacy?: (word: string, index: number) => GivenOption | undefined;
}

/** Parses arguments as getopt_long does: options anywhere, clusters, abbreviations, `--`. Throws UsageError. */
export function parseOptions(
  args: readonly string[],
  specs: readonly OptionSpec[],
  rules: ParseRules = {},
): ParsedOptions {
  const given: GivenOption[] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    if (word === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word);
      if (!rules.inOrder) continue;
      operands.push(...args.slice(at + 1));
      break;
    }
    const legacy = rules.legacy?.(word, at);
    if (legacy) given.push(legacy);
    else if (word.startsWith('--')) at += longOption(word, args[at + 1], specs, given);
    else at += shortOptions(word, args[at + 1], specs, given);
  }
  return new ParsedOptions(given, operands);
}

/** Returns how many following words were used. */
function longOption(
  word: string,
  following: string | undefined,
  specs: readonly OptionSpec[],
  given: GivenOption[],
): number {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const inline = equals < 0 ? undefined : word.slice(equals + 1);
  const { spec, full } = findLong(name, specs, equals < 0 ? '' : word.slice(equals));
  const as = `--${full}`;
  if (spec.argument === 'none') {
    if (inline !== undefined) throw new UsageError(`option '${as}' doesn't allow an argument`);
    given.push({ key: spec.key, value: undefined, as });
    return 0;
  }
  if (inline !== undefined || spec.argument === 'optional') {
    given.push({ key: spec.key, value: inline, as });
    return 0;
  }
  if (following === undefined) throw new UsageError(`option '${as}' requires an argument`);
  given.push({ key: spec.key, value: following, as });
  return 1;
}

function findLong(name: string, specs: readonly OptionSpec[], rest = ''): { spec: OptionSpec; full: string } {
  const exact = specs.find((spec) => spec.names.includes(name));
  if (exact) return { spec: exact, full: name };
  const candidates = specs.flatMap((spec) =>
    spec.names.filter((full) => full.startsWith(name)).map((full) => ({ spec, full })),
  );
  const first = candidates[0];
  if (!first || name === '') throw new UsageError(`unrecognized option '--${name}${rest}'`);
  if (candidates.some(({ spec }) => spec !== first.spec)) {
    const list = candidates.map(({ full }) => ` '--${full}'`).join('');
    throw new UsageError(`option '--${name}' is ambiguous; possibilities:${list}`);
  }
  return first;
}

function shortOptions(
  word: string,
  following: string | undefined,
  specs: readonly OptionSpec[],
  given: GivenOption[],
): number {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] as string;
    const spec = specs.find(({ letters }) => letters.includes(letter));
    if (!spec) throw new UsageError(`invalid option -- '${letter}'`);
    const as = `-${letter}`;
    if (spec.argument === 'none') {
      given.push({ key: spec.key, value: undefined, as });
      continue;
    }
    const rest = word.slice(at + 1);
    if (rest !== '' || spec.argument === 'optional') {
      given.push({ key: spec.key, value: rest === '' ? undefined : rest, as });
      return 0;
    }
    if (following === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    given.push({ key: spec.key, value: following, as });
    return 1;
  }
  return 0;
}

/** Turns a leading cluster such as `xzf` into options with dashes, each with its argument behind it. */
export function withDashes(args: readonly string[], specs: readonly OptionSpec[]): string[] {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-')) return [...args];
  const result: string[] = [];
  for (const letter of first) {
    result.push(`-${letter}`);
    const spec = specs.find(({ letters }) => letters.includes(letter));
    if (spec?.argument !== 'required') continue;
    const value = rest.shift();
    if (value === undefined) throw new UsageError(`Old option '${letter}' requires an argument.`);
    result.push(value);
  }
  return [...result, ...rest];
}
