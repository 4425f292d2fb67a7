import { type Connected, connectAny, NoServer, type Server } from '../../client/connect-any.js';
import { resolveHost } from '../../client/resolver.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { findUser } from '../../kernel/libc/accounts.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClientMessage, ServerMessage } from '../sshd/protocol.js';
import { receive, SSH_PORT } from '../sshd/protocol.js';
import type { Settings } from './destination.js';
import { addConfig } from './destination.js';

/** A connection that did not come about; the message is what ssh prints. */
export class NoConnection extends Error {}

/** A server that knows who we are. */
export interface Established {
  readonly connection: Connection;
  /** As the person called it. */
  readonly host: string;
  readonly address: string;
}

const KEY_FILES = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/** Connects to a host's sshd and logs in with the caller's keys. Throws `NoConnection`. */
export function* connectTo(sys: Sys, host: string, settings: Settings): Waiting<Established> {
  const caller = findUser(sys, sys.credentials.uid);
  const home = caller?.home ?? sys.environment.get('HOME') ?? '/';
  addConfig(sys, settings, host, home);
  const name = (settings.get('hostname') ?? host).replaceAll('%h', host);
  const port = Number(settings.get('port') ?? SSH_PORT);
  const server = { addresses: yield* addressesOf(sys, name), port, name };
  const { connection, address } = yield* open(sys, server, Number(settings.get('connecttimeout') ?? 0));
  const user = settings.get('user') ?? caller?.name ?? `${sys.credentials.uid}`;
  const { keys, warnings } = publicKeys(sys, home, settings.get('identityfile'));
  connection.send({ kind: 'login', user, keys } satisfies ClientMessage);
  const answer = yield* receive<ServerMessage>(connection);
  if (answer?.kind === 'welcome') return { connection, host, address };
  connection.close();
  if (answer?.kind === 'denied')
    throw new NoConnection(`${warnings}${user}@${name}: Permission denied (${answer.methods}).`);
  throw new NoConnection(
    `kex_exchange_identification: Connection closed by remote host\r\nConnection closed by ${address} port ${port}`,
  );
}

function* addressesOf(sys: Sys, name: string): Waiting<readonly string[]> {
  const found = yield* resolveHost(sys, name);
  if ('addresses' in found) return found.addresses;
  const temporary = ['timed-out', 'server-failure'].includes(found.failure);
  const reason = temporary ? 'Temporary failure in name resolution' : 'Name or service not known';
  throw new NoConnection(`ssh: Could not resolve hostname ${name}: ${reason}`);
}

function* open(sys: Sys, server: Server & { readonly name: string }, seconds: number): Waiting<Connected> {
  try {
    const connected = yield* connectAny(sys, server, { timeout: seconds > 0 ? seconds * SECOND : undefined });
    if (connected.connection.application === 'ssh') return connected;
    connected.connection.close();
    throw new NoConnection('kex_exchange_identification: Connection closed by remote host');
  } catch (error) {
    if (!(error instanceof NoServer)) throw error;
    throw new NoConnection(`ssh: connect to host ${server.name} port ${server.port}: ${error.message}`);
  }
}

/** Public halves of the private keys that can be read and are nobody else's business. */
function publicKeys(sys: Sys, home: string, given: string | undefined): { keys: string[]; warnings: string } {
  const files =
    given === undefined ? KEY_FILES.map((name) => `${home}/.ssh/${name}`) : [given.replace(/^~(?=\/)/, home)];
  let warnings = '';
  const keys = files.flatMap((path) => {
    try {
      const { mode, uid } = sys.stat(path);
      if ((mode & 0o077) !== 0 && uid === sys.credentials.uid) {
        warnings += tooOpen(path, mode);
        return [];
      }
      return decodeText(sys.readFile(path)).includes('PRIVATE KEY')
        ? [decodeText(sys.readFile(`${path}.pub`)).trim()]
        : [];
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  });
  return { keys, warnings };
}

function tooOpen(path: string, mode: number): string {
  const bar = '@'.repeat(59);
  const octal = (mode & 0o777).toString(8).padStart(4, '0');
  return [
    bar,
    '@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @',
    bar,
    `Permissions ${octal} for '${path}' are too open.`,
    'It is required that your private key files are NOT accessible by others.',
    'This private key will be ignored.',
    `Load key "${path}": bad permissions`,
    '',
  ].join('\r\n');
}
