/** What a request for a certificate asks for (PKCS #10), as signers need it. */
import type { Bytes } from '../../kernel/bytes.js';
import { childrenOf, type Element, extensionsOf, nameParts, objectIdText, readElement, TAGS } from './der-reader.js';

/** A request's content; bytes stand as they were signed. */
export interface RequestContent {
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** The whole subject: types and texts in their order. */
  readonly parts: readonly (readonly [type: string, value: string])[];
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Bytes;
  readonly names: AlternativeNames;
}

/** For what names and addresses besides the subject, and the extension that says so. */
export interface AlternativeNames {
  readonly dns: number;
  readonly emails: number;
  readonly addresses: number;
  readonly uris: number;
  readonly extension: Bytes | undefined;
}

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const ALTERNATIVE_NAMES = '2.5.29.17';
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
/** Kinds of names by their tags. */
const KINDS = { emails: 0x81, dns: 0x82, uris: 0x86, addresses: 0x87 } as const;

/** Reads a request in PEM; undefined when it is none. Its signature is looked at by `certificateRequestError`. */
export function readRequestContent(pem: string): RequestContent | undefined {
  const base64 = /-----BEGIN CERTIFICATE REQUEST-----\r?\n([\s\S]*?)-----END CERTIFICATE REQUEST-----/.exec(pem)?.[1];
  const request = base64 === undefined ? undefined : readElement(Buffer.from(base64, 'base64'));
  const info = request && childrenOf(request)[0];
  const [, subject, key, ...rest] = info ? childrenOf(info) : [];
  if (!subject || !key) return undefined;
  const parts = nameParts(subject);
  const valuesOf = (type: string) => parts.flatMap(([one, value]) => (one === type ? [value] : []));
  return {
    commonName: valuesOf(COMMON_NAME).at(-1) ?? '',
    organizations: valuesOf(ORGANIZATION),
    parts,
    publicKey: key.whole,
    names: alternativeNames(rest.find(({ tag }) => tag === TAGS.attributes)),
  };
}

function alternativeNames(attributes: Element | undefined): AlternativeNames {
  const request = (attributes ? childrenOf(attributes) : []).map(childrenOf).find(([type]) => {
    return type?.tag === TAGS.objectId && objectIdText(type) === EXTENSION_REQUEST;
  });
  const list = request?.[1] && childrenOf(request[1])[0];
  const extension = extensionsOf(list).get(ALTERNATIVE_NAMES);
  const names = extension && readElement(extension);
  const tags = (names ? childrenOf(names) : []).map(({ tag }) => tag);
  const count = (kind: number) => tags.filter((tag) => tag === kind).length;
  return {
    dns: count(KINDS.dns),
    emails: count(KINDS.emails),
    addresses: count(KINDS.addresses),
    uris: count(KINDS.uris),
    extension: tags.length > 0 ? extension : undefined,
  };
}
