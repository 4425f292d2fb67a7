import type { KindHost, Shape } from './shape.js';

/** Ports of the control plane's node that are reachable on this computer's loopback address; kind chooses free ones. */
export const MAPPED_PORTS: readonly number[] = [80, 443, 30000, 30080, 30443];

/** What a cluster's configuration is made of. */
export interface KindConfigInput {
  readonly cluster: string;
  readonly hosts: readonly KindHost[];
  readonly shape: Shape;
  /** A folder of the person's that all nodes see at the same path. */
  readonly answers: string;
}

/**
 * kind's configuration (`kind.x-k8s.io/v1alpha4`) as JSON, which is YAML. A node's name comes of kubeadm's
 * `nodeRegistration.name`: kind waits for and taints nodes by labels and `--all`, and speaks to containers by their own
 * names, so nothing of it depends on what a node is called. A patch without apiVersion fits whatever version of kubeadm's
 * configuration kind writes.
 */
export function kindConfig({ cluster, hosts, shape, answers }: KindConfigInput): string {
  return `${JSON.stringify(
    {
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      name: cluster,
      networking: networking(shape),
      nodes: hosts.map(({ name, role }) => ({
        role,
        image: shape.image,
        ...(role === 'control-plane' && shape.addons.includes('ingress-nginx')
          ? { labels: { 'ingress-ready': 'true' } }
          : {}),
        extraMounts: [{ hostPath: answers, containerPath: answers }],
        ...(role === 'control-plane' ? { extraPortMappings: MAPPED_PORTS.map(onLoopback) } : {}),
        kubeadmConfigPatches: [
          JSON.stringify({
            kind: role === 'control-plane' ? 'InitConfiguration' : 'JoinConfiguration',
            nodeRegistration: { name },
          }),
        ],
      })),
    },
    undefined,
    2,
  )}\n`;
}

function networking({ network, dualStack }: Shape) {
  return {
    apiServerAddress: '127.0.0.1',
    ...(dualStack ? { ipFamily: 'dual' } : {}),
    ...(network === 'kindnet' ? {} : { disableDefaultCNI: true }),
    // What flannel's manifest says its network is; calico finds out by itself.
    ...(network === 'flannel' ? { podSubnet: '10.244.0.0/16' } : {}),
    ...(network === 'calico' ? { podSubnet: dualStack ? '192.168.0.0/16,fd00:10:244::/56' : '192.168.0.0/16' } : {}),
  };
}

/** Host port 0: kind finds a free one and keeps it for the container's life. */
function onLoopback(containerPort: number) {
  return { containerPort, hostPort: 0, listenAddress: '127.0.0.1' };
}
