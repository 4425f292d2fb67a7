/** New pods and templates whose annotations speak of profiles, whose selectors borrow labels, and who set kernel parameters. */
import type { Sequence, Step } from '../by-hand/sequence.js';

const PODS = '/api/v1/namespaces/NS/pods';
const MERGE = { 'content-type': 'application/merge-patch+json' };
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const DEFAULT = { type: 'RuntimeDefault' };
const LOCAL = { type: 'Localhost', localhostProfile: 'own' };

const container = (more: object = {}, name = 'main') => ({ name, image: 'busybox', ...more });
const confined = (context: object) => container({ securityContext: context });

/** A pod of which `metadata` and `spec` are as given; its name is what it shows. */
function pod(does: string, metadata: object, spec: object = {}): Step {
  const name = does.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: [container()], ...spec },
  };
  return { does, method: 'POST', path: PODS, body };
}

const annotated = (does: string, annotations: object, spec: object = {}) => pod(does, { annotations }, spec);
const patched = (does: string, name: string, annotations: object): Step => ({
  does,
  method: 'PATCH',
  path: `${PODS}/${name}?fieldManager=patcher`,
  body: { metadata: { annotations } },
  headers: MERGE,
});

function template(does: string, annotations: object, spec: object = {}): Step {
  const name = does.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const labels = { app: name };
  return {
    does,
    method: 'POST',
    path: '/apis/apps/v1/namespaces/NS/deployments',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels, annotations }, spec: { containers: [container()], ...spec } },
      },
    },
  };
}

const APPARMOR_STEPS: readonly Step[] = [
  annotated('the default profile', { [`${APPARMOR}main`]: 'runtime/default' }),
  annotated('no confinement', { [`${APPARMOR}main`]: 'unconfined' }),
  annotated('a profile of the node', { [`${APPARMOR}main`]: 'localhost/own' }),
  annotated('a profile without a name', { [`${APPARMOR}main`]: 'localhost/' }),
  annotated('a padded profile', { [`${APPARMOR}main`]: 'localhost/ own' }),
  annotated('an empty annotation', { [`${APPARMOR}main`]: '' }),
  annotated('a word nobody knows', { [`${APPARMOR}main`]: 'strict' }),
  annotated('a container nobody has', { [`${APPARMOR}other`]: 'unconfined' }),
  annotated('an init container', { [`${APPARMOR}first`]: 'unconfined' }, { initContainers: [container({}, 'first')] }),
  annotated(
    'two containers',
    { [`${APPARMOR}main`]: 'unconfined', [`${APPARMOR}side`]: 'runtime/default' },
    { containers: [container(), container({ securityContext: { privileged: true } }, 'side')] },
  ),
  annotated(
    'a field that agrees',
    { [`${APPARMOR}main`]: 'runtime/default' },
    { containers: [confined({ appArmorProfile: DEFAULT })] },
  ),
  annotated(
    'a field that does not',
    { [`${APPARMOR}main`]: 'unconfined' },
    { containers: [confined({ appArmorProfile: DEFAULT })] },
  ),
  annotated(
    'a field of another type',
    { [`${APPARMOR}main`]: 'unconfined' },
    { containers: [confined({ appArmorProfile: LOCAL })] },
  ),
  annotated(
    'a field with another profile',
    { [`${APPARMOR}main`]: 'localhost/other' },
    { containers: [confined({ appArmorProfile: LOCAL })] },
  ),
  annotated(
    'a field with the same profile',
    { [`${APPARMOR}main`]: 'localhost/own' },
    { containers: [confined({ appArmorProfile: LOCAL })] },
  ),
  annotated(
    "the pod's field agrees",
    { [`${APPARMOR}main`]: 'runtime/default' },
    { securityContext: { appArmorProfile: DEFAULT } },
  ),
  annotated(
    "the pod's field does not",
    { [`${APPARMOR}main`]: 'unconfined' },
    { securityContext: { appArmorProfile: DEFAULT } },
  ),
  annotated(
    'an empty annotation beside a field',
    { [`${APPARMOR}main`]: '' },
    { containers: [confined({ appArmorProfile: DEFAULT })] },
  ),
  annotated('a pod of Windows', { [`${APPARMOR}main`]: 'unconfined' }, { os: { name: 'windows' } }),
  annotated('refused for another reason', { [`${APPARMOR}main`]: 'unconfined' }, { restartPolicy: 'Sometimes' }),
  pod('without annotations', {}),
  patched('an annotation added', 'without-annotations', { [`${APPARMOR}main`]: 'unconfined' }),
  patched('an annotation changed', 'no-confinement', { [`${APPARMOR}main`]: 'runtime/default' }),
  patched('an annotation taken away', 'no-confinement', { [`${APPARMOR}main`]: null }),
  patched('another annotation', 'no-confinement', { other: 'one' }),
  patched('a mirror', 'without-annotations', { 'kubernetes.io/config.mirror': 'file' }),
];

