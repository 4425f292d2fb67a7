import { singleProgram } from '../single-program.js';

export const kubeWebhookCertgen = singleProgram({
  name: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen',
  tags: (tag) => /^v(?:1\.[4-6]\.\d{1,2}|20\d{6}-\w+)$/.test(tag),
  megabytes: 24,
  path: '/kube-webhook-certgen',
  program: 'kube-webhook-certgen',
  entrypoint: ['/kube-webhook-certgen'],
  user: '65532',
});
