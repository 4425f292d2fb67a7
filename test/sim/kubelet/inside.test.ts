import { describe } from 'vitest';
import { playRows, type Row } from './container-rows.js';

const volume = (
  source: Record<string, unknown>,
  mount: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
) => ({
  container: { volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }], ...(rest['container'] as object | undefined) },
  spec: { volumes: [{ name: 'v', ...source }], ...(rest['spec'] as object | undefined) },
});
const env = (list: Record<string, unknown>[], rest: Record<string, unknown> = {}) => ({
  container: { env: list, ...rest },
});
const file = (path: string, key: string, optional = false) => ({
  ...volume({ configMap: { name: 'files' } }),
  container: {
    env: [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'v', path, key, optional } } }],
  },
});
const group = { spec: { securityContext: { fsGroup: 2000 } } };

const ENVIRONMENT: Row[] = [
  {
    says: 'what comes later sees what came before, and services',
    script: 'echo $B $C $D',
    ...env([
      { name: 'A', value: 'one' },
      { name: 'B', value: '$(A)-two' },
      { name: 'C', value: '$(NONE) $$(A)' },
      { name: 'D', value: '$(E)' },
      { name: 'E', value: 'late' },
    ]),
    output: 'one-two $(NONE) $(A) $(E)\n',
  },
  {
    says: 'the pod about itself',
    script: 'echo $NAME $NS $LABEL $IP $NODE $ACCOUNT',
    metadata: { labels: { app: 'web' } },
    ...env([
      { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'NS', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'LABEL', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'ACCOUNT', valueFrom: { fieldRef: { fieldPath: 'spec.serviceAccountName' } } },
    ]),
    output: 'POD default web IP node01\n',
  },
  {
    says: 'resources, rounded up',
    script: 'echo $CPU $MILLI $MEMORY $LIMIT',
    ...env(
      [
        { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'requests.cpu' } } },
        { name: 'MILLI', valueFrom: { resourceFieldRef: { resource: 'requests.cpu', divisor: '1m' } } },
        { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
        { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
      ],
      { resources: { requests: { cpu: '250m' }, limits: { memory: '64Mi' } } },
    ),
    output: '1 250 64 67108864\n',
  },
  {
    says: 'all of a ConfigMap, with a prefix; env counts before it',
    script: 'echo $P_a $P_b $c',
    container: {
      envFrom: [{ configMapRef: { name: 'letters' }, prefix: 'P_' }, { secretRef: { name: 'secret' } }],
      env: [{ name: 'P_b', value: 'own' }],
    },
    output: 'one own hidden\n',
  },
  {
    says: 'a ConfigMap that is missing',
    script: 'true',
    container: { envFrom: [{ configMapRef: { name: 'none' } }] },
    output: 'CreateContainerConfigError: configmap "none" not found',
  },
  {
    says: 'a key that is missing',
    script: 'true',
    ...env([{ name: 'A', valueFrom: { configMapKeyRef: { name: 'letters', key: 'z' } } }]),
    output: "CreateContainerConfigError: couldn't find key z in ConfigMap default/letters",
  },
  {
    says: 'a Secret that is missing',
    script: 'true',
    ...env([{ name: 'A', valueFrom: { secretKeyRef: { name: 'none', key: 'z' } } }]),
    output: 'CreateContainerConfigError: secret "none" not found',
  },
  {
    says: 'what is optional may be missing',
    script: 'echo ${A-unset}',
    ...env([{ name: 'A', valueFrom: { secretKeyRef: { name: 'none', key: 'z', optional: true } } }]),
    output: 'unset\n',
  },
  { says: 'a key of a file of variables', script: 'echo "$A"', ...file('env', 'B'), output: 'two\nlines\n' },
  {
    says: 'a key that the file has not',
    script: 'true',
    ...file('env', 'Z'),
    output:
      'CreateContainerConfigError: environment variable key "Z" not found in file "/var/lib/kubelet/pods/UID/volumes/kubernetes.io~configmap/v/env"',
  },
  { says: 'one that is optional', script: 'echo ${A-unset}', ...file('env', 'Z', true), output: 'unset\n' },
  {
    says: 'a file that is not quoted',
    script: 'true',
    ...file('plain', 'A'),
    output: "CreateContainerConfigError: couldn't parse env file",
  },
];

