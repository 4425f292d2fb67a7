import { printYaml } from '../../api/yaml/print.js';

/** What a kubeconfig for one user of one cluster needs. PEM. */
export interface KubeconfigParts {
  readonly cluster: string;
  readonly server: string;
  readonly authorities: string;
  readonly user: string;
  readonly context?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** Paths instead of data, as kubelet.conf has them. */
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly token?: string;
  readonly namespace?: string;
}

/** The text of a kubeconfig as kubeadm writes it. */
export function writeKubeconfig(parts: KubeconfigParts): string {
  const context = parts.context ?? `${parts.user}@${parts.cluster}`;
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const user: Record<string, string> = {};
  if (parts.certificateFile) user['client-certificate'] = parts.certificateFile;
  else if (parts.certificate) user['client-certificate-data'] = base64(parts.certificate);
  if (parts.keyFile) user['client-key'] = parts.keyFile;
  else if (parts.key) user['client-key-data'] = base64(parts.key);
  if (parts.token) user['token'] = parts.token;
  return printYaml({
    apiVersion: 'v1',
    clusters: [
      {
        cluster: { 'certificate-authority-data': base64(parts.authorities), server: parts.server },
        name: parts.cluster,
      },
    ],
    contexts: [
      {
        context: {
          cluster: parts.cluster,
          ...(parts.namespace ? { namespace: parts.namespace } : {}),
          user: parts.user,
        },
        name: context,
      },
    ],
    'current-context': context,
    kind: 'Config',
    preferences: {},
    users: [{ name: parts.user, user }],
  });
}
