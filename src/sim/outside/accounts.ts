import type { User } from '../kernel/libc/accounts.js';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a login puts into the environment. */
export function loginEnvironment({ name, home, shell }: User): Map<string, string> {
  return new Map([
    ['HOME', home],
    ['USER', name],
    ['LOGNAME', name],
    ['SHELL', shell],
    ['PATH', PATH],
    ['TERM', 'xterm-256color'],
    ['LANG', 'C.UTF-8'],
  ]);
}
