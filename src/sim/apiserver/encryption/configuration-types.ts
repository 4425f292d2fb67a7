import type { FactPackage } from '../../api/facts/package.js';

const TYPES = `
EncryptionConfiguration :0:@meta.v1.TypeMeta: resources:0:[@ResourceConfiguration:
ResourceConfiguration resources:0:[s: providers:0:[@ProviderConfiguration:
ProviderConfiguration aesgcm:0:*@AESConfiguration:o aescbc:0:*@AESConfiguration:o secretbox:0:*@SecretboxConfiguration:o identity:0:*@IdentityConfiguration:o kms:0:*@KMSConfiguration:o
AESConfiguration keys:0:[@Key:
SecretboxConfiguration keys:0:[@Key:
Key name:0:s: secret:0:s:
IdentityConfiguration
KMSConfiguration apiVersion:0:s: name:0:s: cachesize:0:*i:o endpoint:0:s: timeout:0:*D:o
`;

/** Facts of the types that say how values are encrypted, apiserver.config.k8s.io/v1 of v0.36.0. */
const V1: FactPackage = {
  id: 'encryption.config.v1',
  group: 'apiserver.config.k8s.io',
  version: 'v1',
  prefix: '',
  kinds: 'EncryptionConfiguration',
  types: TYPES,
};

/** The name such a file had by a mistake of old documents, which the server goes on reading. */
const OLD: FactPackage = {
  id: 'encryption.v1',
  group: '',
  version: 'v1',
  prefix: '',
  kinds: 'EncryptionConfig',
  types: TYPES.replace('EncryptionConfiguration', 'EncryptionConfig'),
};

/** The versions such a file may be written in. */
export const ENCRYPTION_VERSIONS: readonly FactPackage[] = [V1, OLD];

/** How the values of some resources are written and read. */
export interface ResourceEntry {
  readonly resources?: readonly string[] | null;
  readonly providers?: readonly ProviderEntry[] | null;
}

/** One provider: exactly one of its fields is there. */
export interface ProviderEntry {
  readonly aesgcm?: KeysEntry | null;
  readonly aescbc?: KeysEntry | null;
  readonly secretbox?: KeysEntry | null;
  readonly identity?: object | null;
  readonly kms?: KmsEntry | null;
}

/** The keys of a provider, the first of which writes. */
export interface KeysEntry {
  readonly keys?: readonly KeyEntry[] | null;
}

/** A named key, in base64. */
export interface KeyEntry {
  readonly name?: string;
  readonly secret?: string;
}

/** A plug-in that keeps keys elsewhere. */
export interface KmsEntry {
  readonly apiVersion?: string;
  readonly name?: string;
  readonly cachesize?: number | null;
  readonly endpoint?: string;
  readonly timeout?: string | null;
}
