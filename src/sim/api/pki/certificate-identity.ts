/** What Node does not tell of a certificate: the user's UID in its subject, and the ids of keys. */
import type { Bytes } from '../../kernel/bytes.js';
import { childrenOf, type Element, extensionsOf, nameParts, readElement, TAGS } from './der-reader.js';

/** The part of a subject that holds a user's UID. */
const UID = '1.3.6.1.4.1.57683.2';
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const SUBJECT_KEY_ID = '2.5.29.14';
const AUTHORITY_KEY_ID = '2.5.29.35';
const VERSION = 0xa0;
const KEY_ID = 0x80;

/** A certificate's UIDs, and the line by which logs tell it from others. */
export interface CertificateIdentity {
  readonly uids: readonly string[];
  readonly identifier: string;
  /** The whole name, DER. */
  readonly subject: Bytes;
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** The id of its own key, when it says one. */
  readonly keyId: Bytes | undefined;
}

/** Reads a certificate's DER. */
export function certificateIdentity(der: Bytes): CertificateIdentity {
  const certificate = readElement(der);
  const [body] = certificate ? childrenOf(certificate) : [];
  const fields = body ? childrenOf(body) : [];
  const [serial, , , , subject] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  const list = fields.find(({ tag }) => tag === TAGS.extensions);
  const extensions = extensionsOf(list && readElement(list.content));
  const number = serial ? BigInt(`0x${hex(serial.content) || '0'}`) : 0n;
  const own = readElement(extensions.get(SUBJECT_KEY_ID) ?? new Uint8Array());
  const authority = readElement(extensions.get(AUTHORITY_KEY_ID) ?? new Uint8Array());
  const keyId = authority && childrenOf(authority).find(({ tag }) => tag === KEY_ID);
  const parts = subject ? nameParts(subject) : [];
  const valuesOf = (type: string) => parts.flatMap(([one, value]) => (one === type ? [value] : []));
  return {
    uids: valuesOf(UID),
    identifier: `SN=${number}, SKID=${spaced(own)}, AKID=${spaced(keyId)}`,
    subject: subject?.whole ?? new Uint8Array(),
    commonName: valuesOf(COMMON_NAME).at(-1) ?? '',
    organizations: valuesOf(ORGANIZATION),
    keyId: own?.content,
  };
}

function spaced(element: Element | undefined): string {
  return element ? (hex(element.content).toUpperCase().match(/../g) ?? []).join(':') : '';
}

function hex(bytes: Bytes): string {
  return Buffer.from(bytes).toString('hex');
}
