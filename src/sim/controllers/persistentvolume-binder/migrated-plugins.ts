import type { KubeObject } from '../../api/object.js';

const MIGRATED_TO = 'pv.kubernetes.io/migrated-to';

/** Plugins that were once part of Kubernetes, and the CSI drivers that do their work since (csi-translation-lib). */
const DRIVERS: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

/** The driver that works for a provisioner; undefined for one that works itself. */
export function driverFor(provisioner: string): string | undefined {
  return Object.hasOwn(DRIVERS, provisioner) ? DRIVERS[provisioner] : undefined;
}

/** What the annotations of an object that `provisioner` cares for ought to be; undefined when they are that. */
export function migratedAnnotations(
  { metadata }: KubeObject,
  provisioner: string | undefined,
): Record<string, string> | undefined {
  if (provisioner === undefined) return undefined;
  const driver = driverFor(provisioner);
  const { [MIGRATED_TO]: marked, ...others } = metadata.annotations ?? {};
  if (driver !== undefined) return marked === driver ? undefined : { ...others, [MIGRATED_TO]: driver };
  return marked ? others : undefined;
}

/** Whether a driver outside has taken over an object. */
export function isMigrated({ metadata }: KubeObject): boolean {
  return Boolean(metadata.annotations?.[MIGRATED_TO]);
}
