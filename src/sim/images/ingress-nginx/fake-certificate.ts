import { selfSigned } from '../../client/pki/authority.js';
import type { Sys } from '../../kernel/sys.js';
import type { SslCertificate } from './model.js';
import { FAKE_CERTIFICATE } from './nginx-conf.js';

/** The certificate for hosts that nobody has one for, made when the controller starts. */
export function fakeCertificate(sys: Sys): SslCertificate {
  const made = selfSigned(
    Buffer.from(sys.random().bytes(16)).toString('hex'),
    {
      name: 'fake',
      subject: { commonName: 'Kubernetes Ingress Controller Fake Certificate', organizations: ['Acme Co'] },
      usages: ['server'],
      dnsNames: ['ingress.local'],
    },
    sys.now(),
  );
  const [certificate, key] = [made.certificate(), made.privateKey()];
  sys.writeFile(FAKE_CERTIFICATE, `${certificate}${key}`, 0o600);
  return { uid: 'fake', certificate, key };
}
