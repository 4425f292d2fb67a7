import type { KubeObject } from '../../api/object.js';
import { parseTime } from '../../api/time.js';
import { MINUTE } from '../../kernel/time.js';
import { objectOf } from '../storage/stored-object.js';
import { CredentialError, type Credentialed } from './authenticator.js';

/** What a token says of an object that it depends on. */
export interface Reference {
  readonly name?: string;
  readonly uid?: string;
}

/** An object of the core group as it is stored now. `path` is what follows /registry/. */
export function readCore({ parts }: Credentialed, path: string): KubeObject | undefined {
  const entry = parts.etcd.current?.get(`/registry/${path}`);
  return entry && objectOf(entry);
}

/** Whether an object was to be gone more than a minute ago. */
export function isLongDeleted({ metadata }: KubeObject, now: number): boolean {
  const deleted = metadata.deletionTimestamp ? parseTime(metadata.deletionTimestamp) : undefined;
  return deleted !== undefined && deleted < now - MINUTE;
}

/** Why a token that is bound to an object is good no longer; undefined while the object is there. */
export function boundObjectError(
  request: Credentialed,
  kind: 'Node' | 'Pod' | 'Secret',
  path: string,
  reference: Reference,
): CredentialError | undefined {
  const object = readCore(request, path);
  if (!object) return new CredentialError('service account token has been invalidated');
  const { uid = '' } = object.metadata;
  if (uid !== (reference.uid ?? '')) {
    const what = kind.toLowerCase();
    const words = `${what} UID (${uid}) does not match service account ${what} ref claim (${reference.uid ?? ''})`;
    return new CredentialError(words);
  }
  if (isLongDeleted(object, request.now)) return new CredentialError('service account token has been invalidated');
  return undefined;
}
