import { isErrno } from '../../kernel/errno.js';
import { signalByName } from '../../kernel/signals.js';
import type { Waiting } from '../../kernel/wait.js';
import { BUILTINS } from '../builtins/index.js';
import { complainAs, readFlags } from '../builtins/usage.js';
import { FunctionReturn, ShellExit } from '../state/failures.js';
import type { Builtin, Shell } from '../state/shell.js';
import { meaningOf } from './meaning.js';
import { numberedSignals, signalNames } from './signal-list.js';
import { testBuiltin } from './test.js';

const own = (name: string): Builtin => BUILTINS.get(name) as Builtin;

function* run(shell: Shell, builtin: Builtin, args: readonly string[]): Waiting<number> {
  const step = builtin(shell, args);
  return typeof step === 'number' ? step : yield* step;
}

/** `'text'`, a single quote inside as `'"'"'`. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** More operands are passed over, and without a home there is nowhere to go. */
const cd: Builtin = (shell, args) => {
  const flags = readFlags(args, 'LPe@');
  if (flags.problem) return complainAs(shell, 'cd', flags.problem);
  if (flags.rest.length === 0 && shell.variables.get('HOME') === undefined) return 0;
  return own('cd')(shell, ['cd', ...args.slice(1, args.length - Math.max(0, flags.rest.length - 1))]);
};

/** `.`: a script ends when there is no such file. */
const dot: Builtin = (shell, args) => {
  const file = args[1];
  if (file === undefined) return 0;
  const folders = file.includes('/') ? [''] : (shell.variables.get('PATH') ?? '').split(':').map((one) => `${one}/`);
  if (folders.some((folder) => readable(shell, folder + file))) return own('.')(shell, args);
  return complainAs(shell, '.', `${file}: No such file or directory`, 2);
};

function readable(shell: Shell, path: string): boolean {
  try {
    shell.sys.access(path, { read: true });
    return true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return false;
  }
}

const umasking: Builtin = (shell, args) => {
  const mode = args[1];
  const fine = mode === undefined || /^(?:[0-7]+|-S|[ugoa]*[-+=].*)$/.test(mode);
  return fine ? own('umask')(shell, args) : complainAs(shell, 'umask', `${mode}: octal number out of range`);
};

/** `export` and `readonly`: without names they list, as commands that bring it all back. */
function marking(letter: 'x' | 'r'): Builtin {
  return (shell, args) => {
    const name = args[0] as string;
    const flags = readFlags(args, 'p');
    if (flags.problem || flags.rest.length > 0) return own(name)(shell, args);
    const lines = shell.variables
      .names()
      .filter((one) => shell.variables.raw(one)?.has(letter))
      .map((one) => {
        const value = shell.variables.get(one);
        return `${name} ${one}${value === undefined ? '' : `=${quoted(value)}`}\n`;
      });
    return shell.print(name, lines.join(''));
  };
}

function setting(dash: boolean): Builtin {
  return (shell, args) => {
    if (args.length === 1) {
      const lines = shell.variables.names().flatMap((name) => {
        const value = shell.variables.get(name);
        return value === undefined ? [] : [`${name}=${quoted(value)}\n`];
      });
      return shell.print('set', lines.join(''));
    }
    const unknown = dash && args[args.indexOf('-o') + 1] === 'pipefail' && args.includes('-o');
    return unknown ? complainAs(shell, 'set', 'pipefail: invalid option name') : own('set')(shell, args);
  };
}

/** `return` outside a function ends the shell. */
const returning: Builtin = (shell, args) => {
  if (shell.frames.some(({ kind }) => kind !== 'main')) return own('return')(shell, args);
  const status = args[1] === undefined ? shell.status : Number(args[1]);
  if (shell.interactive) throw new FunctionReturn(status);
  throw new ShellExit(status);
};

