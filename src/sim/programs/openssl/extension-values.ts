/** Extensions as configuration files and `-addext` write them: `subjectAltName=DNS:a,IP:10.0.0.1`. */
import { bitString, integer, objectId, octetString, sequence, TRUE, tagged } from '../../client/pki/der.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { Misuse } from './options.js';
import { extension } from './signing.js';

/** What values may refer to. */
export interface Around {
  /** Identifiers of the key that is certified, and of the one that signs. */
  readonly keyId: Bytes;
  readonly authorityKeyId: Bytes;
  /** Who has issued the certificate of the key that signs, and its number. */
  readonly issuer?: { readonly name: Bytes; readonly serial: Bytes } | undefined;
  /** Sections of the file, by name. */
  readonly sections: ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;
}

const USAGES =
  'digitalSignature nonRepudiation keyEncipherment dataEncipherment keyAgreement keyCertSign cRLSign encipherOnly decipherOnly'.split(
    ' ',
  );
const EXTENDED: Readonly<Record<string, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

type Make = (words: readonly string[], around: Around) => Bytes;

/** By name, with their numbers. */
const MAKERS: Readonly<Record<string, readonly [id: string, make: Make]>> = {
  authorityKeyIdentifier: ['2.5.29.35', authorityKeyIdentifier],
  basicConstraints: ['2.5.29.19', basicConstraints],
  extendedKeyUsage: ['2.5.29.37', (words) => sequence(...words.map((word) => objectId(EXTENDED[word] ?? word)))],
  keyUsage: ['2.5.29.15', keyUsage],
  subjectAltName: ['2.5.29.17', (words, around) => sequence(...words.flatMap((word) => names(word, around)))],
  subjectKeyIdentifier: ['2.5.29.14', (_words, { keyId }) => octetString(keyId)],
};

/** One extension. Throws `Misuse` for one that is not known. */
export function extensionOf(name: string, value: string, around: Around): Bytes {
  const known = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (!known) throw new Misuse(`the extension ${name} is not made on these machines`);
  const words = value.split(',').map((word) => word.trim());
  const critical = words[0] === 'critical';
  const [id, make] = known;
  return extension(id, make(critical ? words.slice(1) : words, around), critical);
}

function authorityKeyIdentifier(words: readonly string[], { authorityKeyId, issuer }: Around): Bytes {
  const byKey = words.some((word) => /^keyid\b/.test(word));
  const byIssuer = words.includes('issuer:always') || (!byKey && words.includes('issuer'));
  const whose = byIssuer && issuer ? [tagged(0xa1, tagged(0xa4, issuer.name)), tagged(0x82, issuer.serial)] : [];
  return sequence(...(byKey ? [tagged(0x80, authorityKeyId)] : []), ...whose);
}

function basicConstraints(words: readonly string[]): Bytes {
  const isAuthority = words.some((word) => /^CA:true$/i.test(word));
  const length = words.find((word) => word.startsWith('pathlen:'))?.slice('pathlen:'.length);
  return sequence(
    ...(isAuthority ? [TRUE] : []),
    ...(length === undefined ? [] : [integer(Uint8Array.of(Number(length)))]),
  );
}

function keyUsage(words: readonly string[]): Bytes {
  const bits = words.map((word) => USAGES.indexOf(word)).filter((bit) => bit !== -1);
  const last = Math.max(0, ...bits);
  const bytes = new Uint8Array(last > 7 ? 2 : 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (0x80 >> (bit & 7));
  return bitString(bytes, 7 - (last & 7));
}

const TAGS: Readonly<Record<string, number>> = { DNS: 0x82, URI: 0x86, email: 0x81 };

/** One name, or all of a section: `DNS:a.b`, `@alt_names`. */
function names(word: string, around: Around): Bytes[] {
  if (word.startsWith('@')) {
    const section = around.sections.get(word.slice(1)) ?? [];
    return section.flatMap(([name, value]) => names(`${name.replace(/\.\d+$/, '')}:${value}`, around));
  }
  const at = word.indexOf(':');
  const [kind, value] = [word.slice(0, at), word.slice(at + 1)];
  if (kind === 'IP') return [tagged(0x87, address(value))];
  const tag = TAGS[kind];
  if (tag === undefined) throw new Misuse(`a name of the kind ${kind} is not made on these machines`);
  return [tagged(tag, encodeText(value))];
}

function address(text: string): Bytes {
  if (!text.includes(':')) return Uint8Array.from(text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const middle = tail === undefined ? [] : Array<number>(8 - before.length - after.length).fill(0);
  return concatBytes([...before, ...middle, ...after].map((group) => Uint8Array.of(group >> 8, group & 0xff)));
}

/** A configuration file's sections; what stands before the first belongs to `default`. */
export function readSections(text: string): Map<string, [name: string, value: string][]> {
  const sections = new Map<string, [string, string][]>([['default', []]]);
  let current = 'default';
  for (const line of text.split('\n').map((one) => one.replace(/#.*/, '').trim())) {
    const section = /^\[\s*(.*?)\s*\]$/.exec(line)?.[1];
    const at = line.indexOf('=');
    if (section !== undefined) {
      current = section;
      if (!sections.has(section)) sections.set(section, []);
    } else if (at > 0) sections.get(current)?.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
  }
  return sections;
}
