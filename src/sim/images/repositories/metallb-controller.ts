import { singleProgram } from '../single-program.js';

export const metallbController = singleProgram({
  name: 'quay.io/metallb/controller',
  tags: (tag) => /^v0\.1[3-5]\.\d{1,2}$/.test(tag),
  megabytes: 26,
  path: '/controller',
  program: 'metallb-controller',
  entrypoint: ['/controller'],
});