const alias: Builtin = function* (shell, args) {
  const line = (name: string) => `${name}=${quoted(shell.aliases.get(name) as string)}\n`;
  if (args.length === 1) return yield* shell.print('alias', [...shell.aliases.keys()].sort().map(line).join(''));
  let status = 0;
  for (const word of args.slice(1)) {
    const known = !word.includes('=') && shell.aliases.has(word);
    status =
      (known ? yield* shell.print('alias', line(word)) : yield* run(shell, own('alias'), ['alias', word])) || status;
  }
  return status;
};

function typing(skipsOptions: boolean): Builtin {
  return function* (shell, args) {
    let status = 0;
    for (const name of args.slice(1)) {
      if (skipsOptions && name.startsWith('-')) continue;
      const meaning = meaningOf(shell, name);
      if (!meaning) status = 127;
      yield* shell.print('type', `${name}${meaning?.words ?? ': not found'}\n`);
    }
    return status;
  };
}

const command: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'pvV');
  if (flags.problem) return yield* complainAs(shell, 'command', flags.problem);
  const [name] = flags.rest;
  const short = flags.letters.has('v');
  if (name === undefined || !(short || flags.letters.has('V'))) return yield* run(shell, own('command'), args);
  const meaning = meaningOf(shell, name);
  if (short) return meaning ? yield* shell.print('command', `${meaning.short}\n`) : 127;
  yield* shell.print('command', `${name}${meaning?.words ?? ': not found'}\n`);
  return meaning ? 0 : 127;
};

/** dash's echo reads backslashes and knows `-n` alone. */
const dashEcho: Builtin = (shell, args) => {
  const silent = args[1] === '-n';
  const words = args.slice(silent ? 2 : 1).join(' ');
  return own('printf')(shell, ['printf', '%b', silent ? words : `${words}\n`]);
};

const dashShift: Builtin = (shell, args) => {
  const count = args[1] === undefined ? 1 : Number(args[1]);
  if (count <= shell.positional.length || Number.isNaN(count)) return own('shift')(shell, args);
  return complainAs(shell, 'shift', "can't shift that many");
};

/** The names, a line being ended when it has more than sixty characters. */
const ashHelp: Builtin = (shell) => {
  const lines = [''];
  for (const name of ASH_BUILTINS.keys()) {
    const line = lines.at(-1) as string;
    if (line.length > HELP_COLUMNS) lines.push(`\t${name}`);
    else lines[lines.length - 1] = `${line}${line === '' ? '\t' : ' '}${name}`;
  }
  return shell.print('help', `Built-in commands:\n------------------\n${lines.join('\n')}\n`);
};
const HELP_COLUMNS = 60;

const ashHistory: Builtin = (shell) =>
  shell.print(
    'history',
    shell.history.map((line, index) => `${String(shell.historyBase - 1 + index).padStart(4)} ${line}\n`).join(''),
  );

/** `kill -l`: the names alone. */
function killing(dialect: 'ash' | 'dash'): Builtin {
  return function* (shell, args) {
    if (args.length === 1) {
      const words =
        dialect === 'ash'
          ? `${shell.name}: you need to specify whom to kill\n`
          : `${shell.dialect?.line(shell, { by: 'kill', words: 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]' })}\n`;
      yield* shell.write(2, words);
      return dialect === 'ash' ? 1 : 2;
    }
    const name = /^-(-?[A-Za-z]\w*|\d+)$/.exec(args[1] as string)?.[1];
    if (dialect === 'ash' && name !== undefined && !/^[ls]$/i.test(name) && !knowsSignal(name)) {
      yield* shell.write(2, `${shell.name}: bad signal name '${name}'\n`);
      return 1;
    }
    const strange = args.slice(1).find((arg) => !/^[-%]|^\d+$/.test(arg));
    if (dialect === 'dash' && strange !== undefined && !args[1]?.startsWith('-'))
      return yield* complainAs(shell, 'kill', `${strange}: arguments must be process or job IDs`);
    if (args[1] === '-l' && args.length === 2)
      return yield* shell.print('kill', dialect === 'ash' ? numberedSignals() : signalNames());
    // The first job that is not there ends it; bash goes on with the others.
    const absent = args.slice(1).find((arg) => arg.startsWith('%') && shell.jobs.matching(arg).length === 0);
    if (absent !== undefined) return yield* complainAs(shell, 'kill', `${absent}: no such job`);
    return yield* run(shell, own('kill'), args);
  };
}

