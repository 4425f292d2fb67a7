import { isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { credentialsOf, findUser, type User } from '../kernel/libc/accounts.js';
import { askSecret } from '../kernel/libc/ask-secret.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { loginEnvironment, loginShellName, startDirectory } from '../kernel/libc/session.js';
import { printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { syslog } from './systemd/client.js';

const SPECS = [
  { short: 'c', long: 'command', argument: 'required' },
  { short: 'l', long: 'login' },
  { short: 'm', long: 'preserve-environment' },
  { short: 'p' },
  { short: 's', long: 'shell', argument: 'required' },
] as const;

/** How long a refused password takes (pam_unix). */
const REFUSAL_DELAY = 2 * SECOND;

interface Wish {
  readonly user: User;
  readonly login: boolean;
  readonly keep: boolean;
  readonly command: string | undefined;
  readonly shell: string;
  readonly rest: readonly string[];
}

/** Reads the command line; a text is what is wrong with it. */
function wishOf(sys: Sys): Wish | string {
  const { options, operands } = getopt(sys.args.slice(1), SPECS, false);
  const has = (name: string) => options.some((option) => option.name === name);
  const words = [...operands];
  const dash = words[0] === '-';
  if (dash) words.shift();
  const name = words.shift() ?? 'root';
  const user = findUser(sys, name);
  if (!user) return `su: user ${name} does not exist or the user entry does not contain all the required fields`;
  const value = (option: string) => options.findLast((each) => each.name === option)?.value;
  const login = dash || has('login');
  const keep = !login && (has('preserve-environment') || has('p'));
  return { user, login, keep, command: value('command'), shell: value('shell') ?? user.shell, rest: words };
}

function* run(sys: Sys): Waiting<number> {
  let wish: Wish | string;
  try {
    wish = wishOf(sys);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    wish = `su: ${error.message}\nTry 'su --help' for more information.`;
  }
  if (typeof wish === 'string') {
    yield* printError(sys, `${wish}\n`);
    return 1;
  }
  const caller = findUser(sys, sys.invoker.uid);
  if (sys.invoker.uid !== 0 && !(yield* authenticated(sys, wish.user))) return 1;
  const message = `pam_unix(su:session): session opened for user ${wish.user.name}(uid=${wish.user.uid}) by ${caller?.name ?? ''}(uid=${sys.invoker.uid})`;
  yield* syslog(sys, { identifier: 'su', priority: 6, facility: 'authpriv', message });
  return yield* become(sys, wish);
}

/** Accounts here have no passwords, so no answer is right; the asking is as it would be. */
function* authenticated(sys: Sys, user: User): Waiting<boolean> {
  try {
    yield* askSecret(sys, 'Password: ');
  } catch (error) {
    if (!isErrno(error, 'ENXIO', 'ENOTTY')) throw error;
    yield* printError(sys, 'Password: ');
  }
  yield* sys.sleep(REFUSAL_DELAY);
  yield* syslog(sys, {
    identifier: 'su',
    priority: 5,
    facility: 'authpriv',
    message: `FAILED SU (to ${user.name}) on none`,
  });
  yield* printError(sys, 'su: Authentication failure\n');
  return false;
}

function* become(sys: Sys, { user, login, keep, command, shell, rest }: Wish): Waiting<number> {
  const environment = login
    ? loginEnvironment(sys, user, [['TERM', sys.environment.get('TERM') ?? 'dumb']])
    : new Map(sys.environment);
  if (!login && !keep) {
    environment.set('HOME', user.home);
    environment.set('SHELL', shell);
    if (user.uid !== 0) for (const name of ['USER', 'LOGNAME']) environment.set(name, user.name);
  }
  if (login) sys.changeDirectory(startDirectory(sys, user));
  sys.setCredentials(credentialsOf(sys, user));
  const name = login ? loginShellName(shell) : (shell.split('/').at(-1) ?? 'sh');
  const args = [name, ...(command === undefined ? [] : ['-c', command]), ...rest];
  try {
    return yield* sys.exec(shell, args, environment);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `su: failed to execute ${shell}: ${error.message}\n`);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

/** su: becomes another user, root when none is named. */
export const su: InstalledProgram = { name: 'su', paths: ['/usr/bin/su'], run, mode: 0o4755 };
