/** How one option is spelled and whether it takes a value: getopt_long(3)'s table. */
export interface OptionSpec {
  /** Short letter, long name, or both. */
  readonly short?: string;
  readonly long?: string;
  readonly argument?: 'required' | 'optional';
}

export interface ParsedOption {
  /** The long name if there is one, else the letter. */
  readonly name: string;
  readonly value: string | undefined;
}

export interface ParsedLine {
  readonly options: readonly ParsedOption[];
  readonly operands: readonly string[];
}

/** A command line that getopt_long(3) refuses; the message is glibc's, without the program's name before it. */
export class OptionError extends Error {}

/**
 * Parses arguments (without the program's name) as glibc's getopt_long does: options and operands in any order unless
 * `stopAtOperand`, abbreviations of long names, `--` ends the options. Throws `OptionError`.
 */
export function getopt(args: readonly string[], specs: readonly OptionSpec[], stopAtOperand = false): ParsedLine {
  const options: ParsedOption[] = [];
  const operands: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--') {
      operands.push(...left);
      break;
    }
    if (arg.startsWith('--')) options.push(longOption(arg.slice(2), specs, left));
    else if (arg.startsWith('-') && arg !== '-') options.push(...shortOptions(arg.slice(1), specs, left));
    else if (stopAtOperand) {
      operands.push(arg, ...left);
      break;
    } else operands.push(arg);
  }
  return { options, operands };
}

function nameOf({ long, short }: OptionSpec): string {
  return long ?? short ?? '';
}

function longOption(text: string, specs: readonly OptionSpec[], left: string[]): ParsedOption {
  const equals = text.indexOf('=');
  const given = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  const exact = specs.find(({ long }) => long === given);
  const starting = exact ? [exact] : specs.filter(({ long }) => long?.startsWith(given));
  const [spec] = starting;
  if (!spec) throw new OptionError(`unrecognized option '--${given}'`);
  if (starting.length > 1) {
    const possible = starting.map(({ long }) => ` '--${long}'`).join('');
    throw new OptionError(`option '--${given}' is ambiguous; possibilities:${possible}`);
  }
  if (!spec.argument && value !== undefined) throw new OptionError(`option '--${spec.long}' doesn't allow an argument`);
  if (spec.argument === 'required' && value === undefined) {
    const next = left.shift();
    if (next === undefined) throw new OptionError(`option '--${spec.long}' requires an argument`);
    return { name: nameOf(spec), value: next };
  }
  return { name: nameOf(spec), value };
}

function shortOptions(text: string, specs: readonly OptionSpec[], left: string[]): ParsedOption[] {
  const result: ParsedOption[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const spec = specs.find(({ short }) => short === letter);
    if (!spec) throw new OptionError(`invalid option -- '${letter}'`);
    const rest = text.slice(at + 1);
    if (!spec.argument) result.push({ name: nameOf(spec), value: undefined });
    else {
      const value = rest !== '' ? rest : spec.argument === 'required' ? left.shift() : undefined;
      if (spec.argument === 'required' && value === undefined) {
        throw new OptionError(`option requires an argument -- '${letter}'`);
      }
      return [...result, { name: nameOf(spec), value }];
    }
  }
  return result;
}
