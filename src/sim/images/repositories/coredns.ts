import { singleProgram } from '../single-program.js';

export const coredns = singleProgram({
  name: 'registry.k8s.io/coredns/coredns',
  tags: (tag) => /^v1\.1[0-4]\.\d{1,2}$/.test(tag),
  megabytes: 23,
  path: '/coredns',
  program: 'coredns',
  entrypoint: ['/coredns'],
  user: '65532',
});
