import type { Sequence, Step } from '../../by-hand/sequence.js';
import { as, get, post, token, tokenReview, whoami } from '../steps.js';

const VALUE = '0123456789abcdef';
const GOOD = { 'usage-bootstrap-authentication': 'true' };

/** Tokens by their id: what their secrets hold beside it. */
const TOKENS: Readonly<Record<string, object>> = {
  aaaaa1: GOOD,
  aaaaa2: { ...GOOD, 'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token' },
  aaaaa3: { ...GOOD, 'auth-extra-groups': 'system:bootstrappers:b,system:bootstrappers:a,system:bootstrappers:b' },
  aaaaa4: { ...GOOD, 'auth-extra-groups': 'system:masters' },
  aaaaa5: { ...GOOD, 'auth-extra-groups': 'system:bootstrappers:UPPER' },
  aaaaa6: { ...GOOD, expiration: '2000-01-01T00:00:00Z' },
  aaaaa7: { ...GOOD, expiration: '2100-01-01T00:00:00Z' },
  aaaaa8: { ...GOOD, expiration: '2100-01-01T00:00:00+02:00' },
  aaaaa9: { ...GOOD, expiration: 'tomorrow' },
  bbbbb1: { 'usage-bootstrap-authentication': 'false' },
  bbbbb2: { 'usage-bootstrap-authentication': 'True' },
  bbbbb3: {},
  bbbbb4: { ...GOOD, 'token-id': 'other1' },
  bbbbb5: { ...GOOD, 'token-secret': 'ffffffffffffffff' },
};

function secret(id: string, data: object, type = 'bootstrap.kubernetes.io/token', namespace = 'kube-system'): Step {
  return post(`secret ${id} in ${namespace}`, `/api/v1/namespaces/${namespace}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}` },
    type,
    stringData: { 'token-id': id, 'token-secret': VALUE, ...data },
  });
}

/** Tokens with which machines join. */
export const BOOTSTRAP: Sequence = {
  name: 'bootstrap',
  steps: [
    ...Object.entries(TOKENS).map(([id, data]) => secret(id, data)),
    secret('ccccc1', GOOD, 'Opaque'),
    secret('ccccc2', GOOD, undefined, 'default'),
    ...[...Object.keys(TOKENS), 'ccccc1', 'ccccc2', 'nobody'].flatMap((id) => [
      whoami(`who has ${id}`, token(`${id}.${VALUE}`)),
      tokenReview(`review ${id}`, `${id}.${VALUE}`),
    ]),
    tokenReview('review upper case', `AAAAA1.${VALUE}`),
    tokenReview('review a long id', `aaaaa11.${VALUE}`),
    tokenReview('review a short secret', 'aaaaa1.0123'),
    tokenReview('review a wrong secret', 'aaaaa1.fedcba9876543210'),
    tokenReview('review for vault', `aaaaa1.${VALUE}`, ['vault']),
    as(token(`aaaaa1.${VALUE}`), get('nodes by a token', '/api/v1/nodes')),
  ],
};
