import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Shell } from '../state/shell.js';

/** The directory of `~user`; `''` is one's own, `+` and `-` are $PWD and $OLDPWD. Undefined: there is none, the tilde stays. */
export function tildeDirectory(shell: Shell, user: string): string | undefined {
  if (user === '')
    return shell.variables.get('HOME') ?? homeOf(shell, ({ uid }) => uid === String(shell.sys.credentials.uid)) ?? '/';
  if (user === '+') return shell.variables.get('PWD');
  if (user === '-') return shell.variables.get('OLDPWD');
  if (/^[-+]?\d+$/.test(user)) {
    const stack = [shell.directory, ...shell.directories];
    return stack[user.startsWith('-') ? stack.length - 1 + Number(user) : Number(user)];
  }
  return homeOf(shell, ({ name }) => name === user);
}

function homeOf(shell: Shell, wanted: (entry: { name: string; uid: string }) => boolean): string | undefined {
  return passwd(shell).find(wanted)?.home;
}

/** The lines of /etc/passwd. */
export function passwd(shell: Shell): { name: string; uid: string; home: string }[] {
  try {
    const lines = decodeText(shell.sys.readFile('/etc/passwd')).split('\n');
    return lines.map((line) => line.split(':')).map(([name = '', , uid = '', , , home = '']) => ({ name, uid, home }));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
