import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';
import { DRIVER, driver, hostVolumes, labelsOf, NODE_ENV, provisioner, sidecar } from './csi-hostpath/pod.js';
import { sidecarRights } from './csi-hostpath/rights.js';

const NAMESPACE = 'default';
const ACCOUNT = 'csi-provisioner';
const LABELS = labelsOf('csi-hostpathplugin', 'plugin');

/**
 * The CSI hostpath driver as its kubernetes-distributed deployment installs it, on each worker with a provisioner of its
 * own; besides, a resizer and a snapshotter of its own, and classes that may grow. Volumes are not attached.
 */
export const csiHostpath: AddOn = {
  name: 'csi-hostpath',
  objects: () => [
    ...sidecarRights(ACCOUNT, NAMESPACE, ['provisioner', 'resizer', 'snapshotter']),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: DRIVER, labels: labelsOf(DRIVER, 'csi-driver') },
      spec: {
        volumeLifecycleModes: ['Persistent'],
        podInfoOnMount: true,
        attachRequired: false,
        storageCapacity: true,
        fsGroupPolicy: 'File',
      },
    },
    daemonSet(),
    storageClass('fast'),
    storageClass('slow'),
  ],
};

function storageClass(kind: string): KubeObject {
  const name = `csi-hostpath-${kind}`;
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, labels: labelsOf(name, 'storageclass') },
    provisioner: DRIVER,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    parameters: { kind },
  };
}

function daemonSet(): KubeObject {
  const containers = [
    provisioner([
      '--enable-capacity',
      '--capacity-ownerref-level=0',
      '--node-deployment=true',
      '--strict-topology=true',
      '--immediate-topology=false',
      '--worker-threads=5',
    ]),
    sidecar('csi-resizer', 'v2.2.1', []),
    { ...sidecar('csi-snapshotter', 'v8.6.0', ['--node-deployment=true']), env: NODE_ENV },
    ...driver(['--capacity=slow=10Gi', '--capacity=fast=100Gi']),
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'csi-hostpathplugin', namespace: NAMESPACE, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: { serviceAccountName: ACCOUNT, containers, volumes: hostVolumes() },
      },
    },
  };
}
