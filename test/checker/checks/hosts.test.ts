import { expect, test } from 'vitest';
import type { Subject } from '../../../src/checker/rubric.js';
import { saying } from '../graded.js';

const at = (path: string, content: string) => ({ [`cka1-node1:${path}`]: content });
const file = (path: string, more: object = {}, condition: object = {}): Subject => ({
  file: { host: 'node01', path, ...more },
  ...condition,
});
const FILES = {
  ...at('/a', 'hello\n'),
  ...at('/b.yaml', 'spec: {containers: [{name: x}]}\n'),
  ...at('/empty', ''),
  ...at('/bad.yaml', 'a: [\n'),
  'cka1-node1:/own': { content: Buffer.from(''), owner: 'jane', group: 'ops', mode: 0o600 },
};

test.each<[Subject, string]>([
  [file('/a'), '✓ /a exists / it exists'],
  [file('/z'), '✗ /z exists / no such file'],
  [file('/z', {}, { absent: true }), '✓ no /z / no /z'],
  [file('/a', {}, { absent: true }), '✗ no /a / it exists'],
  [file('/a', {}, { equals: 'hello' }), '✓ hello / hello'],
  [file('/a', {}, { contains: 'bye' }), '✗ contains bye / hello'],
  [file('/empty', {}, { equals: '' }), '✓ "" / ""'],
  [file('/own', { mode: '0600', owner: 'jane' }), '✓ /own exists / it exists'],
  [file('/own', { mode: '0644' }), '✗ mode 0644 / mode 0600'],
  [file('/own', { owner: 'jane:ops' }), '✓ /own exists / it exists'],
  [file('/own', { owner: 'jane:dev' }), '✗ owner jane:dev / owner jane:ops'],
  [file('/own', { owner: 'root' }), '✗ owner root / owner jane'],
  [file('/b.yaml', { jsonpath: '$.spec.containers[0].name' }, { equals: 'x' }), '✓ x / x'],
  [file('/b.yaml', { jsonpath: '$.spec.nodeName' }, { absent: true }), '✓ is not set / nothing'],
  [
    file('/empty', { jsonpath: '$.spec' }, { equals: 'x' }),
    '✗ YAML or JSON / expected a document, but the input is empty',
  ],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, { files: FILES })).toBe(says);
});

test('a file that is no YAML is told as such', async () => {
  expect(await saying(file('/bad.yaml', { jsonpath: '$.a' }, { equals: 1 }), { files: FILES })).toMatch(
    /^✗ YAML or JSON \/ ./,
  );
});

const answer = (more: object): Subject => ({ answer: { host: 'node01', path: '/x', ...more } });
const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  status: { nodeInfo: { kubeletVersion: 'v1.36.0' } },
};
const BY_CLUSTER = {
  resource: { apiVersion: 'v1', kind: 'Node', name: 'n1' },
  jsonpath: '$.status.nodeInfo.kubeletVersion',
};

test.each<[string | undefined, object, string]>([
  ['deploy/coredns\n', { names: 'deployment/coredns' }, '✓ deployment/coredns / deploy/coredns'],
  ['pod/coredns', { names: 'deployment/coredns' }, '✗ deployment/coredns / pod/coredns'],
  [undefined, { names: 'deployment/coredns' }, '✗ deployment/coredns / no file /x'],
  ['what?', { names: 'no kind here at all' }, '✗ no kind here at all / what?'],
  [' 42 \n', { equals: 42 }, '✓ 42 / 42'],
  ['', { equals: 42 }, '✗ 42 / ""'],
  [undefined, { equals: 42 }, '✗ 42 / no file /x'],
  ['v1.36.0', BY_CLUSTER, '✓ v1.36.0 / v1.36.0'],
  ['v1.35.0', BY_CLUSTER, '✗ v1.36.0 / v1.35.0'],
  [
    'x',
    { ...BY_CLUSTER, resource: { ...BY_CLUSTER.resource, name: 'n2' } },
    '✗ to be found out / there is no node/n2 to compare with',
  ],
])('the answer %j for %j: %s', async (text, subject, says) => {
  const files = text === undefined ? {} : at('/x', text);
  expect(await saying(answer(subject), { files, objects: [NODE] })).toBe(says);
});
