/** What has to hold of an EncryptionConfiguration, in the words of ValidateEncryptionConfiguration. */
import { type FieldError, invalid, required } from '../../api/field-error.js';
import type { KeyEntry, KeysEntry, ProviderEntry, ResourceEntry } from './configuration-types.js';
import { kmsErrors } from './kms-validation.js';

const AES_KEY_BYTES: readonly number[] = [16, 24, 32];
const SECRETBOX_KEY_BYTES: readonly number[] = [32];
const NOT_SERVED: readonly string[] = ['apiserveripinfo', 'serviceipallocations', 'servicenodeportallocations'];
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** All that is wrong with a file's entries; `reload` says that the file is read again when it changes. */
export function encryptionErrors(entries: readonly ResourceEntry[], reload: boolean): FieldError[] {
  if (entries.length === 0) return [required('resources', 'at least one resources is required')];
  const kmsNames = new Set<string>();
  return entries.flatMap((entry, index) => {
    const path = `resources[${index}]`;
    const resources = entry.resources ?? [];
    const providers = entry.providers ?? [];
    return [
      ...oneAtLeast(`${path}.resources`, resources),
      ...overlapErrors(`${path}.resources`, resources),
      ...resources.flatMap((name, at) => nameErrors(`${path}.resources[${at}]`, name)),
      ...oneAtLeast(`${path}.providers`, providers),
      ...providers.flatMap((provider, at) => providerErrors(`${path}.providers[${at}]`, provider, kmsNames, reload)),
    ];
  });
}

function oneAtLeast(path: string, list: readonly unknown[]): FieldError[] {
  return list.length === 0 ? [required(path, `at least one ${path} is required`)] : [];
}

/** A resource as such files name it: `pods`, `deployments.apps`, `*.` for the core group, `*.apps`, `*.*`. */
export function readGroupResource(text: string): { group: string; resource: string } {
  const at = text.indexOf('.');
  return at === -1 ? { group: '', resource: text } : { group: text.slice(at + 1), resource: text.slice(0, at) };
}

function overlapErrors(path: string, names: readonly string[]): FieldError[] {
  const all = names.map(readGroupResource);
  const pairs = all.flatMap((one, i) => all.flatMap((other, j) => (i === j ? [] : [[one, other] as const])));
  const isTwice = ([one, other]: (typeof pairs)[number]) =>
    one.group === other.group && one.resource === other.resource;
  const twice = pairs.findIndex(isTwice);
  // The first pair that is alike is told as such; any further one counts as masked where a star is in it.
  const masked = pairs.some(([one, other], index) => {
    if (index === twice) return false;
    if (one.group === '*' && one.resource === '*') return true;
    return one.group === other.group && (one.resource === '*' || other.resource === '*');
  });
  const errors: FieldError[] = [];
  if (twice !== -1) errors.push(invalid(path, names, 'the same resource cannot be specified multiple times'));
  if (masked) {
    const why =
      "using overlapping resources such as 'secrets' and '*.' in the same resource list is not allowed as they will be masked";
    errors.push(invalid(path, names, why));
  }
  return errors;
}

function nameErrors(path: string, name: string): FieldError[] {
  const why = nameProblem(name);
  return why === undefined ? [] : [invalid(path, name, why)];
}

function nameProblem(name: string): string | undefined {
  if (name !== name.toLowerCase()) return 'resource name should not contain capital letters';
  if (name === '*') return "use '*.' to encrypt all the resources from core API group or *.* to encrypt all resources";
  if (NOT_SERVED.includes(name)) return 'resources which do not have REST API/s cannot be encrypted';
  const { group, resource } = readGroupResource(name);
  if (group === 'events.k8s.io') {
    return "'*.events.k8s.io' objects are stored using the 'events' API group in etcd. Use 'events' instead in the config file";
  }
  if (group === 'extensions') return "'extensions' group has been removed and cannot be used for encryption";
  if (group === '*' && resource !== '*') return 'encrypting the same resource across groups is not supported';
  return undefined;
}

/** The providers' names in the order of Go's struct, which its messages show. */
const PROVIDERS: readonly (keyof ProviderEntry)[] = ['aesgcm', 'aescbc', 'secretbox', 'identity', 'kms'];
const SHOWN = { aesgcm: 'AESGCM', aescbc: 'AESCBC', secretbox: 'Secretbox', identity: 'Identity', kms: 'KMS' } as const;

function providerErrors(path: string, provider: ProviderEntry, kmsNames: Set<string>, reload: boolean): FieldError[] {
  const given = PROVIDERS.filter((name) => provider[name]);
  const errors: FieldError[] = [];
  if (given.length === 0) {
    const why = 'provider does not contain any of the expected providers: KMS, AESGCM, AESCBC, Secretbox, Identity';
    errors.push(invalid(path, shownProvider(provider), why));
  } else if (given.length > 1) {
    const why = 'more than one provider specified in a single element, should split into different list elements';
    errors.push(invalid(path, shownProvider(provider), why));
  }
  const { kms, aesgcm, aescbc, secretbox } = provider;
  if (kms) errors.push(...kmsErrors(`${path}.kms`, kms, kmsNames, reload));
  else if (aesgcm) errors.push(...keysErrors(`${path}.aesgcm.keys`, aesgcm, AES_KEY_BYTES));
  else if (aescbc) errors.push(...keysErrors(`${path}.aescbc.keys`, aescbc, AES_KEY_BYTES));
  else if (secretbox) errors.push(...keysErrors(`${path}.secretbox.keys`, secretbox, SECRETBOX_KEY_BYTES));
  return errors;
}

/** The provider as Go writes its internal struct in JSON. */
function shownProvider(provider: ProviderEntry): object {
  return Object.fromEntries(
    PROVIDERS.map((name) => {
      const value = provider[name] as KeysEntry | null | undefined;
      const keys = value?.keys?.map(({ name = '', secret = '' }) => ({ Name: name, Secret: secret }));
      return [SHOWN[name], value ? (name === 'identity' ? {} : { Keys: keys ?? null }) : null];
    }),
  );
}

function keysErrors(path: string, { keys }: KeysEntry, lengths: readonly number[]): FieldError[] {
  if (!keys || keys.length === 0) return [required(path, 'at least one keys is required')];
  return keys.flatMap((key, index) => keyErrors(`${path}[${index}]`, key, lengths));
}

function keyErrors(path: string, { name = '', secret = '' }: KeyEntry, lengths: readonly number[]): FieldError[] {
  const errors = name === '' ? [required(`${path}.name`, 'name is a mandatory field for a key')] : [];
  if (secret === '') return [...errors, required(`${path}.secret`, 'secret is a mandatory field for a key')];
  // Go's decoder skips line ends, as they come out of `base64` for long keys.
  const text = secret.replace(/[\r\n]/g, '');
  if (!BASE64.test(text)) return [...errors, invalid(`${path}.secret`, 'REDACTED', 'secrets must be base64 encoded')];
  const bytes = Buffer.from(text, 'base64').length;
  if (lengths.includes(bytes)) return errors;
  const why = `secret is not of the expected length, got ${bytes}, expected one of [${lengths.join(' ')}]`;
  return [...errors, invalid(`${path}.secret`, 'REDACTED', why)];
}
