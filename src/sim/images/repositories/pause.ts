import { singleProgram } from '../single-program.js';

export const pause = singleProgram({
  name: 'registry.k8s.io/pause',
  tags: (tag) => /^3\.(?:[1-9]|10)(?:\.\d)?$/.test(tag),
  megabytes: 0,
  path: '/pause',
  program: 'pause',
  entrypoint: ['/pause'],
  user: '65535:65535',
});
