/** Client certificates that requests are made with: of the authority that the server trusts, and of others. */
import { Authority, type Credential } from '../../../src/sim/client/pki/authority.js';
import { DAY, HOUR } from '../../../src/sim/kernel/time.js';
import { issueFor } from '../../sim/client/pki/issue-for.js';

/** PEM of both. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** What a server trusts, and who can show what, at some instant. */
export interface Credentials {
  /** PEM of the authority of clients (--client-ca-file). */
  readonly clients: string;
  /** PEM of the authority of proxies (--requestheader-client-ca-file). */
  readonly proxies: string;
  /** Alphabetical. */
  readonly certificates: Readonly<Record<string, ClientCertificate>>;
}

/** The flags of a front proxy, which kubeadm gives. */
export const FRONT_PROXY = {
  allowedNames: ['front-proxy-client'],
  userHeaders: ['X-Remote-User'],
  uidHeaders: ['X-Remote-Uid'],
  groupHeaders: ['X-Remote-Group'],
  extraPrefixes: ['X-Remote-Extra-'],
} as const;

/** Makes all of them. `now` in microseconds is the server's clock. */
export function makeCredentials(now: number): Credentials {
  const ours = new Authority('authentication', 'ca', { commonName: 'kubernetes' }, now - 2 * DAY);
  const foreign = new Authority('authentication', 'foreign', { commonName: 'kubernetes' }, now - 2 * DAY);
  const proxies = new Authority('authentication', 'proxies', { commonName: 'front-proxy-ca' }, now - 2 * DAY);
  const pems = (credential: Credential) => ({
    certificate: credential.certificate(),
    key: credential.privateKey(),
  });
  const client = (commonName: string, organizations: readonly string[] = [], times = {}, authority = ours) =>
    pems(
      authority.issue({
        name: `${commonName} ${organizations.join()} ${JSON.stringify(times)}`,
        subject: { commonName, organizations },
        usages: ['client'],
        ...times,
      }),
    );
  const masters = ['system:masters'];
  const nodes = ['system:nodes'];
  const serving = ours.issue({
    name: 'serving',
    subject: { commonName: 'serving', organizations: masters },
    usages: ['server'],
  });
  return {
    clients: ours.self.certificate(),
    proxies: proxies.self.certificate(),
    certificates: {
      admin: client('certificate-admin', masters),
      anonymous: client('system:anonymous', masters),
      expired: client('late', masters, { notAfter: now - HOUR }),
      foreign: client('foreign', masters, {}, foreign),
      future: client('early', masters, { notBefore: now + HOUR }),
      jane: client('jane', ['dev', 'ops']),
      kim: client('kim'),
      nameless: issueFor(ours, 'nameless', { organizations: masters }, now),
      'node-a': client('system:node:node-a', nodes),
      'node-alone': client('system:node:node-a'),
      'node-b': client('system:node:node-b', nodes),
      'node-nameless': client('system:node:', nodes),
      'other-proxy': client('other-proxy', [], {}, proxies),
      proxy: client('front-proxy-client', [], {}, proxies),
      serving: pems(serving),
      uid: issueFor(ours, 'uid', { commonName: 'una', organizations: ['dev'], uid: 'u-1' }, now),
      'uid-empty': issueFor(ours, 'uid-empty', { commonName: 'una', uid: '' }, now),
    },
  };
}
