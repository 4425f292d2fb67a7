import type { KubeObject } from '../../api/object.js';
import type { ClusterSettings } from './settings.js';

const NAMESPACE = 'kube-flannel';
const [VERSION, PLUGIN] = ['v0.27.4', 'v1.8.0-flannel1'];
const RBAC = 'rbac.authorization.k8s.io';
const LABELS = { 'k8s-app': 'flannel' };
const CONFIGURED = { tier: 'node', app: 'flannel', ...LABELS };

/** flannel as its kube-flannel.yml makes it, told of the cluster's pod range. It gives pods addresses and enforces no policy. */
export function flannelObjects({ podSubnet }: ClusterSettings): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE, labels: { ...LABELS, 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'flannel', namespace: NAMESPACE, labels: LABELS } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'flannel', labels: LABELS },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'flannel', labels: LABELS },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'flannel' },
      subjects: [{ kind: 'ServiceAccount', name: 'flannel', namespace: NAMESPACE }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-flannel-cfg', namespace: NAMESPACE, labels: CONFIGURED },
      data: { 'cni-conf.json': written(CNI_CONF), 'net-conf.json': written(netConf(podSubnet)) },
    },
    daemonSet(),
  ];
}

const CNI_CONF = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [
    { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

function netConf(podSubnet: string): object {
  const [four, six] = podSubnet.split(',');
  const families = six === undefined ? {} : { EnableIPv6: true, IPv6Network: six };
  return { Network: four, EnableNFTables: false, ...families, Backend: { Type: 'vxlan' } };
}

function written(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function daemonSet(): KubeObject {
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const copied = (name: string, image: string, from: string, to: string, volumes: readonly string[]) => ({
    name,
    image,
    command: ['cp'],
    args: ['-f', from, to],
    volumeMounts: volumes.map((volume) => ({ name: volume, mountPath: FOLDERS[volume] })),
  });
  const labels = { tier: 'node', app: 'flannel' };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-flannel-ds', namespace: NAMESPACE, labels: CONFIGURED },
    spec: {
      selector: { matchLabels: { app: 'flannel' } },
      template: {
        metadata: { labels },
        spec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
                ],
              },
            },
          },
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
          serviceAccountName: 'flannel',
          initContainers: [
            copied('install-cni-plugin', PLUGIN_IMAGE, '/flannel', '/opt/cni/bin/flannel', ['cni-plugin']),
            copied('install-cni', IMAGE, '/etc/kube-flannel/cni-conf.json', '/etc/cni/net.d/10-flannel.conflist', [
              'cni',
              'flannel-cfg',
            ]),
          ],
          containers: [
            {
              name: 'kube-flannel',
              image: IMAGE,
              command: ['/opt/bin/flanneld'],
              args: ['--ip-masq', '--kube-subnet-mgr'],
              resources: { requests: { cpu: '100m', memory: '50Mi' } },
              securityContext: { privileged: false, capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
              env: [
                field('POD_NAME', 'metadata.name'),
                field('POD_NAMESPACE', 'metadata.namespace'),
                { name: 'EVENT_QUEUE_DEPTH', value: '5000' },
                { name: 'CONT_WHEN_CACHE_NOT_READY', value: 'false' },
              ],
              volumeMounts: [
                ...['run', 'flannel-cfg'].map((name) => ({ name, mountPath: FOLDERS[name] })),
                { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
              ],
            },
          ],
          volumes: [
            ...['run', 'cni-plugin', 'cni'].map((name) => ({ name, hostPath: { path: FOLDERS[name] } })),
            { name: 'flannel-cfg', configMap: { name: 'kube-flannel-cfg' } },
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
          ],
        },
      },
    },
  };
}

const IMAGE = `ghcr.io/flannel-io/flannel:${VERSION}`;
const PLUGIN_IMAGE = `ghcr.io/flannel-io/flannel-cni-plugin:${PLUGIN}`;

const FOLDERS: Readonly<Record<string, string>> = {
  run: '/run/flannel',
  'cni-plugin': '/opt/cni/bin',
  cni: '/etc/cni/net.d',
  'flannel-cfg': '/etc/kube-flannel/',
};
