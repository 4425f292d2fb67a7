import { isErrno } from '../../kernel/errno.js';
import { passwd } from '../expand/tilde.js';
import { IndexedElements } from './arrays.js';
import type { Shell } from './shell.js';
import { BASH_VERSION } from './specials.js';
import { Variable } from './variable.js';

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
  const user = passwd(shell).find((entry) => entry.uid === String(uid))?.name;
  shell.userName = () => user ?? 'I have no name!';
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
