import { deepCopy, type KubeObject } from '../api/object.js';
import type { CertificateSigningRequest } from '../api/types/certificates.js';
import type { UserInfo } from './request/user-info.js';

/** Writes into a request for a certificate who asks for it, whatever it says itself. */
export function noteRequester(object: KubeObject, user: UserInfo): void {
  const { spec } = object as CertificateSigningRequest;
  for (const field of ['username', 'uid', 'groups', 'extra'] as const) delete spec[field];
  if (user.name) spec.username = user.name;
  if (user.uid) spec.uid = user.uid;
  if (user.groups.length > 0) spec.groups = [...user.groups];
  if (user.extra && Object.keys(user.extra).length > 0) spec.extra = deepCopy(user.extra) as Record<string, string[]>;
}
