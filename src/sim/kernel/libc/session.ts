import { decodeText } from '../bytes.js';
import { isErrno } from '../errno.js';
import type { Sys } from '../sys.js';
import type { User } from './accounts.js';

const PATH_FALLBACK = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The variables of /etc/environment, as pam_env reads them. */
function systemEnvironment(sys: Pick<Sys, 'readFile'>): Map<string, string> {
  const environment = new Map<string, string>();
  for (const line of readText(sys, '/etc/environment').split('\n')) {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) environment.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  if (!environment.has('PATH')) environment.set('PATH', PATH_FALLBACK);
  return environment;
}

/** What a fresh login finds in its environment. `keep` goes on top: the terminal, the language, the connection. */
export function loginEnvironment(
  sys: Pick<Sys, 'readFile'>,
  user: User,
  keep: Iterable<readonly [string, string]> = [],
): Map<string, string> {
  return new Map([
    ...systemEnvironment(sys),
    ['USER', user.name],
    ['LOGNAME', user.name],
    ['HOME', user.home],
    ['SHELL', user.shell],
    ...keep,
  ]);
}

/** The name a login shell is started under: its file's, after a dash. */
export function loginShellName(shell: string): string {
  return `-${shell.split('/').at(-1) ?? 'sh'}`;
}

/** Where a login starts: the home directory, or the root when that cannot be entered. */
export function startDirectory(sys: Pick<Sys, 'stat'>, user: User): string {
  try {
    return sys.stat(user.home).type === 'directory' ? user.home : '/';
  } catch (error) {
    if (isErrno(error)) return '/';
    throw error;
  }
}

function readText(sys: Pick<Sys, 'readFile'>, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
