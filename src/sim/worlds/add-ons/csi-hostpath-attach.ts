import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';
import { DRIVER, driver, hostVolumes, labelsOf, provisioner, sidecar } from './csi-hostpath/pod.js';
import { sidecarRights } from './csi-hostpath/rights.js';

const NAMESPACE = 'default';
const ACCOUNT = 'csi-hostpathplugin-sa';
const LABELS = labelsOf('csi-hostpathplugin', 'plugin');

/**
 * The CSI hostpath driver as its kubernetes-1.34 deployment installs it: once, on one of the nodes, with all sidecars;
 * its volumes are attached before they are mounted, which the driver is told of (--enable-attach).
 */
export const csiHostpathAttach: AddOn = {
  name: 'csi-hostpath-attach',
  objects: () => [
    ...sidecarRights(ACCOUNT, NAMESPACE, ['attacher', 'provisioner', 'resizer', 'snapshotter']),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: DRIVER, labels: labelsOf(DRIVER, 'csi-driver') },
      spec: { volumeLifecycleModes: ['Persistent', 'Ephemeral'], podInfoOnMount: true, fsGroupPolicy: 'File' },
    },
    statefulSet(),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'csi-hostpath-sc' },
      provisioner: DRIVER,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: true,
    },
  ],
};

function statefulSet(): KubeObject {
  const containers = [
    ...driver(['--enable-attach=true', '--enable-controller-modify-volume=true']),
    sidecar('csi-attacher', 'v4.12.0', []),
    provisioner([]),
    sidecar('csi-resizer', 'v2.2.1', []),
    sidecar('csi-snapshotter', 'v8.6.0', []),
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'csi-hostpathplugin', namespace: NAMESPACE, labels: LABELS },
    spec: {
      serviceName: 'csi-hostpathplugin',
      // Its volumes are on the one node where it runs.
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: { serviceAccountName: ACCOUNT, containers, volumes: hostVolumes() },
      },
    },
  };
}
