import { expect, test } from 'vitest';
import { findAll, findValue } from '../../src/checker/json-path.js';

const POD = {
  metadata: { name: 'web', labels: { app: 'web', 'app.kubernetes.io/name': 'x' }, annotations: {} },
  spec: {
    containers: [
      { name: 'a', image: 'nginx' },
      { name: 'b', image: 'busybox', ports: [] },
    ],
    hostNetwork: false,
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Initialized', status: 'False' },
    ],
  },
};

test.each<[string, unknown]>([
  ['$.metadata.name', 'web'],
  ['$.metadata.labels["app.kubernetes.io/name"]', 'x'],
  ["$.metadata.labels['app.kubernetes.io/name']", 'x'],
  ['$.spec.containers[*].name', ['a', 'b']],
  ['$.spec.containers[0].image', 'nginx'],
  ['$.spec.containers[-1:].image', 'busybox'],
  ['$.spec.containers[?(@.name=="b")].image', 'busybox'],
  ['$.status.conditions[?(@.type=="Ready")].status', 'True'],
  ['$.spec.containers[1].ports', []],
  ['$.spec.hostNetwork', false],
  ['$.metadata.annotations', {}],
  ['$.spec.nodeName', undefined],
  ['$.spec.nothing[*].at.all', undefined],
  ['$..image', ['nginx', 'busybox']],
])('%s', (path, value) => {
  expect(findValue(POD, path)).toEqual(value);
});

test('an expression can run nothing', () => {
  const global = globalThis as { touched?: boolean };
  for (const code of ['globalThis.touched = true', 'this.constructor.constructor("globalThis.touched = true")()']) {
    try {
      findAll(POD, `$.spec.containers[?(${code})]`);
    } catch {
      // Refused is as good as ignored.
    }
  }
  expect(global.touched).toBeUndefined();
});

test.each([[undefined], [null], ['text'], [7]])('nothing is found in %j', (value) => {
  expect(findValue(value, '$.a.b')).toBeUndefined();
});
