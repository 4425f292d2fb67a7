import { dump, load } from 'js-yaml';

interface Kubeconfig {
  clusters: { name: string; cluster: Record<string, string> }[];
  [field: string]: unknown;
}

/** A kubeconfig of the cluster's administrator that leads through the door on loopback. */
export function doorKubeconfig(administrator: string, port: number, authorities: string): string {
  const config = load(administrator) as Kubeconfig;
  const data = Buffer.from(authorities).toString('base64');
  const clusters = config.clusters.map(({ name }) => ({
    name,
    cluster: { 'certificate-authority-data': data, server: `https://127.0.0.1:${port}` },
  }));
  return dump({ ...config, clusters });
}
