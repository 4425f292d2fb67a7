import { singleProgram } from '../single-program.js';

/** An image of this project's own: the APIs of custom and external metrics, with values out of a ConfigMap. */
export const metricsAdapter = singleProgram({
  name: 'docker.io/kubedrill/metrics-adapter',
  tags: (tag) => ['latest', '1.0', '1.0.0'].includes(tag),
  megabytes: 17,
  path: '/metrics-adapter',
  program: 'metrics-adapter',
  entrypoint: ['/metrics-adapter'],
  user: '65532:65532',
});
