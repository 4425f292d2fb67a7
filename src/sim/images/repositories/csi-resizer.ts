import { singleProgram } from '../single-program.js';

export const csiResizer = singleProgram({
  name: 'registry.k8s.io/sig-storage/csi-resizer',
  tags: (tag) => /^v[12]\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 31,
  path: '/csi-resizer',
  program: 'csi-resizer',
  entrypoint: ['/csi-resizer'],
});
