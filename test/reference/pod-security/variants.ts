/** Pods that differ in what Pod Security looks at, each with the one change that its name says. */

/** A pod to be made. */
export interface Variant {
  readonly id: string;
  readonly pod: object;
}

type Fields = Record<string, unknown>;

/** A container that every level lets in. */
const GOOD_CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const GOOD_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

const container = (name: string, context: Fields = {}, more: Fields = {}): Fields => ({
  name,
  image: 'nginx:1.27',
  securityContext: { ...GOOD_CONTEXT, ...context },
  ...more,
});

function made(id: string, spec: Fields, annotations?: Record<string, string>): Variant {
  const name = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const { securityContext, ...rest } = spec as { securityContext?: Fields };
  return {
    id,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, ...(annotations ? { annotations } : {}) },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { ...GOOD_POD, ...securityContext },
        containers: [container('one')],
        ...rest,
      },
    },
  };
}

/** One context in a container, in an init container, and in two of three containers. */
const contexts = (id: string, context: Fields): Variant[] => [
  made(id, { containers: [container('one', context)] }),
  made(`${id}, init container`, { initContainers: [container('zero', context)] }),
  made(`${id}, several`, {
    initContainers: [container('zero', context)],
    containers: [container('one'), container('two', context)],
  }),
];
const context = (id: string, fields: Fields): Variant => made(id, { containers: [container('one', fields)] });
const field = (id: string, fields: Fields): Variant => made(id, { containers: [container('one', {}, fields)] });
const pod = (id: string, fields: Fields): Variant => made(id, { securityContext: fields });
const volume = (id: string, ...sources: Fields[]): Variant =>
  made(id, { volumes: sources.map((source, index) => ({ name: `v${index}`, ...source })) });
/** Nothing said at all, as most people write pods. */
const plain = (id: string, spec: Fields): Variant =>
  made(id, { securityContext: { runAsNonRoot: undefined, seccompProfile: undefined }, ...spec });
const bare = (name: string, more: Fields = {}): Fields => ({ name, image: 'nginx:1.27', ...more });

