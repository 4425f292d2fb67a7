import type { KeyObject } from 'node:crypto';
import { writePem } from '../../../client/pki/pem.js';
import { encodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { print, printError } from '../../../kernel/libc/streams.js';
import { type Connection, type ServerTls, TlsError } from '../../../kernel/network.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { type Certificate, readCertificates } from '../certificate.js';
import { Failure, queued, readInput, unreadable } from '../failure.js';
import { readKeyFile } from '../key-files.js';
import type { Options } from '../options.js';
import { publicKeyOf } from '../signing.js';
import { trustedOf } from '../trust.js';
import { agree, type Hello, readUntilShown, writtenUntilShown } from './agreed.js';
import { clientOptions, placeOf, serverNameOf } from './options.js';
import { reach } from './reach.js';
import { briefText, brokenText, type Session, sessionText, ticketText } from './session-text.js';
import { talk } from './talk.js';
import { judge } from './verdict.js';

/** Alerts of servers, in Go's words: OpenSSL's code and words, and the alert's number. */
const ALERTS: Readonly<Record<string, readonly [code: string, words: string, alert: number]>> = {
  'bad certificate': ['0A000412', 'sslv3 alert bad certificate', 42],
  'certificate required': ['0A00045C', 'tlsv13 alert certificate required', 116],
  'expired certificate': ['0A000415', 'sslv3 alert certificate expired', 45],
  'unknown certificate authority': ['0A000418', 'tlsv1 alert unknown ca', 48],
  'protocol version not supported': ['0A00042E', 'tlsv1 alert protocol version', 70],
  'unrecognized name': ['0A000458', 'tlsv1 unrecognized name', 112],
};

/** Bytes of an alert, of a record's head, and of what a client of TLS 1.2 says first. */
const ALERT = 7;
const RECORD_HEAD = 5;
const OLD_GREETING = 188;

/** `openssl s_client`: connects to a server by TLS, shows what it shows, and carries what is typed. */
export function* sClient(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = clientOptions(words);
  const place = placeOf(options);
  if (options.has('verify')) yield* printError(sys, `verify depth is ${options.value('verify')}\n`);
  const own = yield* ownPair(sys, options);
  const trusted = trustedOf(sys, options);
  const { connection } = yield* reach(sys, options, place);
  const say = isSilent(options) ? function* () {} : (text: string) => print(sys, text);
  yield* say('CONNECTED(00000003)\n');
  const serverName = serverNameOf(options, place);
  const server = connection.serverTls;
  const certificates = server && shownBy(server, serverName);
  const hello = helloOf(options, server, certificates ?? [], serverName, own);
  const isTooOld = hello.isOld && server?.oldest === 'TLSv1.3';
  if (!server || !certificates || isTooOld) {
    const greeting = hello.isOld ? OLD_GREETING : writtenUntilShown(hello) - ALERT;
    yield* say(brokenText(sys, hello.isOld, server ? ALERT : RECORD_HEAD, greeting));
    const alert = isTooOld ? 'protocol version not supported' : 'unrecognized name';
    throw new Failure([server ? alertLine(sys, alert) : notTls(sys)]);
  }
  if (!options.has('noservername') && serverName === undefined)
    yield* printError(sys, "Can't use SSL_get_servername\n");
  const judged = judge(sys, options, trusted, certificates);
  yield* printError(sys, judged.text);
  const agreed = agree(hello);
  const session: Session = {
    shown: certificates,
    asked: hello.asked,
    code: judged.code,
    peerName: judged.peerName,
    showsAll: options.has('showcerts'),
    isRefused: judged.isRefused,
    agreed: judged.isRefused ? { ...agreed, read: readUntilShown(hello), written: writtenUntilShown(hello) } : agreed,
  };
  if (judged.isRefused) {
    yield* say(sessionText(sys, session));
    const place = 'SSL routines:tls_post_process_server_certificate:certificate verify failed';
    throw new Failure([queued(sys, '0A000086', `${place}:../ssl/statem/statem_clnt.c:1889:`)]);
  }
  const refusal = yield* present(sys, connection, serverName, own);
  if (options.has('brief')) yield* printError(sys, briefText(session, server.library === 'openssl'));
  else yield* say(sessionText(sys, session));
  const hasTicket = !refusal && !hello.isOld && server.library === undefined;
  if (hasTicket) yield* say(ticketText(sys, session));
  return yield* talk(sys, options, connection, refusal);
}

function isSilent(options: Options): boolean {
  return options.has('brief') || options.has('quiet');
}

/** The certificates that a server shows for a name; undefined where it has none for it. */
function shownBy(server: ServerTls, serverName: string | undefined): Certificate[] | undefined {
  try {
    return readCertificates(encodeText(server.certificate(serverName)));
  } catch (error) {
    if (error instanceof TlsError) return undefined;
    throw error;
  }
}

interface Pair {
  readonly certificates: readonly Certificate[];
  readonly key: KeyObject;
}

/** `-cert` and `-key`. Throws `Failure`. */
function* ownPair(sys: Sys, options: Options): Waiting<Pair | undefined> {
  const path = options.value('cert');
  const keyPath = options.value('key') ?? path;
  if (keyPath === undefined) return undefined;
  const key = yield* readKeyFile(sys, keyPath, 'private', 'client certificate private key');
  if (path === undefined) return undefined;
  const certificates = readCertificates(yield* readInput(sys, path, 'client certificate'));
  const [leaf] = certificates;
  if (!leaf) throw unreadable(path, 'client certificate');
  const spki = leaf.x509.publicKey.export({ type: 'spki', format: 'der' });
  if (!spki.equals(publicKeyOf(key))) {
    const why = 'x509 certificate routines:X509_check_private_key:key values mismatch:../crypto/x509/x509_cmp.c:403:';
    throw new Failure(['Private key does not match the certificate public key', queued(sys, '05800074', why)]);
  }
  return { certificates, key };
}

function helloOf(
  options: Options,
  server: ServerTls | undefined,
  shown: readonly Certificate[],
  serverName: string | undefined,
  own: Pair | undefined,
): Hello {
  const asked = server?.askedAuthorities?.() ?? server?.clientAuthorities?.();
  return {
    server: server ?? { certificate: () => '', key: () => '' },
    isOld: options.has('tls1_2'),
    serverName,
    offered: options.value('alpn')?.split(',') ?? [],
    shown,
    asked: asked === undefined ? undefined : readCertificates(encodeText(asked)),
    own: own?.certificates ?? [],
    ownKey: own?.key,
  };
}

/** Shows the own certificate; the lines of an alert where the server does not take it, which comes after the handshake. */
function* present(
  sys: Sys,
  connection: Connection,
  serverName: string | undefined,
  own: Pair | undefined,
): Waiting<readonly string[] | undefined> {
  const pem = own?.certificates.map(({ der }) => writePem('CERTIFICATE', der)).join('');
  const pair = own && pem ? { certificate: pem, key: String(own.key.export({ type: 'pkcs8', format: 'pem' })) } : {};
  try {
    // Nobody asks for the address as a name.
    yield* connection.startTls({ insecure: true, serverName: serverName ?? connection.peer.address, ...pair });
    return undefined;
  } catch (error) {
    if (isErrno(error, 'ECONNRESET')) return ['read:errno=104'];
    if (!(error instanceof TlsError)) throw error;
    return [alertLine(sys, error.message.replace('remote error: tls: ', ''))];
  }
}

function alertLine(sys: Sys, alert: string): string {
  const [code, words, number] = ALERTS[alert] ?? ['0A000410', 'sslv3 alert handshake failure', 40];
  const place = '../ssl/record/rec_layer_s3.c:1601';
  return queued(sys, code, `SSL routines:ssl3_read_bytes:${words}:${place}:SSL alert number ${number}`);
}

function notTls(sys: Sys): string {
  return queued(sys, '0A00010B', 'SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:350:');
}
