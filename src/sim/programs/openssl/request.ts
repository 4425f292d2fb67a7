/** Requests for certificates (PKCS #10): made, read, and shown. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { childrenOf, objectIdText, readElement } from '../../api/pki/der-reader.js';
import { integer, objectId, sequence, setOf, tagged } from '../../client/pki/der.js';
import { readPem } from '../../client/pki/pem.js';
import type { SignatureDigest } from '../../client/pki/signature.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import { type DerValue, inside, readValues } from './der.js';
import { type NameForm, nameText } from './distinguished-name.js';
import { extensionLines } from './extensions.js';
import { longName } from './object-names.js';
import { publicKeyOf, signed } from './signing.js';
import { hexLines, publicKeyLines } from './text.js';

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/** A request in its parts; bytes as they stand in it. */
export interface Request {
  readonly subject: Bytes;
  readonly publicKey: Bytes;
  /** Extensions that are asked for, each whole. */
  readonly extensions: readonly Bytes[];
  readonly signature: Bytes;
  readonly algorithm: string;
  readonly body: Bytes;
}

/** A request for a key's certificate, as DER. */
export function makeRequest(
  subject: Bytes,
  key: KeyObject,
  extensions: readonly Bytes[],
  digest?: SignatureDigest,
): Bytes {
  const asked = extensions.length === 0 ? [] : [sequence(objectId(EXTENSION_REQUEST), setOf(sequence(...extensions)))];
  const attributes = tagged(0xa0, Buffer.concat(asked));
  return signed(sequence(integer(Uint8Array.of(0)), subject, publicKeyOf(key), attributes), key, digest);
}

/** Reads a request in PEM; undefined for what is none. */
export function readRequest(bytes: Bytes): Request | undefined {
  const block = readPem(decodeText(bytes)).find(({ label }) => /^(NEW )?CERTIFICATE REQUEST$/.test(label));
  const whole = block && readElement(block.der);
  const [body, algorithm, signature] = whole ? childrenOf(whole) : [];
  const [, subject, publicKey, attributes] = body ? childrenOf(body) : [];
  const id = algorithm && childrenOf(algorithm)[0];
  if (!body || !subject || !publicKey || !signature || !id) return undefined;
  const asked = (attributes ? childrenOf(attributes) : []).map(childrenOf);
  const request = asked.find(([type]) => type && objectIdText(type) === EXTENSION_REQUEST);
  const list = request?.[1] && childrenOf(request[1])[0];
  return {
    subject: subject.whole,
    publicKey: publicKey.whole,
    extensions: (list ? childrenOf(list) : []).map((one) => one.whole),
    signature: signature.content.subarray(1),
    algorithm: objectIdText(id),
    body: body.whole,
  };
}

/** Whether the key that is to be certified has signed the request. */
export function isSelfSigned({ algorithm, body, signature, publicKey }: Request): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const digest = /sha\d+/i.exec(longName(algorithm))?.[0].toLowerCase() ?? null;
  return verify(digest, body, key, signature);
}

/** Everything a request says, as `openssl req -text` shows it. */
export function requestText(request: Request, form: NameForm): string {
  const extensions = request.extensions.map((one) => {
    const parts = inside(readValues(one)[0]);
    const value = parts.at(-1) as DerValue;
    const critical = parts.length === 3 && parts[1]?.content[0] === 0xff;
    return { id: objectIdText(parts[0] as DerValue), critical, value: value.content };
  });
  const lines = [
    'Certificate Request:',
    '    Data:',
    '        Version: 1 (0x0)',
    `        Subject: ${requestSubject(request, form)}`,
    '        Subject Public Key Info:',
    ...publicKeyLines(readValues(request.publicKey)[0] as DerValue).map((line) => `            ${line}`),
    '        Attributes:',
    ...(extensions.length === 0 ? ['            (none)'] : []),
    '            Requested Extensions:',
    ...extensions.flatMap(extensionLines).map((line) => `                ${line}`),
    `    Signature Algorithm: ${longName(request.algorithm)}`,
    '    Signature Value:',
    ...hexLines(request.signature, 18).map((line) => `        ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The subject on one line. */
export function requestSubject({ subject }: Request, form: NameForm): string {
  return nameText(readValues(subject)[0] as DerValue, form);
}
