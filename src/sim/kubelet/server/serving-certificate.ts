import { selfSigned } from '../../client/pki/authority.js';
import { encodeText } from '../../kernel/bytes.js';
import { exists } from '../../kernel/libc/exists.js';
import type { ServerTls } from '../../kernel/network.js';
import type { KubeletContext } from '../context.js';
import { makeFolders, readText } from '../pods/host-files.js';

/** kubelet's --cert-dir, as it is without the flag. */
const FOLDER = '/var/lib/kubelet/pki';
const CERTIFICATE = `${FOLDER}/kubelet.crt`;
const KEY = `${FOLDER}/kubelet.key`;

/** What kubelet serves with. It takes any client's certificate and judges it later (tls.RequestClientCert). */
export function servingTls(context: KubeletContext): ServerTls {
  keepCertificate(context);
  const { clientCAFile } = context.config;
  return {
    certificate: () => readText(context, CERTIFICATE),
    key: () => readText(context, KEY),
    ...(clientCAFile === undefined ? {} : { askedAuthorities: () => readText(context, clientCAFile) }),
  };
}

/** Without a certificate kubelet signs one for itself (certutil.GenerateSelfSignedCertKey) and keeps it. */
function keepCertificate(context: KubeletContext): void {
  const { sys, nodeName } = context;
  if (exists(sys, CERTIFICATE) && exists(sys, KEY)) return;
  const secret = Buffer.from(sys.random().bytes(32)).toString('hex');
  const made = selfSigned(
    secret,
    {
      name: 'kubelet-serving',
      subject: { commonName: `${nodeName}@${Math.floor(sys.now() / 1e6)}` },
      dnsNames: [nodeName],
      usages: ['server'],
    },
    sys.now(),
  );
  makeFolders(context, FOLDER, 0o755);
  sys.writeFile(CERTIFICATE, encodeText(made.certificate()), 0o644);
  sys.writeFile(KEY, encodeText(made.privateKey()), 0o600);
}
