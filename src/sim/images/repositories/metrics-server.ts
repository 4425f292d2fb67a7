import { singleProgram } from '../single-program.js';

/** What tells CPU and memory in use to autoscalers and `kubectl top`. */
export const metricsServer = singleProgram({
  name: 'registry.k8s.io/metrics-server/metrics-server',
  tags: (tag) => /^v0\.(?:6\.[0-4]|7\.[0-2]|8\.[01])$/.test(tag),
  megabytes: 22,
  path: '/metrics-server',
  program: 'metrics-server',
  entrypoint: ['/metrics-server'],
  user: '65534',
});
