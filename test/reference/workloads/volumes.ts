const HOST = 'hostPath: {path: /tmp/NS-data}';

/** A volume of the scenario's own class; what follows goes first where both say it. `NS-` begins names of what stands in no namespace. */
export function volume(name: string, more = '', metadata = ''): string {
  const size = more.includes('capacity:') ? '' : 'capacity: {storage: 1Gi}, ';
  const modes = more.includes('accessModes:') ? '' : 'accessModes: [ReadWriteOnce], ';
  const kind = more.includes('storageClassName:') ? '' : 'storageClassName: NS-class, ';
  const source = /hostPath:|nfs:|csi:|awsElastic/.test(more) ? '' : `${HOST}, `;
  return `{apiVersion: v1, kind: PersistentVolume, metadata: {name: NS-${name}${metadata}}, spec: {${size}${modes}${kind}${source}${more}}}`;
}

/** A claim of the scenario's own class. */
export function claim(name: string, more = '', metadata = ''): string {
  const size = more.includes('resources:') ? '' : 'resources: {requests: {storage: 1Gi}}, ';
  const modes = more.includes('accessModes:') ? '' : 'accessModes: [ReadWriteOnce], ';
  const kind = more.includes('storageClassName:') ? '' : 'storageClassName: NS-class, ';
  return `{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: ${name}${metadata}}, spec: {${size}${modes}${kind}${more}}}`;
}

/** A class. */
export const kind = (name: string, more: string, metadata = ''): string =>
  `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: NS-${name}${metadata}}, ${more}}`;
/** A pod with volumes. */
export const pod = (name: string, volumes: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: "nginx:1.27"}], volumes: [${volumes}]}}`;
/** A pod that uses a claim. */
export const using = (name: string, of: string): string =>
  pod(name, `{name: data, persistentVolumeClaim: {claimName: ${of}}}`);
