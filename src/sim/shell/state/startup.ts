import { isErrno } from '../../kernel/errno.js';
import { passwd } from '../expand/tilde.js';
import { IndexedElements } from './arrays.js';
import type { Shell } from './shell.js';
import { BASH_VERSION } from './specials.js';
import { Variable } from './variable.js';

const ASH_PATH = '/sbin:/usr/sbin:/bin:/usr/bin';
const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Gives a new shell its variables: what it inherits, and what bash sets by itself. */
export function prepareVariables(shell: Shell): void {
  const { sys, variables } = shell;
  for (const [name, value] of sys.environment) {
    if (!/^[A-Za-z_]\w*$/.test(name) || variables.raw(name)?.has('r') || name === 'SHELLOPTS' || name === 'BASHOPTS')
      continue;
    variables.set(name, value);
    variables.ensure(name).attributes.add('x');
  }
  const give = (name: string, value: string, ...attributes: ('x' | 'r' | 'i')[]) => {
    variables.set(name, value);
    for (const attribute of attributes) variables.ensure(name).attributes.add(attribute);
  };
  const missing = (name: string) => variables.get(name) === undefined;
  prepareDirectory(shell, give);
  const user = passwd(shell).find((entry) => entry.uid === String(sys.credentials.uid))?.name;
  shell.userName = () => user ?? 'I have no name!';
  if (shell.dialect) return prepareDialect(shell, give);
  give('BASH', shell.name.includes('/') ? shell.name : '/usr/bin/bash');
  give('BASH_VERSION', BASH_VERSION);
  const info = new Variable();
  info.items = new IndexedElements(['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu']);
  info.attributes.add('r');
  variables.define('BASH_VERSINFO', info);
  const { uid } = sys.credentials;
  give('UID', String(uid), 'r', 'i');
  give('EUID', String(uid), 'r', 'i');
  give('PPID', String(sys.parent), 'r', 'i');
  give('HOSTNAME', sys.hostname());
  give('HOSTTYPE', 'x86_64');
  give('MACHTYPE', 'x86_64-pc-linux-gnu');
  give('OSTYPE', 'linux-gnu');
  variables.unset('IFS');
  give('IFS', ' \t\n');
  give('OPTIND', '1');
  give('OPTERR', '1');
  if (missing('PATH')) give('PATH', USUAL_PATH);
  if (missing('TERM')) give('TERM', 'dumb');
  if (missing('PS4')) give('PS4', '+ ');
  if (missing('SHELL')) give('SHELL', '/bin/bash');
  const level = Number(variables.get('SHLVL') ?? 0);
  give('SHLVL', String((Number.isInteger(level) ? level : 0) + 1), 'x');
  variables.unset('_');
}

/** What ash and dash set by themselves. */
function prepareDialect(shell: Shell, give: (name: string, value: string, ...attributes: 'x'[]) => void): void {
  const { sys, variables, dialect } = shell;
  const missing = (name: string) => variables.get(name) === undefined;
  if (variables.get('OLDPWD') === undefined) variables.unset('OLDPWD');
  give('IFS', ' \t\n');
  give('OPTIND', '1');
  give('PPID', String(sys.parent));
  if (missing('PATH')) give('PATH', dialect?.name === 'ash' ? ASH_PATH : USUAL_PATH);
  if (missing('PS1')) give('PS1', dialect?.prompt(sys.credentials.uid === 0) ?? '');
  if (missing('PS2')) give('PS2', '> ');
  if (missing('PS4')) give('PS4', '+ ');
  variables.unset('_');
  if (dialect?.name !== 'ash') return;
  if (missing('HOSTNAME')) give('HOSTNAME', sys.hostname());
  const level = Number(variables.get('SHLVL') ?? 0);
  give('SHLVL', String((Number.isInteger(level) ? level : 0) + 1), 'x');
}

/** $PWD is kept when it still names the working directory. */
function prepareDirectory(shell: Shell, give: (name: string, value: string, attribute: 'x') => void): void {
  const { sys, variables } = shell;
  const inherited = variables.get('PWD');
  const real = sys.directory();
  shell.directory = inherited?.startsWith('/') && leadsTo(shell, inherited, real) ? inherited : real;
  give('PWD', shell.directory, 'x');
  if (variables.get('OLDPWD') === undefined) {
    variables.ensure('OLDPWD').attributes.add('x');
  }
}

function leadsTo(shell: Shell, path: string, real: string): boolean {
  try {
    return shell.sys.realPath(path) === real;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
