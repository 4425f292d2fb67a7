import { expect, test } from 'vitest';
import { validatePodSpecUpdate } from '../../../../../src/sim/api/kinds/pod/pod-update-rules.js';
import type { PodSpec } from '../../../../../src/sim/api/types/pod.js';

test('what may not change is shown in the order of the server, whatever order the client has', () => {
  const resources = (cpu: string) => ({ requests: { cpu, memory: '1Gi' } });
  const old: PodSpec = {
    volumes: [{ name: 'v', emptyDir: {} }],
    containers: [{ name: 'c', image: 'nginx', resources: resources('1') }],
    restartPolicy: 'Always',
    nodeName: 'node01',
  };
  const spec: PodSpec = {
    nodeName: 'node01',
    containers: [{ resources: resources('2'), image: 'nginx', name: 'c' }],
    restartPolicy: 'Always',
    volumes: [{ emptyDir: {}, name: 'v' }],
  };
  const [error] = validatePodSpecUpdate(spec, old);
  expect(error?.body.split('\n').slice(1)).toEqual([
    '@@ -11,7 +11,7 @@',
    '    "Image": "nginx",',
    '    "Resources": {',
    '     "Requests": {',
    '-     "cpu": "1",',
    '+     "cpu": "2",',
    '      "memory": "1Gi"',
    '     }',
    '    }',
    '',
  ]);
});
