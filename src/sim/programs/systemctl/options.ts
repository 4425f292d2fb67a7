import type { OptionSpec } from '../../kernel/libc/getopt.js';
import { getopt } from '../../kernel/libc/getopt.js';

const SPECS: readonly OptionSpec[] = [
  { short: 'a', long: 'all' },
  { long: 'failed' },
  { short: 'f', long: 'force' },
  { short: 'l', long: 'full' },
  { short: 'h', long: 'help' },
  { short: 'n', long: 'lines', argument: 'required' },
  { long: 'no-block' },
  { long: 'no-legend' },
  { long: 'no-pager' },
  { long: 'no-reload' },
  { long: 'no-ask-password' },
  { long: 'now' },
  { short: 'o', long: 'output', argument: 'required' },
  { long: 'plain' },
  { short: 'p', long: 'property', argument: 'required' },
  { short: 'P', argument: 'required' },
  { short: 'q', long: 'quiet' },
  { long: 'runtime' },
  { short: 's', long: 'signal', argument: 'required' },
  { long: 'state', argument: 'required' },
  { long: 'system' },
  { short: 't', long: 'type', argument: 'required' },
  { long: 'value' },
  { long: 'version' },
  { long: 'wait' },
];

/** A command line of systemctl. */
export interface Options {
  readonly verb: string | undefined;
  readonly operands: readonly string[];
  has(name: string): boolean;
  /** All values given to an option, split at commas. */
  values(name: string): string[];
  value(name: string): string | undefined;
}

/** Reads systemctl's command line. Throws `OptionError`. */
export function parseOptions(args: readonly string[]): Options {
  const { options, operands } = getopt(args, SPECS);
  const [verb, ...rest] = operands;
  return {
    verb,
    operands: rest,
    has: (name) => options.some((option) => option.name === name),
    values: (name) => options.filter((option) => option.name === name).flatMap(({ value }) => value?.split(',') ?? []),
    value: (name) => options.findLast((option) => option.name === name)?.value,
  };
}
