import type { Sequence } from '../../by-hand/sequence.js';
import { CORE, PODS, pod, remove } from '../../by-hand/steps.js';
import { as, get, post, token, tokenOf, tokenRequest, tokenReview, whoami } from '../steps.js';

const API = 'https://kubernetes.default.svc.cluster.local';
const SECRETS = `${CORE}/secrets`;
const bound = (kind: string, name: string, more: object = {}) => ({
  boundObjectRef: { apiVersion: 'v1', kind, name, ...more },
});
const account = (name: string, more: object = {}) =>
  post(`account ${name}`, `${CORE}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name },
    ...more,
  });
const secret = (name: string) =>
  post(`secret ${name}`, SECRETS, { apiVersion: 'v1', kind: 'Secret', metadata: { name } });

/** What may be asked for. */
export const TOKEN_REQUESTS: Sequence = {
  name: 'token-requests',
  steps: [
    account('robot'),
    post('node', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'tokens-node' } }),
    post('pod', PODS, pod('web', { spec: { serviceAccountName: 'robot' } })),
    post('pod on a node', PODS, pod('placed', { spec: { serviceAccountName: 'robot', nodeName: 'tokens-node' } })),
    post('pod on no node', PODS, pod('lost', { spec: { serviceAccountName: 'robot', nodeName: 'no-such-node' } })),
    secret('kept'),
    tokenRequest('plain'),
    tokenRequest('of another account', {}, 'robot'),
    tokenRequest('of no account', {}, 'nobody'),
    ...[0, 1, -1, 599, 600, 601, 3600, 86_400, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 1e15].map((expirationSeconds) =>
      tokenRequest(`${expirationSeconds} seconds`, { expirationSeconds }),
    ),
    tokenRequest('a fraction of seconds', { expirationSeconds: 600.5 }),
    tokenRequest('seconds as text', { expirationSeconds: '600' }),
    tokenRequest('null seconds', { expirationSeconds: null }),
    tokenRequest('one audience', { audiences: ['vault'] }),
    tokenRequest('two audiences', { audiences: ['vault', API] }),
    tokenRequest('an empty audience', { audiences: [''] }),
    tokenRequest('no audiences', { audiences: [] }),
    tokenRequest('null audiences', { audiences: null }),
    tokenRequest('audiences a text', { audiences: 'vault' }),
    tokenRequest('the same twice', { audiences: ['vault', 'vault'] }),
    tokenRequest('for a pod', bound('Pod', 'web'), 'robot'),
    tokenRequest('for a pod on a node', bound('Pod', 'placed'), 'robot'),
    tokenRequest('for a pod on a node that is not there', bound('Pod', 'lost'), 'robot'),
    tokenRequest("for another account's pod", bound('Pod', 'web')),
    tokenRequest('for a pod that is not there', bound('Pod', 'nowhere'), 'robot'),
    tokenRequest('for a pod by its UID', bound('Pod', 'web', { uid: '{pod/metadata/uid}' }), 'robot'),
    tokenRequest('for a pod by a wrong UID', bound('Pod', 'web', { uid: 'wrong' }), 'robot'),
    tokenRequest('for a secret', bound('Secret', 'kept'), 'robot'),
    tokenRequest('for a secret that is not there', bound('Secret', 'nowhere')),
    tokenRequest('for a secret by a wrong UID', bound('Secret', 'kept', { uid: 'wrong' })),
    tokenRequest('for a node', bound('Node', 'tokens-node')),
    tokenRequest('for a node that is not there', bound('Node', 'nowhere')),
    tokenRequest('for a config map', bound('ConfigMap', 'kube-root-ca.crt')),
    tokenRequest('for a deployment', { boundObjectRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }),
    tokenRequest('for a pod of no version', { boundObjectRef: { kind: 'Pod', name: 'web' } }, 'robot'),
    tokenRequest(
      'for a pod of another version',
      { boundObjectRef: { apiVersion: 'v9', kind: 'Pod', name: 'web' } },
      'robot',
    ),
    tokenRequest('for nothing', { boundObjectRef: {} }),
    tokenRequest('as kubelets ask', { expirationSeconds: 3607, ...bound('Pod', 'web') }, 'robot'),
    tokenRequest(
      'as kubelets ask, elsewhere',
      { expirationSeconds: 3607, audiences: ['vault'], ...bound('Pod', 'web') },
      'robot',
    ),
    tokenRequest('as kubelets ask, without a pod', { expirationSeconds: 3607 }),
    tokenRequest('with its name', {}, 'default', { name: 'default', namespace: 'NS' }),
    tokenRequest('with another name', {}, 'default', { name: 'robot' }),
    tokenRequest('with another namespace', {}, 'default', { namespace: 'kube-system' }),
    tokenRequest('with a wrong UID', {}, 'default', { uid: 'wrong' }),
    tokenRequest('with labels', {}, 'default', { labels: { a: 'b' } }),
    tokenRequest('with an unknown field', { unknown: 1 }),
    post('strict with an unknown field', `${CORE}/serviceaccounts/default/token?fieldValidation=Strict`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { unknown: 1 },
    }),
    post('dry', `${CORE}/serviceaccounts/default/token?dryRun=All`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    }),
    post('without spec', `${CORE}/serviceaccounts/default/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
    }),
    post('of another kind', `${CORE}/serviceaccounts/default/token`, { apiVersion: 'v1', kind: 'ConfigMap' }),
    post('of no kind', `${CORE}/serviceaccounts/default/token`, {}),
    get('read', `${CORE}/serviceaccounts/default/token`),
    remove('removed', `${CORE}/serviceaccounts/default/token`),
  ],
};

