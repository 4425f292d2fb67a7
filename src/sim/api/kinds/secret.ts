/** core/v1 Secret. */

import { ageOf } from '../duration.js';
import { type FieldError, invalid, required, tooLong } from '../field-error.js';
import { configMapKey } from '../names.js';
import { ownField } from '../set-field.js';
import type { Secret } from '../types/config.js';
import { base64Length, DATA_BYTES_MAX, validateStillMutable } from './configmap.js';
import { type ApiKind, column, defineKind, fieldLabelNotSupported, metadataFields } from './kind.js';
import { checkText, immutable, sortedPairs, validateMeta, validateMetaUpdate } from './meta.js';

/** Keys the typed secrets must have; `any` is satisfied by one of them. */
const NEEDED: Record<string, { readonly keys: readonly string[]; readonly any?: boolean }> = {
  'kubernetes.io/dockercfg': { keys: ['.dockercfg'] },
  'kubernetes.io/dockerconfigjson': { keys: ['.dockerconfigjson'] },
  'kubernetes.io/basic-auth': { keys: ['username', 'password'], any: true },
  'kubernetes.io/ssh-auth': { keys: ['ssh-privatekey'] },
  'kubernetes.io/tls': { keys: ['tls.crt', 'tls.key'] },
};
const ACCOUNT = 'kubernetes.io/service-account.name';

/** The strategy of secrets. */
export const secretKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  applyDefaults: (object) => applyDefaults(object as Secret),
  validateCreate: (object) => validateSecret(object as Secret),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...immutable('type', (object as Secret).type, (old as Secret).type),
    ...validateStillMutable(object as Secret, old as Secret, ['data']),
    ...validateSecret(object as Secret),
  ],
  warnings: (object) => tlsWarnings(object as Secret),
  selectableFields: (object) => ({ ...metadataFields(object), type: (object as Secret).type ?? '' }),
  fieldLabels: ['metadata.name', 'metadata.namespace', 'type'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Name'),
      column('Type', 'string', 0, 'core.v1.Secret.type'),
      column('Data', 'string', 0, 'core.v1.Secret.data'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { type = '', data = {}, metadata } = object as Secret;
      return [{ cells: [metadata.name, type, Object.keys(data).length, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

/** stringData is for writing only: it goes into data, and over it. */
function applyDefaults(secret: Secret): void {
  secret.type ||= 'Opaque';
  if (secret.stringData) {
    const data: Record<string, string> = { ...secret.data };
    for (const [key, value] of Object.entries(secret.stringData)) {
      data[key] = Buffer.from(value, 'utf8').toString('base64');
    }
    secret.data = data;
  }
  delete secret.stringData;
}

function validateSecret(secret: Secret): FieldError[] {
  const errors = validateMeta(secret, true);
  let bytes = 0;
  for (const [key, value] of sortedPairs(secret.data)) {
    errors.push(...checkText(`data[${key}]`, key, configMapKey));
    bytes += base64Length(value);
  }
  if (bytes > DATA_BYTES_MAX) errors.push(tooLong('data', DATA_BYTES_MAX));
  if (secret.type === 'kubernetes.io/service-account-token' && !secret.metadata.annotations?.[ACCOUNT]) {
    errors.push(required(`metadata.annotations[${ACCOUNT}]`));
  }
  return [...errors, ...validateNeededKeys(secret)];
}

function validateNeededKeys({ type = '', data = {} }: Secret): FieldError[] {
  const needed = ownField(NEEDED, type);
  if (!needed) return [];
  const missing = needed.keys.filter((key) =>
    type === 'kubernetes.io/ssh-auth' ? !data[key] : data[key] === undefined,
  );
  if (needed.any && missing.length < needed.keys.length) return [];
  if (missing.length > 0) return missing.map((key) => required(`data[${key}]`));
  return type.startsWith('kubernetes.io/docker') ? validateDockerConfig(needed.keys[0] ?? '', data) : [];
}

/** What Go's tls.X509KeyPair complains of first; pairs that do not fit each other are not told apart here. */
function tlsWarnings({ type, data = {} }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const hasPem = (key: string) =>
    Buffer.from(data[key] ?? '', 'base64')
      .toString('latin1')
      .includes('-----BEGIN ');
  if (!hasPem('tls.crt')) return ['tls: failed to find any PEM data in certificate input'];
  return hasPem('tls.key') ? [] : ['tls: failed to find any PEM data in key input'];
}

function validateDockerConfig(key: string, data: Readonly<Record<string, string>>): FieldError[] {
  const text = Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  const refuse = (words: string) => [invalid(`data[${key}]`, '<secret contents redacted>', words)];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && !Array.isArray(value)) return [];
    const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return refuse(`json: cannot unmarshal ${type} into Go value of type map[string]interface {}`);
  } catch {
    if (text.trim() === '') return refuse('unexpected end of JSON input');
    return refuse(`invalid character '${text.trim().charAt(0)}' looking for beginning of value`);
  }
}
