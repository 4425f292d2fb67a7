import type { Sequence } from '../../by-hand/sequence.js';
import { as, certificate, get, NOBODY, token, whoami } from '../steps.js';

const PODS = '/api/v1/namespaces/NS/pods';
const KNOWN = ['admin', 'anonymous', 'jane', 'kim', 'nameless', 'node-a', 'node-alone', 'uid', 'uid-empty'];
const BAD = ['expired', 'foreign', 'future', 'serving', 'proxy', 'other-proxy'];
const remote = (more: Readonly<Record<string, string>> = {}) => ({
  ...certificate('proxy'),
  'x-remote-user': 'paul',
  ...more,
});

/** Certificates, alone and with something else beside them. */
export const CLIENT_CERTIFICATES: Sequence = {
  name: 'client-certificates',
  steps: [
    ...[...KNOWN, ...BAD].flatMap((name) => [
      whoami(`who is ${name}`, certificate(name)),
      as(certificate(name), get(`pods by ${name}`, PODS)),
      as(certificate(name), get(`version by ${name}`, '/version')),
    ]),
    ...['jane', 'expired', 'foreign'].flatMap((name) => [
      whoami(`${name} with a good token`, { ...certificate(name), ...token('reference-token') }),
      whoami(`${name} with a bad token`, { ...certificate(name), ...token('nonsense') }),
      whoami(`${name} with an empty token`, { ...certificate(name), authorization: 'Bearer ' }),
    ]),
    whoami('nobody', NOBODY),
    as(NOBODY, get('pods by nobody', PODS)),
    as(NOBODY, get('health by nobody', '/healthz')),
    as(NOBODY, get('version by nobody', '/version')),
    as(NOBODY, get('groups by nobody', '/apis')),
    as(NOBODY, get('metrics by nobody', '/metrics')),
    as(NOBODY, get('no path by nobody', '/no/such/path')),
  ],
};

/** Users that a proxy names. */
export const FRONT_PROXIES: Sequence = {
  name: 'front-proxies',
  steps: [
    whoami('a proxy for somebody', remote()),
    whoami('for somebody of groups', remote({ 'x-remote-group': 'dev,ops' })),
    whoami('for somebody with a UID', remote({ 'x-remote-uid': 'u-7' })),
    whoami('for somebody with more', remote({ 'x-remote-extra-scopes': 'all', 'x-remote-extra-acme%2ecom%2fx': 'y' })),
    whoami('for nobody', remote({ 'x-remote-user': '' })),
    whoami('for a master', remote({ 'x-remote-group': 'system:masters' })),
    as(remote({ 'x-remote-group': 'system:masters' }), get('pods for a master', PODS)),
    whoami(
      'for somebody unknown',
      remote({ 'x-remote-user': 'system:anonymous', 'x-remote-group': 'system:unauthenticated' }),
    ),
    whoami('another proxy', { ...remote(), ...certificate('other-proxy') }),
    whoami('somebody who is no proxy', { ...remote(), ...certificate('jane') }),
    whoami('no certificate', { ...NOBODY, 'x-remote-user': 'paul' }),
    whoami('a proxy with a token', { ...remote(), ...token('reference-token') }),
    whoami('a proxy for nobody with a token', { ...certificate('proxy'), ...token('reference-token') }),
    whoami('a stranger who says he is a proxy', { ...remote(), ...certificate('foreign') }),
  ],
};
