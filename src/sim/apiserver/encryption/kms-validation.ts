import { parseDuration } from '../../api/duration.js';
import { type FieldError, invalid, required } from '../../api/field-error.js';
import { SECOND } from '../../kernel/time.js';
import type { KmsEntry } from './configuration-types.js';

/** The version of the plug-in's protocol that an entry means. */
export function kmsVersion({ apiVersion }: KmsEntry): string {
  return apiVersion || 'v1';
}

/** What has to hold of a plug-in that keeps keys elsewhere; notes its name among those seen. */
export function kmsErrors(path: string, kms: KmsEntry, seen: Set<string>, reload: boolean): FieldError[] {
  const version = kmsVersion(kms);
  const { name = '', cachesize } = kms;
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(`${path}.name`, 'name is a mandatory field for a provider'));
  if (version !== 'v1' && name.includes(':')) {
    errors.push(invalid(`${path}.name`, name, `invalid KMS provider name ${name}, must not contain ':'`));
  }
  if ((reload || version !== 'v1') && seen.has(name)) {
    errors.push(invalid(`${path}.name`, name, `duplicate KMS provider name ${name}, names must be unique`));
  }
  seen.add(name);
  const timeout = kms.timeout ? parseDuration(kms.timeout) : 3 * SECOND;
  if (timeout <= 0) errors.push(invalid(`${path}.timeout`, kms.timeout, 'timeout should be a positive value'));
  errors.push(...endpointErrors(`${path}.endpoint`, kms.endpoint ?? ''));
  if (version !== 'v1' && cachesize !== undefined && cachesize !== null) {
    errors.push(invalid(`${path}.cachesize`, cachesize, 'cachesize is not supported in v2'));
  }
  if (version === 'v1' && cachesize === 0) {
    const why = 'cachesize should be a positive value, or negative to disable';
    errors.push(invalid(`${path}.cachesize`, cachesize, why));
  }
  if (version !== 'v1' && version !== 'v2') {
    const why = 'unsupported apiVersion apiVersion for KMS provider, only v1 and v2 are supported';
    errors.push(invalid(`${path}.apiVersion`, version, why));
  }
  return errors;
}

function endpointErrors(path: string, endpoint: string): FieldError[] {
  if (endpoint === '') return [invalid(path, '', 'endpoint is a mandatory field for a kms')];
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(endpoint)?.[1]?.toLowerCase() ?? '';
  if (scheme === 'unix') return [];
  const why = `unsupported scheme ${JSON.stringify(scheme)} for KMS provider, only unix is supported`;
  return [invalid(path, endpoint, why)];
}
