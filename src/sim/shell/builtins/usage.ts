import type { Waiting } from '../../kernel/wait.js';
import { ShellExit } from '../state/failures.js';
import type { Shell } from '../state/shell.js';

/** What stands after a built-in's name in its usage line. */
export const USAGE: Readonly<Record<string, string>> = {
  '.': 'filename [arguments]',
  alias: '[-p] [name[=value] ... ]',
  bg: '[job_spec ...]',
  bind: '[-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] [keyseq:readline-function or readline-command]',
  break: '[n]',
  builtin: '[shell-builtin [arg ...]]',
  caller: '[expr]',
  cd: '[-L|[-P [-e]] [-@]] [dir]',
  command: '[-pVv] command [arg ...]',
  compgen:
    '[-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]',
  complete:
    '[-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]',
  compopt: '[-o|+o option] [-DEI] [name ...]',
  continue: '[n]',
  declare: '[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
  dirs: '[-clpv] [+N] [-N]',
  disown: '[-h] [-ar] [jobspec ... | pid ...]',
  echo: '[-neE] [arg ...]',
  enable: '[-a] [-dnps] [-f filename] [name ...]',
  eval: '[arg ...]',
  exec: '[-cl] [-a name] [command [argument ...]] [redirection ...]',
  exit: '[n]',
  export: '[-fn] [name[=value] ...] or export -p',
  false: '',
  fc: '[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]',
  fg: '[job_spec]',
  getopts: 'optstring name [arg ...]',
  hash: '[-lr] [-p pathname] [-dt] [name ...]',
  help: '[-dms] [pattern ...]',
  history: '[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]',
  jobs: '[-lnprs] [jobspec ...] or jobs -x command [args]',
  kill: '[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
  let: 'arg [arg ...]',
  local: '[option] name[=value] ...',
  logout: '[n]',
  mapfile: '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]',
  popd: '[-n] [+N | -N]',
  printf: '[-v var] format [arguments]',
  pushd: '[-n] [+N | -N | dir]',
  pwd: '[-LP]',
  read: '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  readarray: '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]',
  readonly: '[-aAf] [name[=value] ...] or readonly -p',
  return: '[n]',
  set: '[-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
  shift: '[n]',
  shopt: '[-pqsu] [-o] [optname ...]',
  source: 'filename [arguments]',
  suspend: '[-f]',
  test: '[expr]',
  times: '',
  trap: '[-lp] [[arg] signal_spec ...]',
  true: '',
  type: '[-afptP] name [name ...]',
  typeset: '[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]',
  ulimit: '[-SHabcdefiklmnpqrstuvxPRT] [limit]',
  umask: '[-p] [-S] [mode]',
  unalias: '[-a] name [name ...]',
  unset: '[-f] [-v] [-n] [name ...]',
  wait: '[-fn] [-p var] [id ...]',
};

/** A built-in's usage line. */
export function usageLine(name: string): string {
  const rest = USAGE[name] ?? '';
  return rest === '' ? name : `${name} ${rest}`;
}

/** Wrong use: what is wrong, and the usage line. Status 2. */
export function* misuse(shell: Shell, name: string, problem?: string): Waiting<number> {
  if (problem !== undefined && shell.dialect) return yield* complainAs(shell, name, problem, 2);
  if (problem !== undefined) yield* shell.complain(`${name}: ${problem}`);
  yield* shell.write(2, `${name}: usage: ${usageLine(name)}\n`);
  return 2;
}

/** A built-in's error message. */
export function* complainAs(shell: Shell, name: string, problem: string, status = 1): Waiting<number> {
  yield* shell.complain(`${name}: ${problem}`);
  const said = shell.dialect?.say(`${name}: ${problem}`);
  if (said?.ends && !shell.interactive) throw new ShellExit(said.status ?? status);
  return said?.status ?? status;
}

/** Options given to a built-in, and what is left. */
export interface Flags {
  readonly letters: Set<string>;
  readonly values: Map<string, string>;
  readonly rest: readonly string[];
  /** The first option that is none, or lacks its value. */
  readonly problem: string | undefined;
}

/** Reads options as bash's own getopt does: `letters` are known ones, those followed by `:` take a value. */
export function readFlags(args: readonly string[], letters: string): Flags {
  const found = new Set<string>();
  const values = new Map<string, string>();
  let at = 1;
  for (; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!arg.startsWith('-') || arg === '-') break;
    for (let index = 1; index < arg.length; index += 1) {
      const letter = arg[index] as string;
      const known = letters.indexOf(letter);
      if (known < 0 || letter === ':')
        return { letters: found, values, rest: [], problem: `-${letter}: invalid option` };
      found.add(letter);
      if (letters[known + 1] !== ':') continue;
      let value: string | undefined = arg.slice(index + 1);
      if (value === '') {
        at += 1;
        value = args[at];
      }
      if (value === undefined)
        return { letters: found, values, rest: [], problem: `-${letter}: option requires an argument` };
      values.set(letter, value);
      break;
    }
  }
  return { letters: found, values, rest: args.slice(at), problem: undefined };
}
