import { objectIdText } from '../../api/pki/der-reader.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import type { Extension } from './certificate.js';
import { type DerValue, hexPairs, inside, readValues } from './der.js';
import { nameText } from './distinguished-name.js';
import { longName } from './object-names.js';

/** A key's usages by their bits, the first one highest. */
const USAGES = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
  'Encipher Only',
  'Decipher Only',
];

/** How an extension's value reads, line by line; others are shown as the characters they hold. */
const READERS: Readonly<Record<string, (value: DerValue) => string[]>> = {
  '2.5.29.14': ({ content }) => [upper(content)],
  '2.5.29.15': ({ content }) => [USAGES.filter((_, bit) => isSet(content.subarray(1), bit)).join(', ')],
  '2.5.29.17': (value) => [inside(value).map(generalName).join(', ')],
  '2.5.29.19': basicConstraints,
  '2.5.29.35': authorityKey,
  '2.5.29.37': (value) => [
    inside(value)
      .map((one) => longName(objectIdText(one)))
      .join(', '),
  ],
};

/** An extension with its heading, the value four blanks further in. */
export function extensionLines({ id, critical, value }: Extension): string[] {
  const [read] = READERS[id] ? readValues(value) : [];
  const lines = read ? (READERS[id]?.(read) ?? []) : [characters(value)];
  return [`${longName(id)}: ${critical ? 'critical' : ''}`, ...lines.map((line) => `    ${line}`)];
}

function isSet(bits: Bytes, at: number): boolean {
  return (((bits[at >> 3] ?? 0) << (at & 7)) & 0x80) !== 0;
}

function upper(bytes: Bytes): string {
  return hexPairs(bytes).join(':').toUpperCase();
}

function characters(bytes: Bytes): string {
  return Array.from(bytes, (byte) =>
    (byte >= 0x20 && byte <= 0x7e) || byte === 0x0a || byte === 0x0d ? String.fromCharCode(byte) : '.',
  ).join('');
}

function basicConstraints(value: DerValue): string[] {
  const parts = inside(value);
  const authority = parts.some(({ tag, content }) => tag === 0x01 && content[0] === 0xff);
  const length = parts.find(({ tag }) => tag === 0x02);
  return [`CA:${authority ? 'TRUE' : 'FALSE'}${length ? `, pathlen:${length.content[0]}` : ''}`];
}

/** The key's identifier alone stands without a word before it. */
function authorityKey(value: DerValue): string[] {
  const parts = inside(value);
  const key = parts.find(({ tag }) => tag === 0x80);
  const names = parts.find(({ tag }) => tag === 0xa1);
  const serial = parts.find(({ tag }) => tag === 0x82);
  if (key && parts.length === 1) return [upper(key.content)];
  return [
    ...(key ? [`keyid:${upper(key.content)}`] : []),
    ...inside(names).map((name) => generalName(name)),
    ...(serial ? [`serial:${upper(serial.content)}`] : []),
  ];
}

function generalName({ tag, content }: DerValue): string {
  if (tag === 0x81) return `email:${decodeText(content)}`;
  if (tag === 0x82) return `DNS:${decodeText(content)}`;
  if (tag === 0x86) return `URI:${decodeText(content)}`;
  if (tag === 0x87) return `IP Address:${address(content)}`;
  if (tag === 0x88) return `Registered ID:${longName(objectIdText({ content }))}`;
  if (tag !== 0xa4) return 'othername: <unsupported>';
  const [name] = readValues(content);
  return `DirName:${name ? nameText(name, 'compat') : ''}`;
}

function address(bytes: Bytes): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return '<invalid>';
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  return groups.map((group) => group.toString(16).toUpperCase()).join(':');
}
