import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { credentialsOf, findUser } from '../kernel/libc/accounts.js';
import { loginEnvironment, loginShellName, startDirectory } from '../kernel/libc/session.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

function* run(sys: Sys): Waiting<number> {
  const words = sys.args.slice(1).filter((arg) => arg !== '-f' && arg !== '-p' && arg !== '--');
  if (sys.credentials.uid !== 0 || !sys.args.includes('-f')) {
    yield* printError(sys, 'login: Cannot possibly work without effective root\n');
    return 1;
  }
  const user = findUser(sys, words[0] ?? '');
  if (!user) {
    yield* printError(sys, 'Login incorrect\n');
    return 1;
  }
  const credentials = credentialsOf(sys, user);
  const term = sys.environment.get('TERM') ?? 'linux';
  const environment = loginEnvironment(sys, user, [
    ['TERM', term],
    ['LANG', 'C.UTF-8'],
    ['MAIL', `/var/mail/${user.name}`],
  ]);
  sys.changeDirectory(startDirectory(sys, user));
  yield* print(sys, messageOfTheDay(sys));
  sys.setCredentials(credentials);
  try {
    return yield* sys.exec(user.shell, [loginShellName(user.shell)], environment);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `login: ${user.shell}: ${error.message}\n`);
    return 127;
  }
}

function messageOfTheDay(sys: Sys): string {
  try {
    return decodeText(sys.readFile('/etc/motd'));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

/** login: begins a session of a user who is known to be who he says (`-f`), as a console or a terminal server does. */
export const login: InstalledProgram = { name: 'login', paths: ['/usr/bin/login'], run };
