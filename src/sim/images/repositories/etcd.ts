import { programFiles } from '../base-files.js';
import { singleProgram } from '../single-program.js';

export const etcd = singleProgram({
  name: 'registry.k8s.io/etcd',
  tags: (tag) => /^3\.[56]\.\d{1,2}-0$/.test(tag),
  megabytes: 23,
  path: '/usr/local/bin/etcd',
  program: 'etcd',
  more: programFiles('/usr/local/bin', ['etcdctl', 'etcdutl']),
});
