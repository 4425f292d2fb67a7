import { join } from 'node:path';
import type { RealServerOptions } from '../reference/real-server.js';
import { Authority } from './certificates.js';
import { NODES } from './node-files.js';

const SERVICE_ADDRESS = '10.96.0.1';

/** Makes an authority below a folder, and what a control plane, its nodes and its administrator show. `addresses`: the API server's. */
export function makeCertificates(folder: string, addresses: readonly string[]): Authority {
  const pki = new Authority(join(folder, 'pki'), 'ca');
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const names = ['localhost', 'controlplane', ...service].map((name) => `DNS:${name}`);
  const numbers = ['127.0.0.1', SERVICE_ADDRESS, ...addresses].map((address) => `IP:${address}`);
  pki.sign({ name: 'apiserver', commonName: 'kube-apiserver', names: [...names, ...numbers] });
  pki.sign({
    name: 'apiserver-kubelet-client',
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'system:masters',
  });
  pki.sign({ name: 'front-proxy-client', commonName: 'front-proxy-client' });
  pki.sign({ name: 'admin', commonName: 'kubernetes-admin', organization: 'system:masters' });
  pki.sign({ name: 'kube-proxy', commonName: 'system:kube-proxy' });
  for (const { name } of NODES) pki.sign({ name, commonName: `system:node:${name}`, organization: 'system:nodes' });
  return pki;
}

/**
 * As kubeadm starts it, as far as it is not how every real server is started here. `address` is what others are told,
 * `bind` where it listens.
 */
export function controlPlane(
  pki: Authority,
  { address, bind }: { readonly address: string; readonly bind: string },
): Required<Pick<RealServerOptions, 'flags' | 'controllers' | 'scheduler'>> {
  const accounts = pki.path('apiserver.key');
  return {
    flags: [
      `--bind-address=${bind}`,
      `--advertise-address=${address}`,
      `--client-ca-file=${pki.path('ca.crt')}`,
      `--tls-cert-file=${pki.path('apiserver.crt')}`,
      `--tls-private-key-file=${pki.path('apiserver.key')}`,
      `--kubelet-client-certificate=${pki.path('apiserver-kubelet-client.crt')}`,
      `--kubelet-client-key=${pki.path('apiserver-kubelet-client.key')}`,
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      `--proxy-client-cert-file=${pki.path('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${pki.path('front-proxy-client.key')}`,
      `--requestheader-client-ca-file=${pki.path('ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      `--service-account-key-file=${accounts}`,
      `--service-account-signing-key-file=${accounts}`,
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
    ],
    controllers: [
      '--cluster-cidr=10.244.0.0/16',
      `--cluster-signing-cert-file=${pki.path('ca.crt')}`,
      `--cluster-signing-key-file=${pki.path('ca.key')}`,
      '--controllers=*,bootstrapsigner,tokencleaner',
      `--root-ca-file=${pki.path('ca.crt')}`,
      `--service-account-private-key-file=${accounts}`,
      '--service-cluster-ip-range=10.96.0.0/12',
      '--use-service-account-credentials=true',
    ],
    scheduler: [],
  };
}
