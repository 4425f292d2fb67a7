import { singleProgram } from '../single-program.js';

/** What puts pods out, or changes them, whose requests are not what is recommended. */
export const vpaUpdater = singleProgram({
  name: 'registry.k8s.io/autoscaling/vpa-updater',
  tags: (tag) => /^1\.(?:[4-7]\.\d|8\.[01])$/.test(tag),
  megabytes: 29,
  path: '/updater',
  program: 'vpa-updater',
  entrypoint: ['/updater'],
  user: '65532',
});
