/** Which provider writes a resource's values, and which ones are tried to read them. */
import { aggregateTexts } from '../../api/field-error.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { ConfigurationError } from '../configuration-file.js';
import { aesCbc, aesGcm, type Cipher, type RandomBytes, secretbox, TransformError } from './ciphers.js';
import type { KeysEntry, ProviderEntry, ResourceEntry } from './configuration-types.js';
import { kmsVersion } from './kms-validation.js';
import { readGroupResource } from './validation.js';

/** How the values of one resource are written and read. */
export interface Transformer {
  /** How values begin that are written now. */
  readonly prefix: Bytes;
  /** Whether values are written as they are. */
  readonly writesPlain: boolean;
  /** Whether values that nobody encrypted can be read. */
  readonly readsPlain: boolean;
  /** Throws TransformError when the provider is not able to. */
  write(plain: Bytes, path: string, random: RandomBytes): Bytes;
  /** Throws TransformError. */
  read(stored: Bytes, path: string): Bytes;
}

/** A way of encrypting under the prefix that tells it. */
interface Prefixed {
  readonly prefix: Bytes;
  readonly transformer: Pick<Transformer, 'write' | 'read'> & { readonly prefix?: Bytes };
}

const ENCRYPTED = encodeText('k8s:enc:');
const ALL = allOf('*');

/** Whether bytes begin with others. */
export function startsWith(bytes: Bytes, prefix: Bytes): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);
}

/** Values as they are; what somebody encrypted is refused. */
export const IDENTITY: Transformer = {
  prefix: new Uint8Array(),
  writesPlain: true,
  readsPlain: true,
  write: (plain) => plain,
  read(stored) {
    if (startsWith(stored, ENCRYPTED)) {
      throw new TransformError('identity transformer tried to read encrypted data');
    }
    return stored;
  },
};

/** The transformers of a configuration: gives the one for a resource. Throws ConfigurationError. */
export function resourceTransformers(
  entries: readonly ResourceEntry[],
): (group: string, resource: string) => Transformer {
  const lists = new Map<string, Prefixed[]>();
  for (const { resources, providers } of entries) {
    const made = (providers ?? []).map(providerOf);
    for (const text of resources ?? []) {
      const { group, resource } = readGroupResource(text);
      for (const star of [allOf(group), ALL]) {
        if (!lists.has(star)) continue;
        const names = [nameOf(group, resource), star].map((name) => JSON.stringify(name));
        throw new ConfigurationError(`resource ${names[0]} is masked by earlier rule ${names[1]}`);
      }
      const key = `${resource}.${group}`;
      lists.set(key, [...(lists.get(key) ?? []), ...made]);
    }
  }
  const transformers = new Map([...lists].map(([key, list]) => [key, firstWrites(list, 'no matching prefix found')]));
  return (group, resource) =>
    transformers.get(`${resource}.${group}`) ?? transformers.get(allOf(group)) ?? transformers.get(ALL) ?? IDENTITY;
}

/** How a file names all resources of a group. */
function allOf(group: string): string {
  return `*.${group}`;
}

function nameOf(group: string, resource: string): string {
  return group === '' && resource !== '*' ? resource : `${resource}.${group}`;
}

function providerOf({ aesgcm, aescbc, secretbox: box, kms }: ProviderEntry): Prefixed {
  if (aesgcm) return keyed('k8s:enc:aesgcm:v1:', aesgcm, aesGcm, 'AES');
  if (aescbc) return keyed('k8s:enc:aescbc:v1:', aescbc, aesCbc, 'AES');
  if (box) return keyed('k8s:enc:secretbox:v1:', box, secretbox, 'Secretbox');
  if (!kms) return { prefix: new Uint8Array(), transformer: IDENTITY };
  if (kmsVersion(kms) === 'v1') {
    throw new ConfigurationError(
      'KMSv1 is deprecated and will only receive security updates going forward. Use KMSv2 instead.  Set --feature-gates=KMSv1=true to use the deprecated KMSv1 feature.',
    );
  }
  return { prefix: encodeText(`k8s:enc:kms:v2:${kms.name}:`), transformer: NO_PLUGIN };
}

/** No plug-in ever answers here, so nothing can be written by it or read. */
const NO_PLUGIN: Prefixed['transformer'] = {
  write() {
    throw new TransformError('got unexpected nil transformer');
  },
  read() {
    throw new TransformError('got unexpected nil transformer');
  },
};

/** A provider with its keys: each has a prefix of its own behind the provider's. */
function keyed(prefix: string, { keys }: KeysEntry, cipherOf: (key: Bytes) => Cipher, words: string): Prefixed {
  const list = (keys ?? []).map(({ name = '', secret = '' }): Prefixed => {
    const cipher = cipherOf(new Uint8Array(Buffer.from(secret, 'base64')));
    return { prefix: encodeText(`${name}:`), transformer: { write: cipher.seal, read: cipher.open } };
  });
  const missing = `no matching key was found for the provided ${words} transformer`;
  return { prefix: encodeText(prefix), transformer: firstWrites(list, missing) };
}

/** The first of a list writes; all whose prefix fits are tried to read, in their order. */
function firstWrites(list: readonly Prefixed[], missing: string): Transformer {
  const first = list[0] as Prefixed;
  return {
    prefix: concatBytes([first.prefix, first.transformer.prefix ?? new Uint8Array()]),
    writesPlain: first.transformer === IDENTITY,
    readsPlain: list.some(({ transformer }) => transformer === IDENTITY),
    write: (plain, path, random) => concatBytes([first.prefix, first.transformer.write(plain, path, random)]),
    read(stored, path) {
      const errors: string[] = [];
      for (const { prefix, transformer } of list) {
        if (!startsWith(stored, prefix)) continue;
        try {
          return transformer.read(stored.subarray(prefix.length), path);
        } catch (error) {
          if (!(error instanceof TransformError)) throw error;
          // What is not encrypted may be told by its lack of a prefix alone: another one may still read it.
          if (prefix.length > 0) errors.push(error.message);
        }
      }
      throw new TransformError(errors.length === 0 ? missing : aggregateTexts(errors));
    },
  };
}
