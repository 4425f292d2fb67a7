import type { OptionSpec } from '../../kernel/libc/getopt.js';
import { getopt } from '../../kernel/libc/getopt.js';

const SPECS: readonly OptionSpec[] = [
  { short: 'A', long: 'askpass' },
  { short: 'b', long: 'background' },
  { short: 'D', long: 'chdir', argument: 'required' },
  { short: 'E', long: 'preserve-env', argument: 'optional' },
  { short: 'e', long: 'edit' },
  { short: 'g', long: 'group', argument: 'required' },
  { short: 'H', long: 'set-home' },
  { long: 'help' },
  { short: 'i', long: 'login' },
  { short: 'K', long: 'remove-timestamp' },
  { short: 'k', long: 'reset-timestamp' },
  { short: 'l', long: 'list' },
  { short: 'n', long: 'non-interactive' },
  { short: 'P', long: 'preserve-groups' },
  { short: 'p', long: 'prompt', argument: 'required' },
  { short: 'S', long: 'stdin' },
  { short: 's', long: 'shell' },
  { short: 'u', long: 'user', argument: 'required' },
  { short: 'V', long: 'version' },
  { short: 'v', long: 'validate' },
];

/** What sudo is asked to do. */
export interface SudoLine {
  readonly mode: 'run' | 'login' | 'shell' | 'list' | 'validate' | 'forget' | 'version' | 'edit' | 'usage';
  readonly user: string;
  readonly keepEnvironment: boolean;
  readonly mayAsk: boolean;
  readonly directory: string | undefined;
  /** `NAME=value` words before the command. */
  readonly variables: readonly (readonly [string, string])[];
  readonly command: readonly string[];
}

/** Reads sudo's command line. Throws `OptionError`. */
export function parseSudoLine(args: readonly string[]): SudoLine {
  // -E takes no value when it stands alone; only --preserve-env=LIST has one.
  const { options, operands } = getopt(args, SPECS, true);
  const has = (name: string) => options.some((option) => option.name === name);
  const value = (name: string) => options.findLast((option) => option.name === name)?.value;
  const variables: [string, string][] = [];
  const command = [...operands];
  for (let match = assignment(command[0]); match; match = assignment(command[0])) {
    variables.push(match);
    command.shift();
  }
  const mode = has('version')
    ? 'version'
    : has('list')
      ? 'list'
      : has('validate')
        ? 'validate'
        : has('edit')
          ? 'edit'
          : has('login')
            ? 'login'
            : has('shell')
              ? 'shell'
              : command.length > 0
                ? 'run'
                : has('reset-timestamp') || has('remove-timestamp')
                  ? 'forget'
                  : 'usage';
  return {
    mode,
    user: value('user') ?? 'root',
    keepEnvironment: has('preserve-env'),
    mayAsk: !has('non-interactive'),
    directory: value('chdir'),
    variables,
    command,
  };
}

function assignment(word: string | undefined): [string, string] | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word ?? '') ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}