const VOLUMES: Row[] = [
  {
    says: 'a ConfigMap is links, and cannot be written',
    script: 'ls /v; readlink /v/a; echo x > /v/a',
    ...volume({ configMap: { name: 'letters' } }),
    output: "a\nb\n..data/a\nsh: can't create /v/a: Read-only file system\n",
  },
  {
    says: 'a subPath is a file of its own',
    script: 'cat /v/a; ls /v',
    ...volume({ configMap: { name: 'letters' } }, { mountPath: '/v/a', subPath: 'a' }),
    output: 'onea\n',
  },
  {
    says: 'a subPath that is missing becomes a folder',
    script: 'ls -ld /v | cut -c1-10',
    ...volume({ emptyDir: {} }, { subPath: 'deep/er' }),
    output: 'drwxrwxrwx\n',
  },
  {
    says: 'subPathExpr knows the variables',
    script: 'touch /v/f; ls /all',
    container: {
      env: [{ name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      volumeMounts: [
        { name: 'v', mountPath: '/v', subPathExpr: '$(NAME)-x' },
        { name: 'v', mountPath: '/all' },
      ],
    },
    spec: { volumes: [{ name: 'v', emptyDir: {} }] },
    output: 'POD-x\n',
  },
  {
    says: 'subPathExpr with a variable that there is not',
    script: 'true',
    ...volume({ emptyDir: {} }, { subPathExpr: '$(NONE)/x' }),
    output: 'CreateContainerConfigError: missing value for NONE',
  },
  {
    says: 'an emptyDir for a group',
    script: 'stat -c "%A %g" /v; touch /v/f; stat -c %g /v/f',
    ...volume({ emptyDir: {} }, {}, group),
    output: 'drwxrwsrwx 2000\n2000\n',
  },
  {
    says: 'a Secret for a group, with a mode of its own',
    script: 'stat -L -c "%a %g" /v/c /v',
    ...volume({ secret: { secretName: 'secret', defaultMode: 0o400 } }, {}, group),
    output: '440 2000\n3777 2000\n',
  },
  {
    says: 'an emptyDir in memory has its size',
    script: 'grep " /v " /proc/mounts | cut -d" " -f1-3; df -k /v | tail -1 | tr -s " " | cut -d" " -f1,2,6',
    ...volume({ emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } }),
    output: 'tmpfs /v tmpfs\ntmpfs 8192 /v\n',
  },
  {
    says: 'more than its size does not fit',
    script: 'yes | head -c 9000000 > /v/f',
    ...volume({ emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } }),
    output: 'head: write error: No space left on device\n',
  },
  {
    says: 'a hostPath of the wrong type',
    script: 'true',
    ...volume({ hostPath: { path: '/etc/hosts', type: 'Directory' } }),
    output: 'ContainerCreating',
  },
  {
    says: 'a hostPath that is made',
    script: 'ls -d /v',
    ...volume({ hostPath: { path: '/srv/new' } }),
    output: '/v\n',
  },
  {
    says: 'an image is a volume',
    script: 'cat /v/etc/os-release | head -1; touch /v/x',
    ...volume({ image: { reference: 'alpine:3.20', pullPolicy: 'IfNotPresent' } }),
    output: 'NAME="Alpine Linux"\ntouch: /v/x: Read-only file system\n',
  },
  {
    says: 'a part of an image',
    script: 'ls /v | grep os-release',
    ...volume({ image: { reference: 'alpine:3.20' } }, { subPath: 'etc' }),
    output: 'os-release\n',
  },
];

