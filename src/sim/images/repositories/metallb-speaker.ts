import { singleProgram } from '../single-program.js';

export const metallbSpeaker = singleProgram({
  name: 'quay.io/metallb/speaker',
  tags: (tag) => /^v0\.1[3-5]\.\d{1,2}$/.test(tag),
  megabytes: 47,
  path: '/speaker',
  program: 'metallb-speaker',
  entrypoint: ['/speaker'],
});
