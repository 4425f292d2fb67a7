import { parseTime } from '../../api/time.js';
import type { Secret } from '../../api/types/config.js';
import { objectOf } from '../storage/stored-object.js';
import type { Credentialed, TokenAuthenticator } from './authenticator.js';

const SECRET_TYPE = 'bootstrap.kubernetes.io/token';
const DEFAULT_GROUP = 'system:bootstrappers';
const GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;

/** Tokens with which machines join a cluster: `id.secret`, kept in kube-system's Secrets `bootstrap-token-ID`. */
export const BOOTSTRAP_TOKENS: TokenAuthenticator = {
  name: 'bootstrap-token',
  authenticate: (token, request) => {
    const [, id, secret] = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(token) ?? [];
    if (id === undefined) return undefined;
    const data = readSecret(id, request);
    if (!data || data('token-secret') !== secret || data('token-id') !== id) return undefined;
    if (isPast(data('expiration'), request) || data('usage-bootstrap-authentication') !== 'true') return undefined;
    const groups = groupsOf(data('auth-extra-groups'));
    return groups && { user: { name: `system:bootstrap:${id}`, groups } };
  },
};

function readSecret(id: string, { parts }: Credentialed): ((key: string) => string) | undefined {
  const entry = parts.etcd.current?.get(`/registry/secrets/kube-system/bootstrap-token-${id}`);
  if (!entry) return undefined;
  const secret = objectOf(entry) as Secret;
  if (secret.metadata.deletionTimestamp || secret.type !== SECRET_TYPE || !secret.data) return undefined;
  const { data } = secret;
  return (key) => (Object.hasOwn(data, key) ? Buffer.from(data[key] ?? '', 'base64').toString('latin1') : '');
}

/** What cannot be read is over. */
function isPast(expiration: string, { now }: Credentialed): boolean {
  if (expiration === '') return false;
  const until = parseTime(expiration);
  return until === undefined || until <= now;
}

/** In order, each once; undefined when one of them may not be given by a token. */
function groupsOf(extra: string): string[] | undefined {
  const given = extra === '' ? [] : extra.split(',');
  if (!given.every((group) => GROUP.test(group))) return undefined;
  return [...new Set([DEFAULT_GROUP, ...given])].sort((a, b) => (a < b ? -1 : 1));
}
