import { kubernetesTags, singleProgram } from '../single-program.js';

export const kubeProxy = singleProgram({
  name: 'registry.k8s.io/kube-proxy',
  tags: kubernetesTags,
  megabytes: 26,
  path: '/usr/local/bin/kube-proxy',
  program: 'kube-proxy',
});
