import { singleProgram } from '../single-program.js';

export const csiAttacher = singleProgram({
  name: 'registry.k8s.io/sig-storage/csi-attacher',
  tags: (tag) => /^v4\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 32,
  path: '/csi-attacher',
  program: 'csi-attacher',
  entrypoint: ['/csi-attacher'],
});