const SECCOMP_STEPS: readonly Step[] = [
  annotated('the default for the pod', { [SECCOMP_POD]: 'runtime/default' }),
  annotated('the default of Docker', { [SECCOMP_POD]: 'docker/default' }),
  annotated('no confinement', { [`${SECCOMP}main`]: 'unconfined' }),
  annotated('a profile of the node', { [`${SECCOMP}main`]: 'localhost/own.json' }),
  annotated('a profile out of its folder', { [SECCOMP_POD]: 'localhost/../own.json' }),
  annotated('a profile from the root', { [`${SECCOMP}main`]: 'localhost//own.json' }),
  annotated('a word nobody knows', { [SECCOMP_POD]: 'strict' }),
  annotated('a word nobody knows for a container', { [`${SECCOMP}main`]: 'strict' }),
  annotated('a container nobody has', { [`${SECCOMP}other`]: 'unconfined' }),
  annotated(
    'a field that agrees',
    { [SECCOMP_POD]: 'docker/default' },
    { securityContext: { seccompProfile: DEFAULT } },
  ),
  annotated('a field that does not', { [SECCOMP_POD]: 'unconfined' }, { securityContext: { seccompProfile: DEFAULT } }),
  annotated(
    'a field with another profile',
    { [SECCOMP_POD]: 'localhost/other' },
    { securityContext: { seccompProfile: LOCAL } },
  ),
  annotated(
    "a container's field that agrees",
    { [`${SECCOMP}main`]: 'localhost/own' },
    { containers: [confined({ seccompProfile: LOCAL })] },
  ),
  annotated(
    "a container's field that does not",
    { [`${SECCOMP}main`]: 'unconfined' },
    { containers: [confined({ seccompProfile: LOCAL })] },
  ),
  annotated(
    "a container beside the pod's field",
    { [`${SECCOMP}main`]: 'unconfined' },
    { securityContext: { seccompProfile: DEFAULT } },
  ),
  annotated('of the pod and the container', { [SECCOMP_POD]: 'unconfined', [`${SECCOMP}main`]: 'runtime/default' }),
  pod('without annotations', {}),
  patched('an annotation added', 'without-annotations', { [SECCOMP_POD]: 'unconfined' }),
  patched('a wrong annotation added', 'without-annotations', { [SECCOMP_POD]: 'strict' }),
];

const TEMPLATE_STEPS: readonly Step[] = [
  template('apparmor of a template', { [`${APPARMOR}main`]: 'unconfined' }),
  template('apparmor of a template with a word', { [`${APPARMOR}main`]: 'strict' }),
  template(
    'apparmor of a template that the pod says too',
    { [`${APPARMOR}main`]: 'unconfined' },
    { securityContext: { appArmorProfile: { type: 'Unconfined' } } },
  ),
  template(
    'apparmor of a template against its field',
    { [`${APPARMOR}main`]: 'unconfined' },
    { securityContext: { appArmorProfile: DEFAULT } },
  ),
  template('seccomp of a template', { [SECCOMP_POD]: 'runtime/default', [`${SECCOMP}main`]: 'unconfined' }),
  template(
    'seccomp of a template against its field',
    { [SECCOMP_POD]: 'unconfined' },
    { securityContext: { seccompProfile: DEFAULT } },
  ),
  template('a template that costs much', { 'controller.kubernetes.io/pod-deletion-cost': 'much' }),
  template('a mirrored template', { 'kubernetes.io/config.mirror': 'file' }),
  template('annotations of old', {
    'scheduler.alpha.kubernetes.io/critical-pod': '',
    'security.alpha.kubernetes.io/sysctls': 'a=b',
    'security.alpha.kubernetes.io/unsafe-sysctls': 'a=b',
  }),
  annotated('a pod with annotations of old', {
    'security.alpha.kubernetes.io/sysctls': 'a=b',
    'scheduler.alpha.kubernetes.io/critical-pod': '',
  }),
];

