import { singleProgram } from '../single-program.js';

export const csiSnapshotter = singleProgram({
  name: 'registry.k8s.io/sig-storage/csi-snapshotter',
  tags: (tag) => /^v8\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 34,
  path: '/csi-snapshotter',
  program: 'csi-snapshotter',
  entrypoint: ['/csi-snapshotter'],
});
