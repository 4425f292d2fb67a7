import { describe, expect, test } from 'vitest';
import { Authority } from '../../../../src/sim/client/pki/authority.js';
import { handshake } from '../../../../src/sim/client/tls/handshake.js';
import type { ClientTls, ServerTls } from '../../../../src/sim/kernel/network.js';
import { DAY } from '../../../../src/sim/kernel/time.js';

const NOW = Date.UTC(2026, 0, 1) * 1000;
const ca = new Authority('one', 'ca', { commonName: 'kubernetes' }, NOW);
const impostor = new Authority('two', 'ca', { commonName: 'kubernetes' }, NOW);
const stranger = new Authority('three', 'ca', { commonName: 'stranger' }, NOW);
const server = ca.issue({
  name: 'server',
  subject: { commonName: 'kube-apiserver' },
  usages: ['server'],
  dnsNames: ['controlplane', '*.example.com'],
  addresses: ['10.96.0.1', '172.30.1.2', '::1'],
});
const user = ca.issue({ name: 'user', subject: { commonName: 'u' }, usages: ['client'] });
const bare = ca.issue({ name: 'bare', subject: { commonName: 'bare.example.com' }, usages: ['server'] });
const short = ca.issue({ name: 'short', subject: { commonName: 's' }, usages: ['client'], notAfter: NOW + DAY });

const serverTls = (more: Partial<ServerTls> = {}): ServerTls => ({
  certificate: server.certificate,
  key: server.privateKey,
  ...more,
});
const clientTls = (more: ClientTls = {}): ClientTls => ({ authorities: ca.self.certificate(), ...more });
const strict = { clientAuthorities: ca.self.certificate, clientRequired: true };

describe('the client judges the server (words of Go 1.26 crypto/x509)', () => {
  const refused = 'tls: failed to verify certificate: x509: ';
  const cases: [string, ServerTls, ClientTls, string, number, string | undefined][] = [
    ['address', serverTls(), clientTls(), '172.30.1.2', NOW, undefined],
    ['IPv6 address', serverTls(), clientTls(), '::1', NOW, undefined],
    ['name', serverTls(), clientTls(), 'controlplane', NOW, undefined],
    ['wildcard', serverTls(), clientTls(), 'a.example.com', NOW, undefined],
    [
      'wildcard covers one label',
      serverTls(),
      clientTls(),
      'b.a.example.com',
      NOW,
      'certificate is valid for controlplane, *.example.com, not b.a.example.com',
    ],
    [
      'other address',
      serverTls(),
      clientTls(),
      '1.2.3.4',
      NOW,
      'certificate is valid for 10.96.0.1, 172.30.1.2, ::1, not 1.2.3.4',
    ],
    [
      'no addresses',
      serverTls({ certificate: bare.certificate }),
      clientTls(),
      '1.2.3.4',
      NOW,
      "cannot validate certificate for 1.2.3.4 because it doesn't contain any IP SANs",
    ],
    [
      'common name only',
      serverTls({ certificate: bare.certificate }),
      clientTls(),
      'bare.example.com',
      NOW,
      'certificate relies on legacy Common Name field, use SANs instead',
    ],
    ['no authority given', serverTls(), {}, '172.30.1.2', NOW, 'certificate signed by unknown authority'],
    [
      'other authority',
      serverTls(),
      clientTls({ authorities: stranger.self.certificate() }),
      '172.30.1.2',
      NOW,
      'certificate signed by unknown authority',
    ],
    [
      'same name, other key',
      serverTls(),
      clientTls({ authorities: impostor.self.certificate() }),
      '172.30.1.2',
      NOW,
      'certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "kubernetes")',
    ],
    [
      'expired',
      serverTls(),
      clientTls(),
      '172.30.1.2',
      NOW + 366 * DAY,
      'certificate has expired or is not yet valid: current time 2027-01-02T00:00:00Z is after 2027-01-01T00:00:00Z',
    ],
    [
      'too early',
      serverTls(),
      clientTls(),
      '172.30.1.2',
      NOW - DAY,
      'certificate has expired or is not yet valid: current time 2025-12-31T00:00:00Z is before 2025-12-31T23:00:00Z',
    ],
    [
      'a client certificate',
      serverTls({ certificate: user.certificate }),
      clientTls({ serverName: '' }),
      'u',
      NOW,
      'certificate relies on legacy Common Name field, use SANs instead',
    ],
    ['insecure', serverTls(), { insecure: true }, 'nowhere', NOW, undefined],
  ];
  test.each(cases)('%s', (_title, serving, client, name, now, message) => {
    const shake = () => handshake(serving, client, name, now);
    if (message === undefined) expect(shake()).toEqual({});
    else expect(shake).toThrow(refused + message);
  });
});

describe('the server judges the client', () => {
  const cases: [string, ServerTls, ClientTls, number, string | undefined][] = [
    ['good', serverTls(strict), clientTls({ certificate: user.certificate() }), NOW, undefined],
    ['none', serverTls(strict), clientTls(), NOW, 'remote error: tls: certificate required'],
    [
      'of another authority',
      serverTls(strict),
      clientTls({
        certificate: stranger.issue({ name: 'x', subject: { commonName: 'x' }, usages: ['client'] }).certificate(),
      }),
      NOW,
      'remote error: tls: unknown certificate authority',
    ],
    [
      'expired',
      serverTls(strict),
      clientTls({ certificate: short.certificate() }),
      NOW + 2 * DAY,
      'remote error: tls: expired certificate',
    ],
    [
      'for servers',
      serverTls(strict),
      clientTls({ certificate: server.certificate() }),
      NOW,
      'remote error: tls: bad certificate',
    ],
    ['unjudged', serverTls(), clientTls({ certificate: stranger.self.certificate() }), NOW, undefined],
  ];
  test.each(cases)('%s', (_title, serving, client, now, message) => {
    const shake = () => handshake(serving, client, 'controlplane', now);
    if (message === undefined) expect(shake()).toEqual({ certificate: client.certificate });
    else expect(shake).toThrow(message);
  });
});
