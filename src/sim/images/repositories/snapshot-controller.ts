import { singleProgram } from '../single-program.js';

export const snapshotController = singleProgram({
  name: 'registry.k8s.io/sig-storage/snapshot-controller',
  tags: (tag) => /^v8\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 33,
  path: '/snapshot-controller',
  program: 'snapshot-controller',
  entrypoint: ['/snapshot-controller'],
});
