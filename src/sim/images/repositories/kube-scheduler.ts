import { kubernetesTags, singleProgram } from '../single-program.js';

export const kubeScheduler = singleProgram({
  name: 'registry.k8s.io/kube-scheduler',
  tags: kubernetesTags,
  megabytes: 17,
  path: '/usr/local/bin/kube-scheduler',
  program: 'kube-scheduler',
});
