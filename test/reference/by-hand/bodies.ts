import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, get, PODS, raw } from './steps.js';

const YAML = 'application/yaml';
const MEBIBYTE = 1024 * 1024;
const HEAD = '"apiVersion":"v1","kind":"ConfigMap"';

/** A YAML text whose aliases double nine times over. */
const BOMB = [
  'apiVersion: v1',
  'kind: ConfigMap',
  'metadata: {name: bomb}',
  'a: &a ["x","x","x","x","x","x","x","x","x"]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const before = String.fromCharCode('a'.charCodeAt(0) + index);
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
  }),
].join('\n');

/** Media types, and bodies that nobody should send. */
export const BODIES: Sequence = {
  name: 'bodies',
  steps: [
    raw(
      'YAML',
      'POST',
      CONFIG_MAPS,
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: "1"\n',
      YAML,
    ),
    raw(
      'YAML with a number for a text',
      'POST',
      CONFIG_MAPS,
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y2\ndata:\n  a: 1\n',
      YAML,
    ),
    raw('broken YAML', 'POST', CONFIG_MAPS, 'apiVersion: v1\n  kind: [', YAML),
    raw(
      'YAML twice the same key',
      'POST',
      CONFIG_MAPS,
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y3\n  name: y4\n',
      YAML,
    ),
    raw('YAML bomb', 'POST', CONFIG_MAPS, BOMB, YAML),
    raw(
      'with parameters',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"charset"}}`,
      'application/json; charset=utf-8',
    ),
    raw('unknown type', 'POST', CONFIG_MAPS, '{}', 'text/plain'),
    raw('broken type', 'POST', CONFIG_MAPS, '{}', '///'),
    raw('form', 'POST', CONFIG_MAPS, 'a=b', 'application/x-www-form-urlencoded'),
    raw('no body', 'POST', CONFIG_MAPS, ''),
    raw('only a space', 'POST', CONFIG_MAPS, ' '),
    raw('cut off', 'POST', CONFIG_MAPS, `{${HEAD}`),
    raw('not JSON', 'POST', CONFIG_MAPS, 'hello'),
    raw('comma too many', 'POST', CONFIG_MAPS, `{${HEAD},}`),
    raw('more behind it', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"more"}} {}`),
    raw('list', 'POST', CONFIG_MAPS, '[]'),
    raw('text', 'POST', CONFIG_MAPS, '"x"'),
    raw('null', 'POST', CONFIG_MAPS, 'null'),
    raw('number', 'POST', CONFIG_MAPS, '7'),
    raw('empty object', 'POST', CONFIG_MAPS, '{}'),
    raw('__proto__', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"proto"},"__proto__":{"data":{"a":"1"}}}`),
    raw(
      '__proto__ as data',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"proto2"},"data":{"__proto__":"1","constructor":"2"}}`,
    ),
    raw(
      '__proto__ as a label',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"proto3","labels":{"__proto__":"1"}}}`,
    ),
    raw(
      'deep nesting',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"deep"},"x":${'['.repeat(9000)}${']'.repeat(9000)}}`,
    ),
    raw(
      'too deep nesting',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"deep2"},"x":${'['.repeat(20000)}${']'.repeat(20000)}}`,
    ),
    raw(
      'data too large',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"large"},"data":{"a":"${'x'.repeat(MEBIBYTE + 1)}"}}`,
    ),
    raw(
      'body too large',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"huge"},"data":{"a":"${'x'.repeat(3 * MEBIBYTE)}"}}`,
    ),
    raw(
      'ten mebibytes',
      'POST',
      CONFIG_MAPS,
      `{${HEAD},"metadata":{"name":"huge"},"data":{"a":"${'x'.repeat(10 * MEBIBYTE)}"}}`,
    ),
    raw('bad escape', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"\\x"}}`),
    raw('control character', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"a\nb"}}`),
    raw('half a surrogate', 'POST', CONFIG_MAPS, `{${HEAD},"metadata":{"name":"half"},"data":{"a":"\\ud800"}}`),
    raw(
      'large number',
      'POST',
      PODS,
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"n"},"spec":{"priority":1e400}}',
    ),
    raw('fraction', 'POST', PODS, '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"n"},"spec":{"priority":1.5}}'),
    raw('not protobuf', 'POST', CONFIG_MAPS, 'hello', 'application/vnd.kubernetes.protobuf'),
    get('accepts nothing we have', CONFIG_MAPS, { accept: 'text/html' }),
    get('accepts anything', `${CONFIG_MAPS}/yaml`, { accept: '*/*' }),
    get('accepts the second', `${CONFIG_MAPS}/yaml`, { accept: 'text/html, application/json' }),
    get('unknown table', `${CONFIG_MAPS}/yaml`, { accept: 'application/json;as=Table;g=meta.k8s.io;v=v9' }),
    get('table or plain', `${CONFIG_MAPS}/yaml`, {
      accept: 'application/json;as=Table;g=meta.k8s.io;v=v9,application/json',
    }),
    get('metadata only', `${CONFIG_MAPS}/yaml`, {
      accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
    }),
    get('as YAML', `${CONFIG_MAPS}/nothing`, { accept: YAML }),
    get('path there is not', '/bogus'),
    get('path with dots', '/api/v1/namespaces/NS/configmaps/..'),
    get('bad escape in a path', '/api/v1/namespaces/NS/configmaps/%ZZ'),
  ],
};