const unsigned = (claims: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'nobody' })}.${part(claims)}.c2lnbmF0dXJl`;
};
const withoutKey = (claims: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
};

/** What tokens are good for, and until when. */
export const TOKEN_USES: Sequence = {
  name: 'token-uses',
  steps: [
    account('robot'),
    account('short-lived'),
    post('node', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'uses-node' } }),
    post('pod', PODS, pod('web', { spec: { serviceAccountName: 'robot', nodeName: 'uses-node' } })),
    post('doomed pod', PODS, pod('doomed', { spec: { serviceAccountName: 'robot' } })),
    secret('kept'),
    secret('doomed-secret'),
    post('doomed node', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'doomed-node' } }),
    tokenRequest('plain', {}, 'robot'),
    tokenRequest('vault', { audiences: ['vault'] }, 'robot'),
    tokenRequest('both', { audiences: ['vault', API] }, 'robot'),
    tokenRequest('of pod', bound('Pod', 'web'), 'robot'),
    tokenRequest('of doomed pod', bound('Pod', 'doomed'), 'robot'),
    tokenRequest('of secret', bound('Secret', 'kept'), 'robot'),
    tokenRequest('of doomed secret', bound('Secret', 'doomed-secret'), 'robot'),
    tokenRequest('of node', bound('Node', 'uses-node'), 'robot'),
    tokenRequest('of doomed node', bound('Node', 'doomed-node'), 'robot'),
    tokenRequest('of short-lived', {}, 'short-lived'),
    ...['plain', 'vault', 'both', 'of pod', 'of secret', 'of node'].flatMap((name) => [
      whoami(`who has ${name}`, tokenOf(name)),
      tokenReview(`review ${name}`, `{${name}/status/token}`),
      tokenReview(`review ${name} for vault`, `{${name}/status/token}`, ['vault']),
      tokenReview(`review ${name} for others`, `{${name}/status/token}`, ['x', 'y']),
      tokenReview(`review ${name} for all`, `{${name}/status/token}`, ['x', 'vault', API]),
    ]),
    remove('doom pod', `${PODS}/doomed?gracePeriodSeconds=0`),
    remove('doom secret', `${SECRETS}/doomed-secret`),
    remove('doom node', '/api/v1/nodes/doomed-node'),
    remove('doom account', `${CORE}/serviceaccounts/short-lived`),
    ...['of doomed pod', 'of doomed secret', 'of doomed node', 'of short-lived'].flatMap((name) => [
      whoami(`who has ${name}`, tokenOf(name)),
      tokenReview(`review ${name}`, `{${name}/status/token}`),
    ]),
    { ...account('short-lived'), does: 'account made anew' },
    { ...account('short-lived'), does: 'account again' },
    tokenReview('review of short-lived, made anew', '{of short-lived/status/token}'),
    as(tokenOf('plain'), get('pods by token', PODS)),
    as(tokenOf('vault'), get("pods by a vault's token", PODS)),
    ...[
      ['nonsense', 'nonsense'],
      ['three dots', 'a.b.c'],
      ['our issuer, no key', unsigned({ iss: API, aud: [API] })],
      ['our issuer, any key', withoutKey({ iss: API, aud: [API] })],
      ['old issuer, no key', unsigned({ iss: 'kubernetes/serviceaccount' })],
      ['old issuer, any key', withoutKey({ iss: 'kubernetes/serviceaccount' })],
      ['other issuer', unsigned({ iss: 'https://elsewhere' })],
      ['issuer a number', unsigned({ iss: 5 })],
      ['cut', '{plain/status/token}x'],
      ['bootstrap-like', 'abcdef.0123456789abcdef'],
    ].flatMap(([name, text]) => [
      whoami(`who has ${name}`, token(text as string)),
      tokenReview(`review ${name}`, text as string),
    ]),
    tokenReview('review an empty token', ''),
    tokenReview('review the static token', 'reference-token'),
    tokenReview('review the static token for vault', 'reference-token', ['vault']),
    tokenReview('review the static token for both', 'reference-token', ['vault', API]),
    post('review with a name', '/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      metadata: { name: 'x', labels: { a: 'b' } },
      spec: { token: 'reference-token' },
    }),
    ...[
      ['lower case', 'bearer reference-token'],
      ['upper case', 'BEARER reference-token'],
      ['space before', ' Bearer reference-token'],
      ['two spaces', 'Bearer  reference-token'],
      ['space behind', 'Bearer reference-token '],
      ['words behind', 'Bearer reference-token more'],
      ['no token', 'Bearer'],
      ['basic', 'Basic YWRtaW46YWRtaW4='],
      ['no scheme', 'reference-token'],
      ['tab', 'Bearer\treference-token'],
    ].map(([name, authorization]) => whoami(`header: ${name}`, { authorization: authorization as string })),
  ],
};
