import { singleProgram } from '../single-program.js';

export const livenessprobe = singleProgram({
  name: 'registry.k8s.io/sig-storage/livenessprobe',
  tags: (tag) => /^v2\.\d{1,2}\.\d{1,2}$/.test(tag),
  megabytes: 12,
  path: '/livenessprobe',
  program: 'livenessprobe',
  entrypoint: ['/livenessprobe'],
});
