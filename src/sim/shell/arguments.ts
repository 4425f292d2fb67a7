import type { SetOption, ShoptOption } from './state/options.js';
import { optionOfLetter, SET_OPTIONS, SHOPT_OPTIONS } from './state/options.js';

/** How a shell was called. */
export interface Invocation {
  readonly command: string | undefined;
  readonly interactive: boolean;
  readonly login: boolean;
  readonly readsInput: boolean;
  readonly noProfile: boolean;
  readonly noRc: boolean;
  readonly rcFile: string | undefined;
  readonly posix: boolean;
  readonly version: boolean;
  readonly set: readonly { readonly name: SetOption; readonly on: boolean }[];
  readonly shopt: readonly { readonly name: ShoptOption; readonly on: boolean }[];
  /** Script or $0, and arguments. */
  readonly operands: readonly string[];
}

const LONG = new Set([
  'login',
  'noprofile',
  'norc',
  'posix',
  'version',
  'help',
  'verbose',
  'noediting',
  'restricted',
  'debugger',
]);

/** Reads the arguments of `bash`. A string is what is wrong with them. */
export function readInvocation(args: readonly string[]): Invocation | string {
  const found = new Set<string>();
  const set: { name: SetOption; on: boolean }[] = [];
  const shopt: { name: ShoptOption; on: boolean }[] = [];
  let rcFile: string | undefined;
  let at = 1;
  for (; /^--./.test(args[at] ?? ''); at += 1) {
    const name = (args[at] as string).slice(2);
    if (name === 'rcfile' || name === 'init-file') {
      at += 1;
      rcFile = args[at];
    } else if (LONG.has(name)) found.add(name);
    else return `${args[at]}: invalid option`;
  }
  for (; /^[-+]./.test(args[at] ?? '') && args[at] !== '--'; at += 1) {
    const arg = args[at] as string;
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if ('cilrsD'.includes(letter)) found.add(letter);
      else if (letter === 'o' || letter === 'O') {
        const name = args[at + 1];
        if (letter === 'o' && SET_OPTIONS.some(([own]) => own === name)) set.push({ name: name as SetOption, on });
        else if (letter === 'O' && name !== undefined && name in SHOPT_OPTIONS)
          shopt.push({ name: name as ShoptOption, on });
        else return `${name}: invalid ${letter === 'O' ? 'shell ' : ''}option name`;
        at += 1;
      } else {
        const name = optionOfLetter(letter);
        if (!name) return `${arg.slice(0, 1)}${letter}: invalid option`;
        set.push({ name, on });
      }
    }
  }
  if (args[at] === '--' || args[at] === '-') at += 1;
  const operands = args.slice(at);
  const commanded = found.has('c');
  if (commanded && operands.length === 0) return '-c: option requires an argument';
  const name = args[0] ?? 'bash';
  return {
    command: commanded ? operands[0] : undefined,
    interactive: found.has('i'),
    login: found.has('l') || found.has('login') || name.startsWith('-'),
    readsInput: found.has('s') || (!commanded && operands.length === 0),
    noProfile: found.has('noprofile'),
    noRc: found.has('norc'),
    rcFile,
    posix: found.has('posix') || /(?:^|\/)-?sh$/.test(name),
    version: found.has('version'),
    set,
    shopt,
    operands: commanded ? operands.slice(1) : operands,
  };
}

const LONG_OPTIONS = [
  'debug',
  'debugger',
  'dump-po-strings',
  'dump-strings',
  'help',
  'init-file',
  'login',
  'noediting',
  'noprofile',
  'norc',
  'posix',
  'pretty-print',
  'rcfile',
  'restricted',
  'verbose',
  'version',
];

/** What bash says after an option it does not know. */
export function usageText(name: string): string {
  const long = LONG_OPTIONS.map((option) => `\t--${option}\n`).join('');
  return `Usage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\nGNU long options:\n${long}Shell options:\n\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)\n\t-abefhkmnptuvxBCEHPT or -o option\n`;
}
