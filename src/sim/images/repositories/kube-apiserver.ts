import { kubernetesTags, singleProgram } from '../single-program.js';

export const kubeApiserver = singleProgram({
  name: 'registry.k8s.io/kube-apiserver',
  tags: kubernetesTags,
  megabytes: 27,
  path: '/usr/local/bin/kube-apiserver',
  program: 'kube-apiserver',
});
