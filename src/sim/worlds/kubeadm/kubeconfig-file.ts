import { printYaml } from '../../api/yaml/print.js';

/** What a kubeconfig with embedded certificates says. Certificates and key are PEM. */
export interface KubeconfigContent {
  readonly server: string;
  readonly cluster: string;
  readonly user: string;
  readonly authorities: string;
  readonly certificate: string;
  readonly key: string;
}

/** A kubeconfig as kubeadm writes it, with one cluster, one user and the context that joins them. */
export function kubeconfigFile({ server, cluster, user, authorities, certificate, key }: KubeconfigContent): string {
  const context = `${user}@${cluster}`;
  const encode = (pem: string): string => Buffer.from(pem).toString('base64');
  return printYaml({
    apiVersion: 'v1',
    clusters: [{ cluster: { 'certificate-authority-data': encode(authorities), server }, name: cluster }],
    contexts: [{ context: { cluster, user }, name: context }],
    'current-context': context,
    kind: 'Config',
    users: [{ name: user, user: { 'client-certificate-data': encode(certificate), 'client-key-data': encode(key) } }],
  });
}
