import { singleProgram } from '../single-program.js';

/** What gives pods that are made what is recommended for them. */
export const vpaAdmissionController = singleProgram({
  name: 'registry.k8s.io/autoscaling/vpa-admission-controller',
  tags: (tag) => /^1\.(?:[4-7]\.\d|8\.[01])$/.test(tag),
  megabytes: 29,
  path: '/admission-controller',
  program: 'vpa-admission-controller',
  entrypoint: ['/admission-controller'],
  user: '65532',
});