const sysctls = (does: string, names: readonly string[], spec: object = {}) =>
  pod(does, {}, { securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) }, ...spec });

const SYSCTL_STEPS: readonly Step[] = [
  sysctls('safe ones', ['kernel.shm_rmid_forced', 'net.ipv4.tcp_syncookies']),
  sysctls('unsafe ones', ['kernel.msgmax', 'net.core.somaxconn', 'vm.swappiness']),
  sysctls('slashes', ['net/ipv4/ip_forward']),
  sysctls('one name twice', ['net.core.somaxconn', 'net.core.somaxconn']),
  sysctls('one that is no name', ['Net.Core']),
  sysctls('one without a name', ['']),
  sysctls('a star', ['net.*']),
  sysctls("of the host's network", ['net.core.somaxconn'], { hostNetwork: true }),
  sysctls("of the host's network with slashes", ['net/ipv4/conf/eth0.1/forwarding'], { hostNetwork: true }),
  sysctls("of the host's network twice", ['net.core.somaxconn', 'net.core.somaxconn'], { hostNetwork: true }),
  sysctls("another on the host's network", ['kernel.msgmax', 'network.name'], { hostNetwork: true }),
  sysctls("of the host's messages", ['kernel.msgmax'], { hostIPC: true }),
  sysctls("of the host's queues", ['fs.mqueue.msg_max'], { hostIPC: true }),
  sysctls("of the host's memory with slashes", ['kernel/shmmax'], { hostIPC: true }),
  sysctls("another with the host's messages", ['kernel.domainname', 'net.core.somaxconn'], { hostIPC: true }),
  template(
    'in a template on the host',
    {},
    { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
  ),
];

const LABELS = { labels: { app: 'shop', hash: 'one' } };
const SELECTOR = { matchLabels: { app: 'shop' } };
const near = (term: object) => ({
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: SELECTOR, ...term }],
  },
});
const far = (term: object) => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: SELECTOR, ...term } },
    ],
  },
});
const spread = (more: object) => [
  { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: SELECTOR, ...more },
];

const LABEL_STEPS: readonly Step[] = [
  pod('near its like', LABELS, { affinity: near({ matchLabelKeys: ['hash'] }) }),
  pod('near others', LABELS, { affinity: near({ mismatchLabelKeys: ['hash'] }) }),
  pod('far from its like', LABELS, { affinity: far({ matchLabelKeys: ['hash'], mismatchLabelKeys: ['app'] }) }),
  pod('by a label it has not', LABELS, { affinity: near({ matchLabelKeys: ['other'] }) }),
  pod('by a label in the selector', LABELS, { affinity: near({ matchLabelKeys: ['app'] }) }),
  pod('by a label in both lists', LABELS, {
    affinity: near({ matchLabelKeys: ['hash'], mismatchLabelKeys: ['hash'] }),
  }),
  pod('without a selector', LABELS, { affinity: near({ matchLabelKeys: ['hash'], labelSelector: undefined }) }),
  pod('by no label', LABELS, { affinity: near({ matchLabelKeys: ['no label'] }) }),
  pod('spread with its like', LABELS, { topologySpreadConstraints: spread({ matchLabelKeys: ['hash'] }) }),
  pod('spread by a label in the selector', LABELS, { topologySpreadConstraints: spread({ matchLabelKeys: ['app'] }) }),
  pod('spread without a selector', LABELS, {
    topologySpreadConstraints: spread({ matchLabelKeys: ['hash'], labelSelector: undefined }),
  }),
  pod('spread by no label', LABELS, { topologySpreadConstraints: spread({ matchLabelKeys: ['no label'] }) }),
  template(
    'a template by a label in the selector',
    {},
    { topologySpreadConstraints: spread({ matchLabelKeys: ['app'] }) },
  ),
];

/** All of it. */
export const POD_STRATEGY_SEQUENCES: readonly Sequence[] = [
  { name: 'apparmor', steps: APPARMOR_STEPS },
  { name: 'seccomp', steps: SECCOMP_STEPS },
  { name: 'template-annotations', steps: TEMPLATE_STEPS },
  { name: 'sysctls', steps: SYSCTL_STEPS },
  { name: 'label-keys', steps: LABEL_STEPS },
];
