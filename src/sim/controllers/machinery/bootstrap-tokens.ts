import { parseTime } from '../../api/time.js';
import type { Secret } from '../../api/types/config.js';
import type { Micros } from '../../kernel/time.js';

/** Where bootstrap tokens are kept, and as what. */
export const BOOTSTRAP_NAMESPACE = 'kube-system';
const TYPE = 'bootstrap.kubernetes.io/token';

/** Whether a secret holds a bootstrap token. */
export function isBootstrapToken({ metadata, type }: Secret): boolean {
  return metadata.namespace === BOOTSTRAP_NAMESPACE && type === TYPE;
}

/** A value of a bootstrap token's secret. */
export function tokenField({ data }: Secret, key: string): string {
  return data && Object.hasOwn(data, key) ? Buffer.from(data[key] ?? '', 'base64').toString('utf8') : '';
}

/** How long a token is still good; undefined: for ever. What cannot be read is over. */
export function tokenLife(secret: Secret, now: Micros): Micros | undefined {
  const expiration = tokenField(secret, 'expiration');
  if (expiration === '') return undefined;
  return Math.max((parseTime(expiration) ?? now) - now, 0);
}
