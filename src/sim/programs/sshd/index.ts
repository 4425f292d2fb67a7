import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { credentialsOf, findUser, type User } from '../../kernel/libc/accounts.js';
import { notifyManager } from '../../kernel/libc/notify.js';
import { startDirectory } from '../../kernel/libc/session.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { syslog } from '../systemd/client.js';
import { answerFiles } from './files.js';
import type { ClientMessage, ServerMessage } from './protocol.js';
import { receive, SSH_PORT } from './protocol.js';
import { SshSession } from './session.js';

const CONFIG = '/etc/ssh/sshd_config';

/** The settings of sshd_config that count here; the first of several lines holds, as in the real server. */
class Config {
  private readonly values = new Map<string, string>();

  constructor(sys: Sys) {
    this.read(sys, CONFIG);
  }

  get(name: string): string | undefined {
    return this.values.get(name.toLowerCase());
  }

  private read(sys: Sys, path: string): void {
    for (const line of (readText(sys, path) ?? '').split('\n')) {
      const [, name, value] = /^\s*([A-Za-z0-9]+)(?:\s+|\s*=\s*)(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (name.toLowerCase() === 'include') for (const file of included(sys, value)) this.read(sys, file);
      else if (!this.values.has(name.toLowerCase())) this.values.set(name.toLowerCase(), value);
    }
  }
}

function included(sys: Sys, pattern: string): string[] {
  const [, directory = '', suffix = ''] = /^(.*)\/\*(.*)$/.exec(pattern) ?? [];
  if (directory === '') return [pattern];
  try {
    const names = sys.readDirectory(directory).map(({ name }) => name);
    return names
      .filter((name) => name.endsWith(suffix))
      .sort()
      .map((name) => `${directory}/${name}`);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function readText(sys: Sys, path: string): string | undefined {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function* run(sys: Sys): Waiting<number> {
  if (readText(sys, CONFIG) === undefined) {
    yield* printError(sys, `${CONFIG}: No such file or directory\n`);
    return 255;
  }
  if (sys.args.includes('-t')) return 0;
  const config = new Config(sys);
  const port = Number(config.get('Port') ?? SSH_PORT);
  try {
    const listener = sys.listen({ port, application: 'ssh' });
    yield* log(sys, `Server listening on 0.0.0.0 port ${port}.`);
    yield* notifyManager(sys, 'READY=1');
    // Children that ended leave no zombies.
    sys.onSignal('CHLD', 'ignore');
    for (;;) {
      const connection = yield* listener.accept();
      sys.fork((child) => serve(child, connection, config), { session: true, title: 'sshd: [accepted]' });
    }
  } catch (error) {
    if (!isErrno(error, 'EADDRINUSE')) throw error;
    yield* printError(
      sys,
      `error: Bind to port ${port} on 0.0.0.0 failed: Address already in use.\r\nfatal: Cannot bind any address.\r\n`,
    );
    return 255;
  }
}

function* log(sys: Sys, message: string): Waiting<void> {
  yield* syslog(sys, { identifier: 'sshd', priority: 6, facility: 'auth', message });
}

/** One connection: who is it, and what does he want. */
function* serve(sys: Sys, connection: Connection, config: Config): Waiting<number> {
  sys.onSignal('CHLD', 'default');
  try {
    const user = yield* authenticate(sys, connection, config);
    if (!user) return 255;
    const wish = yield* receive<ClientMessage>(connection);
    if (wish?.kind === 'files') yield* transfer(sys, connection, user, wish);
    else if (wish?.kind === 'session') {
      yield* log(
        sys,
        `pam_unix(sshd:session): session opened for user ${user.name}(uid=${user.uid}) by ${user.name}(uid=0)`,
      );
      yield* new SshSession(sys, connection, user, wish).run();
      yield* log(sys, `pam_unix(sshd:session): session closed for user ${user.name}`);
    }
    return 0;
  } finally {
    connection.close();
  }
}

function* authenticate(sys: Sys, connection: Connection, config: Config): Waiting<User | undefined> {
  const send = (message: ServerMessage) => connection.send(message);
  const login = yield* receive<ClientMessage>(connection);
  if (login?.kind !== 'login') return undefined;
  const { address, port } = connection.peer;
  const user = findUser(sys, login.user);
  const accepted =
    user && mayLogIn(sys, user, config) ? login.keys.find((key) => authorized(sys, user).has(keyOf(key))) : undefined;
  if (!user || accepted === undefined) {
    if (!user) yield* log(sys, `Invalid user ${login.user} from ${address} port ${port}`);
    yield* log(sys, `Connection closed by authenticating user ${login.user} ${address} port ${port} [preauth]`);
    send({ kind: 'denied', methods: 'publickey' });
    return undefined;
  }
  yield* log(sys, `Accepted publickey for ${user.name} from ${address} port ${port} ssh2: ED25519`);
  send({ kind: 'welcome' });
  return user;
}

function mayLogIn(sys: Sys, user: User, config: Config): boolean {
  if (user.uid === 0 && config.get('PermitRootLogin') === 'no') return false;
  if (config.get('PubkeyAuthentication') === 'no') return false;
  if (user.uid !== 0 && readText(sys, '/etc/nologin') !== undefined) return false;
  return !/(?:nologin|false)$/.test(user.shell);
}

/** Type and number of a public key, without its comment. */
function keyOf(line: string): string {
  return /(?:ssh-\S+|ecdsa-\S+)\s+\S+/.exec(line)?.[0] ?? '';
}

function authorized(sys: Sys, user: User): Set<string> {
  const lines = (readText(sys, `${user.home}/.ssh/authorized_keys`) ?? '').split('\n');
  return new Set(
    lines
      .filter((line) => !line.startsWith('#'))
      .map(keyOf)
      .filter((key) => key !== ''),
  );
}

function* transfer(sys: Sys, connection: Connection, user: User, first: ClientMessage): Waiting<void> {
  sys.changeDirectory(startDirectory(sys, user));
  sys.setCredentials(credentialsOf(sys, user));
  for (
    let message: ClientMessage | undefined = first;
    message?.kind === 'files';
    message = yield* receive<ClientMessage>(connection)
  ) {
    connection.send({ kind: 'files', answer: answerFiles(sys, message.request) } satisfies ServerMessage);
  }
}

/** sshd: lets people in over the network, by their keys. */
export const sshd: InstalledProgram = { name: 'sshd', paths: ['/usr/sbin/sshd'], run };