const CAPABILITIES: readonly Variant[] = [
  ...contexts('adds NET_ADMIN', { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }),
  context('adds NET_BIND_SERVICE', { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
  context('adds CHOWN', { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
  context('adds several', { capabilities: { drop: ['ALL'], add: ['SYS_TIME', 'CHOWN', 'SYS_ADMIN', 'SYS_ADMIN'] } }),
  context('adds ALL', { capabilities: { add: ['ALL'] } }),
  context('adds in small letters', { capabilities: { drop: ['ALL'], add: ['chown', 'CAP_CHOWN'] } }),
  context('drops all in small letters', { capabilities: { drop: ['all'] } }),
  context('drops NET_RAW', { capabilities: { drop: ['NET_RAW'] } }),
  context('drops nothing', { capabilities: {} }),
  context('no capabilities', { capabilities: undefined }),
  context('drops one and adds another', { capabilities: { drop: ['KILL'], add: ['SYS_PTRACE'] } }),
];

const PRIVILEGES: readonly Variant[] = [
  ...contexts('privileged', { privileged: true, allowPrivilegeEscalation: true }),
  context('not privileged', { privileged: false }),
  ...contexts('escalates', { allowPrivilegeEscalation: true }),
  context('escalation not said', { allowPrivilegeEscalation: undefined }),
  ...contexts('proc unmasked', { procMount: 'Unmasked' }),
  context('proc by default', { procMount: 'Default' }),
  made('proc unmasked with own users', {
    hostUsers: false,
    containers: [container('one', { procMount: 'Unmasked' })],
  }),
  ...contexts('root', { runAsUser: 0 }),
  context('user 1000', { runAsUser: 1000 }),
  context('group 0', { runAsGroup: 0 }),
  pod('pod root', { runAsUser: 0 }),
  made('pod and container root', {
    securityContext: { runAsUser: 0 },
    containers: [container('one', { runAsUser: 0 })],
  }),
  made('root with own users', { hostUsers: false, containers: [container('one', { runAsUser: 0 })] }),
  ...contexts('may be root', { runAsNonRoot: false }),
  pod('pod may be root', { runAsNonRoot: false }),
  pod('root not excluded', { runAsNonRoot: undefined }),
  made('pod and container may be root', {
    securityContext: { runAsNonRoot: false },
    containers: [container('one', { runAsNonRoot: false })],
  }),
  made('container excludes root', {
    securityContext: { runAsNonRoot: undefined },
    containers: [container('one', { runAsNonRoot: true })],
  }),
  made('one of two excludes root', {
    securityContext: { runAsNonRoot: undefined },
    containers: [container('one', { runAsNonRoot: true }), container('two')],
  }),
  made('pod may be root, container not', {
    securityContext: { runAsNonRoot: false },
    containers: [container('one', { runAsNonRoot: true })],
  }),
  made('root not excluded, own users', { hostUsers: false, securityContext: { runAsNonRoot: undefined } }),
  context('read-only', { readOnlyRootFilesystem: true }),
];

const PROFILES: readonly Variant[] = [
  ...contexts('seccomp Unconfined', { seccompProfile: { type: 'Unconfined' } }),
  context('seccomp Localhost', { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
  pod('pod seccomp Unconfined', { seccompProfile: { type: 'Unconfined' } }),
  pod('pod seccomp Localhost', { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
  pod('no seccomp', { seccompProfile: undefined }),
  made('no seccomp, two containers', {
    securityContext: { seccompProfile: undefined },
    containers: [
      container('one'),
      container('two', { seccompProfile: { type: 'RuntimeDefault' } }),
      container('three'),
    ],
  }),
  made('seccomp of the container', {
    securityContext: { seccompProfile: undefined },
    containers: [container('one', { seccompProfile: { type: 'RuntimeDefault' } })],
  }),
  made('pod and container unconfined', {
    securityContext: { seccompProfile: { type: 'Unconfined' } },
    containers: [container('one', { seccompProfile: { type: 'Unconfined' } })],
  }),
  made('pod unconfined, container not', {
    securityContext: { seccompProfile: { type: 'Unconfined' } },
    containers: [container('one', { seccompProfile: { type: 'RuntimeDefault' } })],
  }),
  ...contexts('AppArmor Unconfined', { appArmorProfile: { type: 'Unconfined' } }),
  context('AppArmor RuntimeDefault', { appArmorProfile: { type: 'RuntimeDefault' } }),
  context('AppArmor Localhost', { appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } }),
  pod('pod AppArmor Unconfined', { appArmorProfile: { type: 'Unconfined' } }),
  made('pod and container without AppArmor', {
    securityContext: { appArmorProfile: { type: 'Unconfined' } },
    containers: [container('one', { appArmorProfile: { type: 'Unconfined' } })],
  }),
  made('AppArmor annotation unconfined', {}, { 'container.apparmor.security.beta.kubernetes.io/one': 'unconfined' }),
  made('AppArmor annotation', {}, { 'container.apparmor.security.beta.kubernetes.io/one': 'runtime/default' }),
  made('AppArmor annotation localhost', {}, { 'container.apparmor.security.beta.kubernetes.io/one': 'localhost/a' }),
  made('seccomp annotation', {}, { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }),
  made('seccomp annotation of a container', {}, { 'container.seccomp.security.alpha.kubernetes.io/one': 'x"y' }),
  made(
    'seccomp annotations',
    {},
    {
      'seccomp.security.alpha.kubernetes.io/pod': 'docker/default',
      'container.seccomp.security.alpha.kubernetes.io/one': 'localhost/a',
      'container.seccomp.security.alpha.kubernetes.io/other': 'unconfined',
    },
  ),
  ...contexts('SELinux type', { seLinuxOptions: { type: 'spc_t' } }),
  context('SELinux container_t', { seLinuxOptions: { type: 'container_t', level: 's0:c1' } }),
  context('SELinux container_init_t', { seLinuxOptions: { type: 'container_init_t' } }),
  context('SELinux container_engine_t', { seLinuxOptions: { type: 'container_engine_t' } }),
  context('SELinux user', { seLinuxOptions: { user: 'system_u' } }),
  context('SELinux role', { seLinuxOptions: { role: 'system_r' } }),
  pod('pod SELinux', { seLinuxOptions: { user: 'u', role: 'r', type: 't' } }),
  made('SELinux everywhere', {
    securityContext: { seLinuxOptions: { type: 'b_t' } },
    containers: [
      container('one', { seLinuxOptions: { type: 'a_t' } }),
      container('two', { seLinuxOptions: { role: 'r' } }),
    ],
  }),
  pod('safe sysctl', { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }),
  pod('sysctl since 1.27', { sysctls: [{ name: 'net.ipv4.ip_local_reserved_ports', value: '1' }] }),
  pod('sysctl since 1.29', { sysctls: [{ name: 'net.ipv4.tcp_fin_timeout', value: '1' }] }),
  pod('sysctl since 1.32', { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1 2 3' }] }),
  pod('sysctl', { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] }),
  pod('sysctls', {
    sysctls: [
      { name: 'net.core.somaxconn', value: '1' },
      { name: 'kernel.shm_rmid_forced', value: '1' },
      { name: 'kernel.msgmax', value: '1' },
    ],
  }),
];

const HOST: readonly Variant[] = [
  made('host network', { hostNetwork: true }),
  made('host PID', { hostPID: true }),
  made('host IPC', { hostIPC: true }),
  made('all of the host', { hostNetwork: true, hostPID: true, hostIPC: true }),
  made('host network and port', {
    hostNetwork: true,
    containers: [container('one', {}, { ports: [{ containerPort: 80 }] })],
  }),
  field('host port', { ports: [{ containerPort: 80, hostPort: 8080 }] }),
  field('host ports', {
    ports: [
      { containerPort: 80, hostPort: 8080 },
      { containerPort: 81, hostPort: 443, name: 'b' },
      { containerPort: 82, name: 'c' },
    ],
  }),
  made('host ports of two', {
    containers: [
      container('one', {}, { ports: [{ containerPort: 80, hostPort: 90 }] }),
      container('two', {}, { ports: [{ containerPort: 80, hostPort: 100 }] }),
    ],
  }),
  field('container port', { ports: [{ containerPort: 80 }] }),
  field('probe of another host', { livenessProbe: { httpGet: { port: 80, host: '10.0.0.1' } } }),
  field('probe of the pod', { livenessProbe: { httpGet: { port: 80 } } }),
  field('probes of hosts', {
    livenessProbe: { httpGet: { port: 80, host: 'b.example' } },
    readinessProbe: { tcpSocket: { port: 80, host: 'a.example' } },
    startupProbe: { tcpSocket: { port: 80, host: 'b.example' } },
  }),
  field('hook of another host', { lifecycle: { postStart: { httpGet: { port: 80, host: '127.0.0.1' } } } }),
  field('hook before the end', { lifecycle: { preStop: { tcpSocket: { port: 80, host: 'x' } } } }),
  made('probes of two', {
    containers: [
      container('two', {}, { readinessProbe: { httpGet: { port: 80, host: 'x' } } }),
      container('one', {}, { readinessProbe: { tcpSocket: { port: 80, host: 'x' } } }),
    ],
  }),
  made('own users', { hostUsers: false }),
  made('users of the host', { hostUsers: true }),
];

const VOLUMES: readonly Variant[] = [
  volume('hostPath', { hostPath: { path: '/etc' } }),
  volume('hostPaths', { hostPath: { path: '/etc' } }, { emptyDir: {} }, { hostPath: { path: '/', type: 'Directory' } }),
  volume('nfs', { nfs: { server: 'a', path: '/x' } }),
  volume('iscsi', { iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage.disk1', lun: 0 } }),
  volume('rbd', { rbd: { monitors: ['a'], image: 'i' } }),
  volume('cephfs', { cephfs: { monitors: ['a'] } }),
  volume('glusterfs', { glusterfs: { endpoints: 'a', path: 'x' } }),
  volume('fc', { fc: { targetWWNs: ['a'], lun: 1 } }),
  volume('gitRepo', { gitRepo: { repository: 'https://example.com/a.git' } }),
  volume('gcePersistentDisk', { gcePersistentDisk: { pdName: 'a' } }),
  volume('awsElasticBlockStore', { awsElasticBlockStore: { volumeID: 'a' } }),
  volume('azureDisk', { azureDisk: { diskName: 'a', diskURI: 'https://x/a.vhd' } }),
  volume('azureFile', { azureFile: { secretName: 'a', shareName: 'b' } }),
  volume('cinder', { cinder: { volumeID: 'a' } }),
  volume('flexVolume', { flexVolume: { driver: 'example/x' } }),
  volume('flocker', { flocker: { datasetName: 'a' } }),
  volume('photonPersistentDisk', { photonPersistentDisk: { pdID: 'a' } }),
  volume('portworxVolume', { portworxVolume: { volumeID: 'a' } }),
  volume('quobyte', { quobyte: { registry: 'a:1', volume: 'v' } }),
  volume('scaleIO', { scaleIO: { gateway: 'g', system: 's', secretRef: { name: 'x' }, volumeName: 'v' } }),
  volume('storageos', { storageos: { volumeName: 'v' } }),
  volume('vsphereVolume', { vsphereVolume: { volumePath: 'v' } }),
  volume(
    'several forbidden',
    { nfs: { server: 'a', path: '/x' } },
    { hostPath: { path: '/' } },
    { nfs: { server: 'b', path: '/' } },
  ),
  volume('emptyDir', { emptyDir: {} }),
  volume('nothing said'),
  volume('no source', {}),
  volume('configMap and secret', { configMap: { name: 'a' } }, { secret: { secretName: 'b' } }),
  volume('claim', { persistentVolumeClaim: { claimName: 'a' } }),
  volume('csi', { csi: { driver: 'a.example' } }),
  volume('image', { image: { reference: 'quay.io/a/b' } }),
  volume('projected', { projected: { sources: [{ configMap: { name: 'a' } }] } }),
  volume('downwardAPI', { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } }),
  volume('ephemeral', {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  }),
];

const WINDOWS_SPEC = { os: { name: 'windows' }, securityContext: { runAsNonRoot: true, seccompProfile: undefined } };
const OTHERS: readonly Variant[] = [
  plain('plain', { containers: [bare('one')] }),
  plain('plain, two containers', { containers: [bare('one'), bare('two')] }),
  plain('plain with init container', { initContainers: [bare('zero')], containers: [bare('one')] }),
  plain('plain with sidecar', {
    initContainers: [bare('side', { restartPolicy: 'Always' })],
    containers: [bare('one')],
  }),
  plain('plain on the host', {
    hostNetwork: true,
    hostPID: true,
    containers: [bare('one', { securityContext: { privileged: true }, ports: [{ containerPort: 80 }] })],
    volumes: [{ name: 'root', hostPath: { path: '/' } }],
  }),
  plain('plain, privileged and root', {
    containers: [bare('one', { securityContext: { privileged: true, runAsUser: 0 } })],
  }),
  plain('plain for linux', { os: { name: 'linux' }, containers: [bare('one')] }),
  plain('plain with own users', { hostUsers: false, containers: [bare('one')] }),
  plain('everything', {
    hostNetwork: true,
    hostIPC: true,
    securityContext: {
      runAsNonRoot: false,
      runAsUser: 0,
      seccompProfile: { type: 'Unconfined' },
      appArmorProfile: { type: 'Unconfined' },
      seLinuxOptions: { type: 'x_t' },
      sysctls: [{ name: 'kernel.msgmax', value: '1' }],
    },
    containers: [
      bare('one', {
        securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] }, procMount: 'Default' },
        ports: [{ containerPort: 80, hostPort: 80 }],
        livenessProbe: { httpGet: { port: 80, host: 'x' } },
      }),
    ],
    volumes: [{ name: 'a', hostPath: { path: '/' } }],
  }),
  made('good', {}),
  made('good, three containers', { containers: [container('one'), container('two'), container('three')] }),
  made('windows', { ...WINDOWS_SPEC, containers: [bare('one')] }),
  made('windows, user not said', {
    os: { name: 'windows' },
    securityContext: { runAsNonRoot: undefined, seccompProfile: undefined },
    containers: [bare('one')],
  }),
  made('windows host process', {
    os: { name: 'windows' },
    hostNetwork: true,
    securityContext: { seccompProfile: undefined, windowsOptions: { hostProcess: true } },
    containers: [bare('one')],
  }),
  made('windows host process of a container', {
    hostNetwork: true,
    securityContext: { windowsOptions: { hostProcess: true } },
    containers: [container('one', { windowsOptions: { hostProcess: true } })],
  }),
  made('for linux', { os: { name: 'linux' } }),
  made('plain profile, good container', { securityContext: { runAsNonRoot: true, seccompProfile: undefined } }),
];

/** All of them. */
export const VARIANTS: readonly Variant[] = [
  ...OTHERS,
  ...PRIVILEGES,
  ...CAPABILITIES,
  ...PROFILES,
  ...HOST,
  ...VOLUMES,
];

/** What the labels of the namespaces say in which each pod is tried. */
export const LEVELS: readonly (readonly [level: string, version: string])[] = [
  ['privileged', 'latest'],
  ['baseline', 'latest'],
  ['restricted', 'latest'],
  ['baseline', 'v1.0'],
  ['restricted', 'v1.18'],
  ['restricted', 'v1.24'],
  ['baseline', 'v1.28'],
  ['restricted', 'v1.33'],
  ['restricted', 'v1.99'],
];

/** The namespace of a level. */
export function namespaceOf([level, version]: readonly [string, string]): string {
  return `ps-${level}-${version.replace('.', '-')}`;
}
