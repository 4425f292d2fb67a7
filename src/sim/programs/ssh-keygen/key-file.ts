import type { SshKey } from './key.js';
import { sshString } from './wire.js';

const MAGIC = 'openssh-key-v1\0';
const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const END = '-----END OPENSSH PRIVATE KEY-----';
/** The length of the blocks that a private section is filled up to where no cipher says. */
const BLOCK = 8;

/** A public key's half on the wire, and whose it is said to be. */
export interface PublicKey {
  readonly algorithm: string;
  readonly blob: Buffer;
  readonly comment: string;
}

/** The line of a `.pub` file. */
export function publicLine({ algorithm, blob, comment }: PublicKey): string {
  return `${[algorithm, blob.toString('base64'), comment].filter((word) => word !== '').join(' ')}\n`;
}

/** A private key's file without a passphrase (OpenSSH, PROTOCOL.key). `check` is four bytes that stand there twice. */
export function privateFile(key: SshKey, comment: string, check: Uint8Array): string {
  const inside = Buffer.concat([check, check, sshString(key.algorithm), key.privateFields, sshString(comment)]);
  const room = (BLOCK - (inside.length % BLOCK)) % BLOCK;
  const filled = Buffer.concat([inside, Buffer.from(Array.from({ length: room }, (_, index) => index + 1))]);
  const one = Buffer.from([0, 0, 0, 1]);
  const bytes = Buffer.concat([
    Buffer.from(MAGIC),
    sshString('none'),
    sshString('none'),
    sshString(''),
    one,
    sshString(key.publicBlob),
    sshString(filled),
  ]);
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return [BEGIN, ...lines, END, ''].join('\n');
}

/** The public half in a private key's file; its comment stands among the secrets. Undefined for anything else. */
export function publicOfPrivate(text: string): PublicKey | undefined {
  const [, body] = new RegExp(`^${BEGIN}\\n([A-Za-z0-9+/=\\n]+)\\n${END}`).exec(text) ?? [];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (!bytes.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return undefined;
  const [, , , rest] = strings(bytes.subarray(MAGIC.length), 3);
  const [blob, secrets] = rest === undefined ? [] : strings(rest.subarray(4), 2);
  if (blob === undefined || secrets === undefined) return undefined;
  return { algorithm: algorithmOf(blob), blob, comment: commentOf(secrets) };
}

/** A `.pub` file's key; undefined for anything else. */
export function readPublicLine(text: string): PublicKey | undefined {
  const [, algorithm = '', encoded = '', comment = ''] = /^(\S+) ([A-Za-z0-9+/]+=*)(?: (.*))?\s*$/m.exec(text) ?? [];
  const blob = Buffer.from(encoded, 'base64');
  return algorithm !== '' && algorithmOf(blob) === algorithm ? { algorithm, blob, comment } : undefined;
}

function algorithmOf(blob: Buffer): string {
  return strings(blob, 1)[0]?.toString() ?? '';
}

/** The comment is the last string before bytes that count up from one. */
function commentOf(secrets: Buffer): string {
  let rest: Buffer | undefined = secrets.subarray(BLOCK);
  let last = '';
  while (rest && rest.length >= 4 && rest[0] === 0) {
    const [value, after]: Buffer[] = strings(rest, 1);
    if (value === undefined) break;
    [last, rest] = [value.toString(), after];
  }
  return last;
}

/** So many strings from the front, and what is left behind them; fewer where the bytes end. */
function strings(bytes: Buffer, count: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (found.length < count) {
    if (at + 4 > bytes.length) return found;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return found;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return [...found, bytes.subarray(at)];
}
