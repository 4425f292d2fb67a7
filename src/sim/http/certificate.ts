import { Authority } from '../client/pki/authority.js';
import type { Micros } from '../kernel/time.js';

/** What a door shows its clients. PEM. */
export interface DoorCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authorities: string;
}

/**
 * A certificate for loopback of an authority of its own. `secret` must be fresh random text and `now` the wall clock:
 * real clients check it with theirs.
 */
export function doorCertificate(secret: string, now: Micros): DoorCertificate {
  // OpenSSL takes a certificate whose issuer has its own name for one that signed itself.
  const authority = new Authority(secret, 'kubedrill-door', { commonName: 'kubedrill-door-ca' }, now);
  const own = authority.issue({
    name: 'door',
    subject: { commonName: 'kubedrill' },
    usages: ['server'],
    dnsNames: ['localhost'],
    addresses: ['127.0.0.1'],
  });
  return { certificate: own.certificate(), key: own.privateKey(), authorities: authority.self.certificate() };
}
