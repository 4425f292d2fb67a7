import { singleProgram } from '../single-program.js';

/** An image of this project's own: an admission webhook that answers by rules in a ConfigMap. */
export const admissionWebhook = singleProgram({
  name: 'docker.io/kubedrill/admission-webhook',
  tags: (tag) => ['latest', '1.0', '1.0.0'].includes(tag),
  megabytes: 14,
  path: '/admission-webhook',
  program: 'admission-webhook',
  entrypoint: ['/admission-webhook'],
  user: '65532:65532',
});