const NAMES: Row[] = [
  { says: "the name is the pod's", script: 'hostname; cat /etc/hostname', output: 'POD\nPOD\n' },
  {
    says: 'hostname and subdomain',
    script: 'hostname; tail -1 /etc/hosts',
    spec: { hostname: 'one', subdomain: 'many' },
    output: 'one\nIP\tone.many.default.svc.cluster.local\tone\n',
  },
  {
    says: 'setHostnameAsFQDN',
    script: 'hostname',
    spec: { hostname: 'one', subdomain: 'many', setHostnameAsFQDN: true },
    output: 'one.many.default.svc.cluster.local\n',
  },
  { says: 'hostnameOverride', script: 'hostname', spec: { hostnameOverride: 'other.name' }, output: 'other.name\n' },
  {
    says: 'hostAliases',
    script: 'tail -3 /etc/hosts',
    spec: { hostAliases: [{ ip: '10.1.2.3', hostnames: ['foo', 'bar'] }] },
    output: '\n# Entries added by HostAliases.\n10.1.2.3\tfoo\tbar\n',
  },
  {
    says: "on the host network the host's files",
    script: 'hostname; cat /etc/hosts /etc/resolv.conf',
    spec: { hostNetwork: true },
    output: 'node01\n# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\nnameserver 1.1.1.1\n',
  },
  {
    says: 'ClusterFirst',
    script: 'cat /etc/resolv.conf',
    output:
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  },
  { says: 'Default', script: 'cat /etc/resolv.conf', spec: { dnsPolicy: 'Default' }, output: 'nameserver 1.1.1.1\n' },
  {
    says: 'None, with what the pod says; no more than three servers',
    script: 'cat /etc/resolv.conf',
    spec: {
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['1.1.1.1', '8.8.8.8', '9.9.9.9'],
        searches: ['a.b'],
        options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
      },
    },
    output: 'search a.b\nnameserver 1.1.1.1\nnameserver 8.8.8.8\nnameserver 9.9.9.9\noptions ndots:2 edns0\n',
  },
];

const REFUSALS: Row[] = [
  {
    says: "root where the image is root's and nobody may be",
    script: 'true',
    spec: { securityContext: { runAsNonRoot: true } },
    output:
      'CreateContainerConfigError: container has runAsNonRoot and image will run as root (pod: "POD_default(UID)", container: main)',
  },
  {
    says: 'root by number',
    script: 'true',
    container: { securityContext: { runAsUser: 0, runAsNonRoot: true } },
    output:
      'CreateContainerConfigError: container\'s runAsUser breaks non-root policy (pod: "POD_default(UID)", container: main)',
  },
  {
    says: 'a seccomp profile that is not on the node',
    script: 'true',
    spec: { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'audit.json' } } },
    output:
      'CreateContainerError: failed to create containerd container: cannot load seccomp profile "/var/lib/kubelet/seccomp/audit.json": open /var/lib/kubelet/seccomp/audit.json: no such file or directory',
  },
  {
    says: 'an AppArmor profile that is not loaded',
    script: 'true',
    spec: { securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'deny-write' } } },
    output:
      'CreateContainerError: failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found deny-write',
  },
  {
    says: 'a sysctl that is not safe',
    script: 'true',
    spec: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] } },
    output: 'SysctlForbidden: Pod was rejected: forbidden sysctl: "kernel.msgmax" not allowlisted',
  },
];

const data = (values: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', data: values });
const OBJECTS = [
  { ...data({ a: 'one', b: 'two' }), metadata: { name: 'letters' } },
  { ...data({ env: "# comment\nA='one'\n\nB='two\nlines' # more\n", plain: 'A=one\n' }), metadata: { name: 'files' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'secret' },
    data: { c: Buffer.from('hidden').toString('base64') },
  },
];

describe('what a container sees', () => {
  playRows([...ENVIRONMENT, ...VOLUMES, ...NAMES, ...REFUSALS], { objects: OBJECTS });
});
