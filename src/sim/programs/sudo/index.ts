import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { credentialsOf, findUser, type User } from '../../kernel/libc/accounts.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { OptionError } from '../../kernel/libc/getopt.js';
import { loginEnvironment, loginShellName, startDirectory } from '../../kernel/libc/session.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { syslog } from '../systemd/client.js';
import type { SudoLine } from './command-line.js';
import { parseSudoLine } from './command-line.js';
import type { Rule, Sudoers } from './sudoers.js';
import { readSudoers, ruleAllows, rulesFor } from './sudoers.js';

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user]
            [-u user] [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory]
            [-g group] [-h host] [-p prompt] [-R directory] [-T timeout]
            [-u user] [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory]
            [-g group] [-h host] [-p prompt] [-R directory] [-T timeout]
            [-u user] file ...
`;

const REFUSAL_DELAY = 2 * SECOND;
const TRIES = 3;
const SECURE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin';
/** What env_reset leaves of the caller's environment. */
const KEPT = [
  'TERM',
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'COLORTERM',
  'DISPLAY',
  'PS1',
  'PS2',
  'TZ',
  'XAUTHORITY',
  'COLUMNS',
  'LINES',
];

/** Who calls, and what may be done about it. */
interface Caller {
  readonly user: User;
  readonly rules: readonly Rule[];
  readonly sudoers: Sudoers;
}

function* run(sys: Sys): Waiting<number> {
  let line: SudoLine;
  try {
    line = parseSudoLine(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `sudo: ${error.message}\n${USAGE}`);
    return 1;
  }
  if (line.mode === 'version') {
    yield* print(sys, 'Sudo version 1.9.15p5\nSudoers policy plugin version 1.9.15p5\n');
    return 0;
  }
  if (line.mode === 'usage') {
    yield* printError(sys, USAGE);
    return 1;
  }
  if (line.mode === 'forget') return 0;
  return yield* checked(sys, line);
}

function* checked(sys: Sys, line: SudoLine): Waiting<number> {
  const user = findUser(sys, sys.invoker.uid);
  if (sys.credentials.uid !== 0) return yield* complain(sys, 'sudo must be owned by uid 0 and have the setuid bit set');
  if (!user) return yield* complain(sys, `you do not exist in the passwd database`);
  const sudoers = readSudoers(sys);
  if (sudoers.error) {
    const { path, line: number } = sudoers.error;
    yield* printError(sys, `${path}:${number}: syntax error\n`);
  }
  const gids = [sys.invoker.gid, ...sys.invoker.groups];
  const caller: Caller = { user, sudoers, rules: rulesFor(sys, sudoers, user, gids) };
  if (line.mode === 'list') return yield* list(sys, caller, line);
  const target = findUser(sys, /^#\d+$/.test(line.user) ? Number(line.user.slice(1)) : line.user);
  if (!target) return yield* complain(sys, `unknown user ${line.user}`);
  const { path, args } = commandOf(sys, line, target, sudoers);
  if (path === undefined) return yield* complain(sys, `${line.command[0]}: command not found`);
  if (user.uid !== 0) {
    const refused = yield* refusal(sys, caller, line, target, path, args);
    if (refused !== undefined) return refused;
  }
  if (line.mode === 'validate') return 0;
  yield* logCommand(sys, user, target, [path, ...args.slice(1)]);
  return yield* become(sys, line, user, target, path, args, sudoers);
}

function* complain(sys: Sys, message: string): Waiting<number> {
  yield* printError(sys, `sudo: ${message}\n`);
  return 1;
}

/** What is run, and under which arguments. */
function commandOf(
  sys: Sys,
  line: SudoLine,
  target: User,
  sudoers: Sudoers,
): { path: string | undefined; args: string[] } {
  const shell = line.mode === 'login' ? target.shell : (sys.environment.get('SHELL') ?? target.shell);
  if (line.mode === 'validate') return { path: shell, args: [shell] };
  if (line.mode === 'login' || line.mode === 'shell') {
    const name = line.mode === 'login' ? loginShellName(shell) : (shell.split('/').at(-1) ?? 'sh');
    const quoted = line.command.map((word) => word.replace(/[^\w@%+=:,./$-]/g, '\\$&')).join(' ');
    return { path: shell, args: [name, ...(line.command.length > 0 ? ['-c', quoted] : [])] };
  }
  const [name = ''] = line.mode === 'edit' ? ['/usr/bin/vi'] : line.command;
  const args = line.mode === 'edit' ? ['vi', ...line.command] : [...line.command];
  return { path: find(sys, name, sudoers.securePath ?? SECURE_PATH), args };
}

function find(sys: Sys, name: string, searchPath: string): string | undefined {
  const candidates = name.includes('/') ? [name] : searchPath.split(':').map((directory) => `${directory}/${name}`);
  return candidates.find((path) => {
    try {
      sys.access(path, { execute: true });
      return sys.stat(path).type === 'file';
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  });
}

/** The exit status when it is refused; undefined when it is allowed. */
function* refusal(
  sys: Sys,
  { user, rules }: Caller,
  line: SudoLine,
  target: User,
  path: string,
  args: readonly string[],
): Waiting<number | undefined> {
  const rule =
    line.mode === 'validate' ? rules.at(-1) : rules.findLast((each) => ruleAllows(each, target, path, args.slice(1)));
  const open = rule !== undefined && !rule.password;
  if (!open && !(yield* authenticated(sys, user, line.mayAsk))) return 1;
  if (rules.length === 0) {
    yield* printError(sys, `${user.name} is not in the sudoers file.\n`);
    const what = [path, ...args.slice(1)].join(' ');
    yield* logLine(sys, user, `user NOT in sudoers ; PWD=${sys.directory()} ; USER=${target.name} ; COMMAND=${what}`);
    return 1;
  }
  if (!rule) {
    const what = [path, ...args.slice(1)].join(' ');
    const who = `${target.name}`;
    yield* printError(
      sys,
      `Sorry, user ${user.name} is not allowed to execute '${what}' as ${who} on ${sys.hostname()}.\n`,
    );
    yield* logLine(sys, user, `command not allowed ; PWD=${sys.directory()} ; USER=${target.name} ; COMMAND=${what}`);
    return 1;
  }
  return undefined;
}

/** Accounts here have no passwords, so no answer is right; the asking is as it would be. */
function* authenticated(sys: Sys, user: User, mayAsk: boolean): Waiting<boolean> {
  if (!mayAsk) {
    yield* printError(sys, 'sudo: a password is required\n');
    return false;
  }
  if (!sys.controllingTerminal()) {
    yield* printError(
      sys,
      'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n',
    );
    return false;
  }
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const answer = yield* askSecret(sys, `[sudo] password for ${user.name}: `);
    if (answer === undefined) {
      yield* printError(sys, 'sudo: no password was provided\nsudo: a password is required\n');
      return false;
    }
    yield* sys.sleep(REFUSAL_DELAY);
    if (attempt < TRIES) yield* printError(sys, 'Sorry, try again.\n');
  }
  yield* printError(sys, `sudo: ${TRIES} incorrect password attempts\n`);
  return false;
}

function* logLine(sys: Sys, user: User, text: string): Waiting<void> {
  const terminal = sys.controllingTerminal();
  const where = terminal ? `TTY=pts/${terminal.number} ; ` : '';
  const message = `${user.name.padStart(8)} : ${where}${text}`;
  yield* syslog(sys, { identifier: 'sudo', priority: 5, facility: 'authpriv', message });
}

function* logCommand(sys: Sys, user: User, target: User, words: readonly string[]): Waiting<void> {
  yield* logLine(sys, user, `PWD=${sys.directory()} ; USER=${target.name} ; COMMAND=${words.join(' ')}`);
}

function* become(
  sys: Sys,
  line: SudoLine,
  user: User,
  target: User,
  path: string,
  args: readonly string[],
  sudoers: Sudoers,
): Waiting<number> {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = sys.environment.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const environment = line.keepEnvironment ? new Map(sys.environment) : loginEnvironment(sys, target, kept);
  const facts: [string, string][] = [
    ['SUDO_COMMAND', [path, ...args.slice(1)].join(' ')],
    ['SUDO_USER', user.name],
    ['SUDO_UID', `${user.uid}`],
    ['SUDO_GID', `${user.gid}`],
  ];
  if (line.mode !== 'login') environment.set('PATH', sudoers.securePath ?? SECURE_PATH);
  if (line.mode !== 'login') environment.set('MAIL', `/var/mail/${target.name}`);
  for (const [name, value] of [...facts, ...line.variables]) environment.set(name, value);
  if (line.mode === 'login') sys.changeDirectory(startDirectory(sys, target));
  else if (line.directory !== undefined) sys.changeDirectory(line.directory);
  sys.setCredentials(credentialsOf(sys, target));
  try {
    return yield* sys.exec(path, args, environment);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* complain(sys, `unable to execute ${path}: ${error.message}`);
  }
}

function* list(sys: Sys, { user, rules, sudoers }: Caller, line: SudoLine): Waiting<number> {
  const open = user.uid === 0 || rules.some(({ password }) => !password);
  if (!open && !(yield* authenticated(sys, user, line.mayAsk))) return 1;
  if (rules.length === 0) {
    yield* printError(sys, `Sorry, user ${user.name} may not run sudo on ${sys.hostname()}.\n`);
    return 1;
  }
  const host = sys.hostname();
  const defaults = sudoers.defaults.map((entry) => entry.replaceAll('"', '').replace(/:/g, '\\:')).join(', ');
  const rows = rules.map(({ runAs, password, command }) => {
    const users = runAs.replace(':', ' : ');
    return `    (${users}) ${password ? '' : 'NOPASSWD: '}${command}\n`;
  });
  yield* print(
    sys,
    `Matching Defaults entries for ${user.name} on ${host}:\n    ${defaults}\n\nUser ${user.name} may run the following commands on ${host}:\n${rows.join('')}`,
  );
  return 0;
}

/** sudo: runs a command as another user, as /etc/sudoers allows. */
export const sudo: InstalledProgram = { name: 'sudo', paths: ['/usr/bin/sudo'], run, mode: 0o4755 };
