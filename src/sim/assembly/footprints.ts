import type { Footprint } from '../kernel/footprint.js';

const KIB_PER_MIB = 1024;

/**
 * What programs take of memory, by the name their binaries carry: their own MiB, those in memory with them, and those
 * mapped, and the thousandths of a core that their upkeep takes. From knowledge: about what `kubectl top` and `ps` show of idle ones on a small kubeadm cluster. What they take
 * on top of it as they work they hold themselves.
 */
const ROWS: Readonly<Record<string, readonly [own: number, resident: number, size: number, upkeep?: number]>> = {
  // The control plane and nodes.
  'calico-node': [88, 141, 1890, 17],
  containerd: [46, 74, 1936, 6],
  'containerd-shim-runc-v2': [5.5, 13, 1209],
  coredns: [13, 58, 732, 2],
  etcd: [38, 64, 11_430, 15],
  flanneld: [11, 44, 1289, 2],
  'kube-apiserver': [214, 286, 1478, 31],
  'kube-controller-manager': [48, 112, 1297, 10],
  'kube-proxy': [17, 49, 1263, 1],
  'kube-scheduler': [20, 61, 1262, 3],
  kubelet: [44, 91, 2012, 14],
  'metallb-controller': [19, 55, 1257, 1],
  'metallb-speaker': [18, 54, 1257, 3],
  pause: [0.25, 0.7, 1],
  sshd: [1.4, 8, 12],
  systemd: [3.9, 13, 22],
  'systemd-journald': [2.6, 16, 50],
  // Programs that people and scripts start.
  bash: [1.6, 5, 8],
  crictl: [11, 32, 1233],
  curl: [2.5, 11, 24],
  etcdctl: [10, 27, 11_010],
  kubectl: [13, 47, 1280],
  login: [1.1, 4.5, 8.2],
  openssl: [1.9, 7.5, 14],
  perl: [2.6, 8, 12],
  ssh: [1.8, 8, 14],
  sudo: [1.4, 6, 17],
  systemctl: [1, 4.5, 18],
  vi: [2.8, 10, 22],
  // What images run.
  'gateway-agent': [16, 42, 1250, 1],
  'gateway-nginx': [6, 15, 30],
  'admission-webhook': [6, 18, 1230, 1],
  agnhost: [5, 22, 1261],
  'apache-httpd': [6.5, 13, 1230],
  'csi-node-driver-registrar': [6, 24, 1233],
  'csi-provisioner': [10, 38, 1262, 1],
  'csi-resizer': [9, 36, 1262, 1],
  hostpathplugin: [9, 33, 1261, 1],
  'http-echo': [2.6, 9, 1226],
  'ingress-nginx-nginx': [34, 52, 148],
  livenessprobe: [5, 20, 1229],
  'local-path-provisioner': [9, 38, 1262, 1],
  'metrics-adapter': [23, 61, 1290, 1],
  'metrics-server': [17, 59, 1278, 3],
  mysql: [4, 13, 40],
  mysqld: [186, 224, 1190, 4],
  nginx: [2.9, 8.6, 12],
  'nginx-gateway': [26, 71, 1290, 2],
  'nginx-ingress-controller': [26, 68, 1288, 2],
  node: [29, 62, 1022],
  'plain-server': [8, 20, 1230],
  postgres: [18, 41, 216, 1],
  psql: [2, 9, 22],
  'redis-server': [3.1, 10, 53, 2],
  'redis-cli': [1, 4.5, 20],
  'vpa-admission-controller': [22, 61, 1289, 1],
  'vpa-recommender': [24, 64, 1291, 2],
  'vpa-updater': [22, 61, 1289, 1],
  'traefik-whoami': [2.2, 8, 1226],
};

/** What the machine's programs take of memory, in KiB; those that are not here are small. */
export const FOOTPRINTS: Readonly<Record<string, Footprint>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => {
    const [own, resident, size, upkeep] = row;
    const kib = (mebibytes: number) => Math.round(mebibytes * KIB_PER_MIB);
    return [name, { own: kib(own), resident: kib(resident), size: kib(size), ...(upkeep ? { upkeep } : {}) }];
  }),
);
