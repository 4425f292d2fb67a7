import { singleProgram } from '../single-program.js';

export const csiNodeDriverRegistrar = singleProgram({
  name: 'registry.k8s.io/sig-storage/csi-node-driver-registrar',
  tags: (tag) => /^v2\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 13,
  path: '/csi-node-driver-registrar',
  program: 'csi-node-driver-registrar',
  entrypoint: ['/csi-node-driver-registrar'],
});
