/** Bodies and patches that nobody should send, names among them that mean something to JavaScript. */
import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, configMap, DEPLOYMENTS, deployment, PODS, patch, pod, post, put, raw } from './steps.js';

const HEAD = '"apiVersion":"v1","kind":"ConfigMap"';
const YAML = 'application/yaml';
const MEBIBYTE = 1024 * 1024;

const number = (text: string, name = 'n') =>
  raw(
    `number ${text}`,
    'POST',
    PODS,
    `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"},"spec":{"terminationGracePeriodSeconds":${text},"containers":[]}}`,
  );
const json = (does: string, inner: string) => raw(does, 'POST', CONFIG_MAPS, `{${HEAD},${inner}}`);
const yaml = (does: string, text: string) => raw(does, 'POST', CONFIG_MAPS, text, YAML);
const YAML_HEAD = 'apiVersion: v1\nkind: ConfigMap\n';
const A = `${CONFIG_MAPS}/a`;
const WEB = `${DEPLOYMENTS}/web`;

/** Bodies and patches. */
export const BAD_BODIES: Sequence = {
  name: 'bad-bodies',
  steps: [
    post('make', CONFIG_MAPS, configMap('a', { data: { x: '1' } })),
    post('make a deployment', DEPLOYMENTS, deployment('web')),
    ...[
      '9223372036854775807',
      '9223372036854775808',
      '1e3',
      '1.0',
      '1.5',
      '1e400',
      '-0',
      '01',
      '0x10',
      'NaN',
      '"5"',
      '-9223372036854775809',
    ].map((text) => number(text)),
    json('name with a NUL', '"metadata":{"name":"a\\u0000b"}'),
    json('label with a NUL', '"metadata":{"name":"nul","labels":{"a\\u0000":"b"}}'),
    json('annotation with a NUL', '"metadata":{"name":"nul","annotations":{"a":"b\\u0000"}}'),
    json('surrogates the wrong way round', '"metadata":{"name":"halves"},"data":{"a":"\\udc00\\ud800"}'),
    json('half a surrogate in a key', '"metadata":{"name":"half-key","annotations":{"\\ud800":"x"}}'),
    json('metadata a list', '"metadata":[]'),
    json('metadata a text', '"metadata":"x"'),
    json('metadata null', '"metadata":null'),
    json('constructor', '"metadata":{"name":"c"},"constructor":{"prototype":{"polluted":"1"}}'),
    json(
      'constructor in metadata',
      '"metadata":{"name":"d","constructor":{"prototype":{"polluted":"1"}},"__proto__":{"labels":{"a":"b"}}}',
    ),
    json(
      'annotations __proto__ and constructor',
      '"metadata":{"name":"e","annotations":{"__proto__":"1","constructor":"2","toString":"3"}}',
    ),
    json(
      'managed fields of __proto__',
      '"metadata":{"name":"f","managedFields":[{"manager":"m","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:__proto__":{"f:x":{}}}}]}',
    ),
    json(
      'managed fields of nonsense',
      '"metadata":{"name":"g","managedFields":[{"manager":"m","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"x":1}}]}',
    ),
    json('owner without anything', '"metadata":{"name":"h","ownerReferences":[{}]}'),
    json('deep objects', `"metadata":{"name":"i"},"x":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`),
    json('too deep objects', `"metadata":{"name":"i"},"x":${'{"a":'.repeat(20000)}1${'}'.repeat(20000)}`),
    json(
      'many keys',
      `"metadata":{"name":"many"},${Array.from({ length: 200 }, (_, index) => `"k${index}":1`).join(',')}`,
    ),
    raw('a byte order mark', 'POST', CONFIG_MAPS, `\ufeff{${HEAD},"metadata":{"name":"bom"}}`),
    raw('only NULs', 'POST', CONFIG_MAPS, '\0\0\0\0'),
    raw('a comment', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"k"}} // x`),
    raw('single quotes', 'POST', CONFIG_MAPS, "{'kind':'ConfigMap'}"),
    yaml('YAML that holds itself', `${YAML_HEAD}metadata: {name: y1}\nx: &x [*x]\n`),
    yaml('YAML merge', `${YAML_HEAD}metadata: {name: y2}\ndata: {<<: {a: "1"}}\n`),
    yaml('YAML unknown alias', `${YAML_HEAD}metadata: {name: y3}\ndata: *nothing\n`),
    yaml('YAML tag', `${YAML_HEAD}metadata: {name: y4}\ndata: {a: !!binary aGVsbG8=}\n`),
    yaml('YAML foreign tag', `${YAML_HEAD}metadata: {name: y5}\ndata: {a: !!js/function "x"}\n`),
    yaml(
      'YAML __proto__',
      `${YAML_HEAD}metadata: {name: y6}\n__proto__: {data: {a: "1"}}\ndata: {__proto__: "1", constructor: "2"}\n`,
    ),
    yaml('YAML two documents', `${YAML_HEAD}metadata: {name: y7}\n---\n${YAML_HEAD}metadata: {name: y8}\n`),
    yaml('YAML list as a key', `${YAML_HEAD}metadata: {name: y9}\n? [1]\n: 2\n`),
    yaml('YAML number as a key', `${YAML_HEAD}metadata: {name: y10}\ndata: {1: "x", true: "y"}\n`),
    yaml('YAML tab', `${YAML_HEAD}metadata:\n\tname: y11\n`),
    yaml('YAML NUL', `${YAML_HEAD}metadata: {name: y12}\ndata: {a: "\0"}\n`),
    yaml('YAML deep', `${YAML_HEAD}metadata: {name: y13}\nx: ${'['.repeat(9000)}${']'.repeat(9000)}\n`),
    yaml('YAML too deep', `${YAML_HEAD}metadata: {name: y14}\nx: ${'['.repeat(20000)}${']'.repeat(20000)}\n`),
    yaml('YAML large number', `${YAML_HEAD}metadata: {name: y15, generation: 9223372036854775808}\n`),
    yaml('YAML nothing', ''),
    yaml('YAML text', 'hello'),
    yaml('YAML list', '- a\n'),
    ...[
      'application/json;charset=utf-16',
      'APPLICATION/JSON',
      'application/json;;',
      'application/x-yaml',
      'application/merge-patch+json',
      '__proto__',
      'application/json, text/plain',
      ' ',
      'application',
    ].map((type, index) =>
      raw(`content type ${type}`, 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"type${index}"}}`, type),
    ),
    patch(
      'merge',
      'merge __proto__',
      A,
      JSON.parse('{"__proto__":{"data":{"polluted":"1"}},"data":{"__proto__":"p","constructor":"c"}}'),
    ),
    patch('merge', 'merge of a deep constructor', A, { metadata: { constructor: { prototype: { polluted: 1 } } } }),
    patch('merge', 'merge null of __proto__', A, JSON.parse('{"data":{"__proto__":null}}')),
    patch('merge', 'merge a number for a text', A, { data: { x: 1 } }),
    patch('merge', 'merge a list for metadata', A, { metadata: [] }),
    ...[
      '/__proto__/polluted',
      '/constructor/prototype/polluted',
      '/metadata/labels/__proto__',
      '/data/__proto__',
      '/data/constructor',
      '',
      '/',
      '/data/x/y',
      '/data/~',
      '/metadata/managedFields/-1',
      '/metadata/managedFields/1e0',
      '/metadata/managedFields/99999999999999999999',
    ].flatMap((path) =>
      ['add', 'remove', 'test'].map((op) => patch('json', `JSON ${op} ${path}`, A, [{ op, path, value: 'v' }])),
    ),
    patch('json', 'JSON copy from __proto__', A, [{ op: 'copy', from: '/__proto__', path: '/data/y' }]),
    patch('json', 'JSON move into itself', A, [{ op: 'move', from: '/data', path: '/data/x' }]),
    patch('json', 'JSON of nulls', A, [null]),
    patch('json', 'JSON of texts', A, ['x']),
    raw(
      'JSON twice the operation',
      'PATCH',
      A,
      '[{"op":"add","op":"remove","path":"/data/x"}]',
      'application/json-patch+json',
    ),
    patch(
      'strategic',
      'strategic __proto__',
      WEB,
      JSON.parse('{"__proto__":{"spec":{"replicas":9}},"metadata":{"labels":{"__proto__":"p"}}}'),
    ),
    patch('strategic', 'strategic unknown directive', WEB, { spec: { $patch: 'explode' } }),
    patch('strategic', 'strategic directive no text', WEB, { spec: { $patch: 1 } }),
    patch('strategic', 'strategic list of numbers', WEB, { spec: { template: { spec: { containers: [1] } } } }),
    patch('strategic', 'strategic retain keys of a number', WEB, { spec: { strategy: { $retainKeys: 1 } } }),
    patch('strategic', 'strategic order of nothing', WEB, {
      spec: {
        template: { spec: { '$setElementOrder/containers': [{ name: 'zero' }], containers: [{ name: 'one' }] } },
      },
    }),
    patch('strategic', 'strategic delete from no list', WEB, {
      metadata: { '$deleteFromPrimitiveList/finalizers': 'x' },
    }),
    raw('apply broken YAML', 'PATCH', `${CONFIG_MAPS}/z?fieldManager=m`, '{', 'application/apply-patch+yaml'),
    raw('apply nothing', 'PATCH', `${CONFIG_MAPS}/z?fieldManager=m`, '', 'application/apply-patch+yaml'),
    raw('apply a list', 'PATCH', `${CONFIG_MAPS}/z?fieldManager=m`, '[]', 'application/apply-patch+yaml'),
    raw(
      'apply __proto__',
      'PATCH',
      `${CONFIG_MAPS}/z?fieldManager=m`,
      `${YAML_HEAD}metadata: {name: z, labels: {__proto__: x}}\n__proto__: {data: {a: b}}\ndata: {__proto__: "1", constructor: "2"}\n`,
      'application/apply-patch+yaml',
    ),
    raw(
      'apply what holds itself',
      'PATCH',
      `${CONFIG_MAPS}/z?fieldManager=m`,
      `${YAML_HEAD}metadata: {name: z}\nx: &x [*x]\n`,
      'application/apply-patch+yaml',
    ),
    ...['merge-patch+json', 'json-patch+json', 'strategic-merge-patch+json', 'apply-patch+yaml'].map((type) =>
      raw(
        `too large ${type}`,
        'PATCH',
        `${A}?fieldManager=m`,
        `{"data":{"a":"${'x'.repeat(3 * MEBIBYTE)}"}}`,
        `application/${type}`,
      ),
    ),
    ...['merge-patch+json', 'json-patch+json', 'strategic-merge-patch+json', 'apply-patch+yaml'].map((type) =>
      raw(
        `too deep ${type}`,
        'PATCH',
        `${A}?fieldManager=m`,
        `{"x":${'['.repeat(20000)}${']'.repeat(20000)}}`,
        `application/${type}`,
      ),
    ),
    raw('too large options', 'DELETE', A, `{"dryRun":["${'x'.repeat(3 * MEBIBYTE)}"]}`),
    raw('broken options', 'DELETE', A, '{"dryRun":'),
    raw('options a list', 'DELETE', A, '[]'),
    raw('options of __proto__', 'DELETE', `${A}?dryRun=All`, '{"__proto__":{"dryRun":["Some"]}}'),
    raw('options of wrong type', 'DELETE', `${A}?dryRun=All`, '{"gracePeriodSeconds":"x"}'),
    raw('options in text', 'DELETE', `${A}?dryRun=All`, 'x', 'text/plain'),
    put('no name', A, { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }),
    put('other name', A, configMap('b')),
    put('nothing', A, {}),
    post('pod without spec', PODS, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'no-spec' } }),
    post('binding to nothing', `${PODS}/none/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'none' },
      target: {},
    }),
    post('eviction of another', `${PODS}/none/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'other' },
    }),
    put('scale of nonsense', `${WEB}/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web' },
      spec: { replicas: -1 },
    }),
    put('scale of wrong type', `${WEB}/scale`, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web' },
      spec: { replicas: 'x' },
    }),
    post(
      'too many labels',
      CONFIG_MAPS,
      configMap('wide', { metadata: { annotations: { a: 'x'.repeat(256 * 1024) } } }),
    ),
    post('pod of a name too long', PODS, pod('x'.repeat(254))),
  ],
};
