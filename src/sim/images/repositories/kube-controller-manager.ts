import { kubernetesTags, singleProgram } from '../single-program.js';

export const kubeControllerManager = singleProgram({
  name: 'registry.k8s.io/kube-controller-manager',
  tags: kubernetesTags,
  megabytes: 23,
  path: '/usr/local/bin/kube-controller-manager',
  program: 'kube-controller-manager',
});
