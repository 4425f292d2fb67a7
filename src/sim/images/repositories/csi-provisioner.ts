import { singleProgram } from '../single-program.js';

export const csiProvisioner = singleProgram({
  name: 'registry.k8s.io/sig-storage/csi-provisioner',
  tags: (tag) => /^v[56]\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 33,
  path: '/csi-provisioner',
  program: 'csi-provisioner',
  entrypoint: ['/csi-provisioner'],
});
