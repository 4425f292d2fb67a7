import type { KeyObject } from 'node:crypto';
import type { ServerTls } from '../../../kernel/network.js';
import type { Certificate } from '../certificate.js';

/** What client and server have agreed on, and what it took them. */
export interface Agreed {
  readonly protocol: 'TLSv1.2' | 'TLSv1.3';
  readonly cipher: string;
  /** By ALPN. */
  readonly application: string | undefined;
  /** Bytes. */
  readonly read: number;
  readonly written: number;
}

/** What goes into a handshake. */
export interface Hello {
  readonly server: ServerTls;
  readonly isOld: boolean;
  readonly serverName: string | undefined;
  readonly offered: readonly string[];
  readonly shown: readonly Certificate[];
  /** Subjects of authorities that clients are asked for; undefined where nobody asks. */
  readonly asked: readonly Certificate[] | undefined;
  /** What the client shows, and with which key. */
  readonly own: readonly Certificate[];
  readonly ownKey: KeyObject | undefined;
}

const RECORD = 5;
/** A record's type and the cipher's tag, behind what is encrypted. */
const SEAL = 17;
const SERVER_HELLO = 127;
const CHANGE_CIPHER = 6;
const CLIENT_HELLO = 297;
const OLD_CLIENT_HELLO = 281;
const EXTENSIONS = RECORD + 6 + SEAL;
/** A certificate of the list takes three bytes for its length, and two for its extensions in TLS 1.3. */
const LIST_ENTRY = 5;

/** The names of what is used, and the bytes of the messages by their parts (RFC 8446, 4). */
export function agree(hello: Hello): Agreed {
  const { server, isOld, serverName, offered, shown } = hello;
  const isOpen = server.library === 'openssl';
  // Go's HTTP servers speak HTTP/2 where the client does, nginx where it is told to.
  const application = isOpen ? offered.find((name) => name === 'http/1.1') : offered.find((name) => name === 'h2');
  const names = serverName === undefined ? 0 : 9 + serverName.length;
  const lists = offered.length === 0 ? 0 : 6 + offered.reduce((sum, name) => sum + 1 + name.length, 0);
  const isElliptic = shown[0]?.x509.publicKey.asymmetricKeyType !== 'rsa';
  if (isOld) {
    const strength = isOpen ? '256-GCM-SHA384' : '128-GCM-SHA256';
    return {
      protocol: 'TLSv1.2',
      cipher: `ECDHE-${isElliptic ? 'ECDSA' : 'RSA'}-AES${strength}`,
      application,
      read: certificatesLength(shown) - 2 * shown.length + 317 + signatureLength(shown[0]?.x509.publicKey),
      written: OLD_CLIENT_HELLO + names + lists,
    };
  }
  const finished = RECORD + 4 + (isOpen ? 48 : 32) + SEAL;
  const extensions = EXTENSIONS + (serverName === undefined ? 0 : 4) + (application ? 7 + application.length : 0);
  const { asked, own, ownKey } = hello;
  return {
    protocol: 'TLSv1.3',
    cipher: isOpen ? 'TLS_AES_256_GCM_SHA384' : 'TLS_AES_128_GCM_SHA256',
    application,
    read:
      SERVER_HELLO +
      CHANGE_CIPHER +
      extensions +
      (asked ? requestLength(asked) : 0) +
      listLength(shown) +
      proofLength(shown[0]?.x509.publicKey) +
      finished,
    written:
      CLIENT_HELLO +
      names +
      lists +
      CHANGE_CIPHER +
      (asked ? listLength(own) + (own.length > 0 ? proofLength(ownKey) : 0) : 0) +
      finished,
  };
}

/** Bytes that were read when a client turns away from what it was shown, before any proof of it. */
export function readUntilShown({ shown, asked }: Hello): number {
  return SERVER_HELLO + CHANGE_CIPHER + EXTENSIONS + (asked ? requestLength(asked) : 0) + listLength(shown);
}

/** Bytes that were written up to there: a greeting, and an alert. */
export function writtenUntilShown({ serverName, offered }: Hello): number {
  return agree({ ...EMPTY, serverName, offered }).written - CHANGE_CIPHER - (RECORD + 4 + 32 + SEAL) + RECORD + 2;
}

const EMPTY: Hello = {
  server: { certificate: () => '', key: () => '' },
  isOld: false,
  serverName: undefined,
  offered: [],
  shown: [],
  asked: undefined,
  own: [],
  ownKey: undefined,
};

function certificatesLength(list: readonly Certificate[]): number {
  return list.reduce((sum, { der }) => sum + der.length + LIST_ENTRY, 0);
}

function listLength(list: readonly Certificate[]): number {
  return RECORD + 8 + certificatesLength(list) + SEAL;
}

/** Go asks with two lists of signatures and the names of authorities. */
function requestLength(asked: readonly Certificate[]): number {
  return 87 + asked.reduce((sum, { subject }) => sum + 2 + subject.content.length + 2, 0);
}

function proofLength(key: KeyObject | undefined): number {
  return RECORD + 8 + signatureLength(key) + SEAL;
}

/** In bytes; a pair of numbers of P-256 takes seventy to seventy-two. */
function signatureLength(key: KeyObject | undefined): number {
  if (key?.asymmetricKeyType === 'rsa') return (key.asymmetricKeyDetails?.modulusLength ?? 2048) / 8;
  if (key?.asymmetricKeyType === 'ed25519') return 64;
  return 71;
}
