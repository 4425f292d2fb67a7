export const DRIVER = 'hostpath.csi.k8s.io';
const REGISTRY = 'registry.k8s.io/sig-storage';
const ADDRESS = '--csi-address=/csi/csi.sock';

/** The labels that all objects of the driver carry. */
export const labelsOf = (name: string, component: string) => ({
  'app.kubernetes.io/instance': DRIVER,
  'app.kubernetes.io/part-of': 'csi-driver-host-path',
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': component,
});

const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
const mount = (name: string, mountPath: string) => ({ name, mountPath });
const socket = mount('socket-dir', '/csi');
const node = field('KUBE_NODE_NAME', 'spec.nodeName');
const securityContext = { privileged: true };
const healthz = (containerPort: number) => [{ containerPort, name: 'healthz', protocol: 'TCP' }];
const probe = { httpGet: { path: '/healthz', port: 'healthz' } };

/** Where a sidecar runs that looks after its own node. */
export const NODE_ENV = [
  field('NODE_NAME', 'spec.nodeName'),
  field('NAMESPACE', 'metadata.namespace'),
  field('POD_NAME', 'metadata.name'),
];

/** A sidecar that asks the driver beside it: its image's tag, and its arguments. */
export function sidecar(name: string, tag: string, args: readonly string[]): object {
  return {
    name,
    image: `${REGISTRY}/${name}:${tag}`,
    args: ['-v=5', ADDRESS, ...args],
    securityContext,
    volumeMounts: [socket],
  };
}

/** The provisioner, which is told where it runs. */
export function provisioner(args: readonly string[]): object {
  return { ...sidecar('csi-provisioner', 'v6.3.0', ['--feature-gates=Topology=true', ...args]), env: NODE_ENV };
}

/** The driver, what tells kubelet of it, and what looks whether it lives. */
export function driver(args: readonly string[]): object[] {
  const spread = (name: string, path: string) => ({ ...mount(name, path), mountPropagation: 'Bidirectional' });
  return [
    {
      name: 'node-driver-registrar',
      image: `${REGISTRY}/csi-node-driver-registrar:v2.17.0`,
      args: [
        '--v=5',
        ADDRESS,
        '--kubelet-registration-path=/var/lib/kubelet/plugins/csi-hostpath/csi.sock',
        '--http-endpoint=:9809',
      ],
      env: [node],
      securityContext,
      ports: healthz(9809),
      livenessProbe: { ...probe, initialDelaySeconds: 30, timeoutSeconds: 15, periodSeconds: 10, failureThreshold: 3 },
      volumeMounts: [socket, mount('registration-dir', '/registration'), mount('csi-data-dir', '/csi-data-dir')],
    },
    {
      name: 'hostpath',
      image: `${REGISTRY}/hostpathplugin:v1.17.1`,
      args: [`--drivername=${DRIVER}`, '--v=5', '--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(KUBE_NODE_NAME)', ...args],
      env: [{ name: 'CSI_ENDPOINT', value: 'unix:///csi/csi.sock' }, node],
      securityContext,
      ports: healthz(9898),
      livenessProbe: { ...probe, initialDelaySeconds: 10, timeoutSeconds: 3, periodSeconds: 2, failureThreshold: 5 },
      volumeMounts: [
        socket,
        spread('mountpoint-dir', '/var/lib/kubelet/pods'),
        spread('plugins-dir', '/var/lib/kubelet/plugins'),
        mount('csi-data-dir', '/csi-data-dir'),
        mount('dev-dir', '/dev'),
      ],
    },
    {
      name: 'liveness-probe',
      image: `${REGISTRY}/livenessprobe:v2.19.0`,
      args: [ADDRESS, '--health-port=9898'],
      volumeMounts: [socket],
    },
  ];
}

/** What of the node the driver's pods see. */
export function hostVolumes(): object[] {
  const hostPath = (name: string, path: string, type = 'DirectoryOrCreate') => ({ name, hostPath: { path, type } });
  return [
    hostPath('socket-dir', '/var/lib/kubelet/plugins/csi-hostpath'),
    hostPath('mountpoint-dir', '/var/lib/kubelet/pods'),
    hostPath('registration-dir', '/var/lib/kubelet/plugins_registry', 'Directory'),
    hostPath('plugins-dir', '/var/lib/kubelet/plugins', 'Directory'),
    hostPath('csi-data-dir', '/var/lib/csi-hostpath-data/'),
    hostPath('dev-dir', '/dev', 'Directory'),
  ];
}
