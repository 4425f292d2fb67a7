import { programFiles } from '../base-files.js';
import { singleProgram } from '../single-program.js';

export const calicoNode = singleProgram({
  name: 'docker.io/calico/node',
  tags: (tag) => /^v3\.(?:2\d|3[01])\.\d{1,2}$/.test(tag),
  megabytes: 158,
  path: '/bin/calico-node',
  program: 'calico-node',
  entrypoint: ['/bin/calico-node'],
  more: programFiles('/bin', ['bash', 'sh', 'cat', 'ls']),
});