function knowsSignal(name: string): boolean {
  return signalByName(name.toUpperCase()) !== undefined || /^\d+$/.test(name);
}

/** printf of ash and dash has no `-v` and no `%q`, and other words when it is called wrongly. */
function printing(dialect: 'ash' | 'dash'): Builtin {
  return function* (shell, args) {
    if (args.length === 1) {
      const usage = dialect === 'ash' ? 'usage: printf FORMAT [ARGUMENT...]' : 'usage: printf format [arg ...]';
      const line =
        dialect === 'ash' ? `${shell.name}: ${usage}` : shell.dialect?.line(shell, { by: 'printf', words: usage });
      yield* shell.write(2, `${line}\n`);
      return 2;
    }
    if (args[1] === '-v' && dialect === 'dash') return yield* complainAs(shell, 'printf', '-v: invalid option');
    if (args[1] === '-v') return yield* run(shell, own('printf'), ['printf', '--', ...args.slice(1)]);
    const wrong = /%[-+ #0]*[\d*]*(?:\.[\d*]*)?([^-+ #0\d.*diouxXeEfFgGcsb])/.exec(
      (args[1] as string).replaceAll('%%', ''),
    );
    if (!wrong) return yield* run(shell, own('printf'), args);
    yield* shell.complain(`printf: \`${wrong[1]}': invalid format character`);
    return dialect === 'ash' ? 1 : 2;
  };
}

/** What a built-in runs speaks in its name too. */
const evaluating: Builtin = function* (shell, args) {
  const before = shell.speaker;
  shell.speaker = 'eval';
  try {
    return yield* run(shell, own('eval'), args);
  } finally {
    shell.speaker = before;
  }
};

const getopts: Builtin = function* (shell, args) {
  if (args.length < 3) {
    const usage =
      shell.dialect?.name === 'ash' ? 'usage: getopts optstring var [arg]' : 'Usage: getopts optstring var [arg...]';
    yield* shell.complain(`getopts: ${usage}`);
    return 2;
  }
  return yield* run(shell, own('getopts'), args);
};

const letting: Builtin = (shell, args) =>
  args.length === 1 ? complainAs(shell, 'let', 'expression expected', 2) : own('let')(shell, args);

const COMMON =
  ': bg break continue exit false fg hash jobs pwd read times trap true ulimit unalias unset wait exec local'.split(
    ' ',
  );

function builtinsOf(dialect: 'ash' | 'dash'): ReadonlyMap<string, Builtin> {
  const dash = dialect === 'dash';
  const test = testBuiltin(dialect);
  const all: [string, Builtin][] = [
    ...COMMON.map((name): [string, Builtin] => [name, own(name)]),
    ['.', dot],
    ['[', test],
    ['alias', alias],
    ['cd', cd],
    ['chdir', cd],
    ['command', command],
    ['echo', dash ? dashEcho : own('echo')],
    ['eval', evaluating],
    ['export', marking('x')],
    ['getopts', getopts],
    ['kill', killing(dialect)],
    ['printf', printing(dialect)],
    ['readonly', marking('r')],
    ['return', returning],
    ['set', setting(dash)],
    ['shift', dash ? dashShift : own('shift')],
    ['test', test],
    ['umask', umasking],
    ['type', typing(!dash)],
  ];
  if (!dash) all.push(['help', ashHelp], ['history', ashHistory], ['let', letting], ['source', dot], ['[[', test]);
  return new Map(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The built-ins of busybox's ash. */
export const ASH_BUILTINS: ReadonlyMap<string, Builtin> = builtinsOf('ash');
/** The built-ins of dash. */
export const DASH_BUILTINS: ReadonlyMap<string, Builtin> = builtinsOf('dash');
