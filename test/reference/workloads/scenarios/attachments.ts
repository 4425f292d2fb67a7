import { CALM, give, node, patch, placing, remove, type Scenario, type Step } from '../scenario.js';

const CONTROLLED = 'volumes.kubernetes.io/controller-managed-attach-detach';
const attached = (name: string, by = 'true') => {
  const one = node(name);
  return { ...one, metadata: { ...one.metadata, annotations: { ...one.metadata.annotations, [CONTROLLED]: by } } };
};
const NODES = [attached('n1'), attached('n2')];

const driver = (spec: string): Step =>
  give(`{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: NS-disk}, spec: {${spec}}}`);
const DISK = driver('attachRequired: true');
const volume = (name: string, more = ''): Step =>
  give(
    `{apiVersion: v1, kind: PersistentVolume, metadata: {name: NS-${name}}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: NS-class, persistentVolumeReclaimPolicy: Retain, claimRef: {namespace: NAMESPACE, name: ${name}}, csi: {driver: NS-disk, volumeHandle: NS-${name}${more}}}}`,
  );
const claim = (name: string): Step =>
  give(
    `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: ${name}}, spec: {accessModes: [ReadWriteOnce], storageClassName: NS-class, resources: {requests: {storage: 1Gi}}}}`,
  );
const pod = (name: string, of: string, where = 'n1', metadata = ''): Step =>
  give(
    `{apiVersion: v1, kind: Pod, metadata: {name: ${name}${metadata}}, spec: {nodeSelector: {kubernetes.io/hostname: ${where}}, terminationGracePeriodSeconds: 0, containers: [{name: c, image: "nginx:1.27"}], volumes: [{name: data, persistentVolumeClaim: {claimName: ${of}}}]}}`,
  );
const ATTACHED = patch('volumeattachments csi-#1', '{status: {attached: true}}', 'status');
const inUse = (name: string, volumes: string): Step =>
  patch(`nodes ${name}`, `{status: {volumesInUse: [${volumes}]}}`, 'status');
const HANDLE = 'kubernetes.io/csi/NS-disk^NS-data';

/** `data` is there and bound. */
const DATA: readonly Step[] = [volume('data'), CALM, claim('data'), CALM];

function attaching(title: string, ...steps: Step[]): Scenario {
  return { ...placing(`attaching: ${title}`, NODES, ...steps), also: ['volumeattachments', 'nodes'] };
}

/** Volumes of drivers outside, and which node has them. What attaches them is played by hand. */
export const ATTACHMENTS: readonly Scenario[] = [
  attaching('a pod comes and goes', DISK, ...DATA, pod('a', 'data'), CALM, ATTACHED, CALM, remove('pods a'), CALM),
  attaching('nobody attaches', DISK, ...DATA, pod('a', 'data'), CALM, remove('pods a'), CALM),
  attaching('a driver that attaches nothing', driver('attachRequired: false'), ...DATA, pod('a', 'data'), CALM),
  attaching('a driver that nobody told of', ...DATA, pod('a', 'data'), CALM),
  attaching(
    'an error, and then none',
    DISK,
    ...DATA,
    pod('a', 'data'),
    CALM,
    patch('volumeattachments csi-#1', '{status: {attached: false, attachError: {message: "no such disk"}}}', 'status'),
    CALM,
    ATTACHED,
    CALM,
  ),
  attaching(
    'two pods on one node',
    DISK,
    ...DATA,
    pod('a', 'data'),
    pod('b', 'data'),
    CALM,
    ATTACHED,
    CALM,
    remove('pods a'),
    CALM,
  ),
  attaching(
    'two pods on two nodes',
    DISK,
    ...DATA,
    pod('a', 'data'),
    CALM,
    ATTACHED,
    CALM,
    pod('b', 'data', 'n2'),
    CALM,
    remove('pods a'),
    CALM,
  ),
  attaching(
    'a node that still has it in use',
    DISK,
    ...DATA,
    pod('a', 'data'),
    CALM,
    ATTACHED,
    inUse('n1', `"${HANDLE}"`),
    CALM,
    remove('pods a'),
    CALM,
    inUse('n1', ''),
    CALM,
  ),
  attaching(
    'the attachment is deleted',
    DISK,
    ...DATA,
    pod('a', 'data'),
    CALM,
    ATTACHED,
    CALM,
    remove('volumeattachments csi-#1'),
    CALM,
  ),
  attaching(
    'a pod that is done',
    DISK,
    ...DATA,
    pod('a', 'data', 'n1', ', annotations: {play: succeed}'),
    CALM,
    ATTACHED,
    CALM,
  ),
  {
    ...placing('attaching: a node that attaches itself', [node('n1')], DISK, ...DATA, pod('a', 'data'), CALM),
    also: ['volumeattachments', 'nodes'],
  },
];
