/** Queries and paths that nobody should send, names among them that mean something to JavaScript. */
import type { Sequence } from './sequence.js';
import { CONFIG_MAPS, CORE, get, PODS, raw } from './steps.js';

const HEAD = '"apiVersion":"v1","kind":"ConfigMap"';
const q = encodeURIComponent;

const QUERIES: readonly string[] = [
  ...[
    '__proto__=1',
    'constructor',
    '__proto__ in (constructor)',
    'a=\0',
    'a in (b',
    '!',
    '!!a',
    'a=b=c',
    'a>',
    'a>b',
    'a>1,b<2',
  ]
    .concat([
      'a notin',
      `${'x'.repeat(64)}=1`,
      `a=${'x'.repeat(64)}`,
      'a.b/c/d=1',
      '/=1',
      'ü=1',
      'a in (x,,y)',
      '((',
      'in',
      'in in (in)',
    ])
    .map((text) => `labelSelector=${q(text)}`),
  ...[
    '__proto__=1',
    'constructor=1',
    'metadata.__proto__=1',
    'metadata.name=\\',
    'metadata.name=a\\,b',
    'metadata.name==',
    'metadata.name!=,',
  ]
    .concat(['metadata.name>1', ',', '=', 'metadata.namespace=other', 'metadata.name=a,metadata.name=b'])
    .map((text) => `fieldSelector=${q(text)}`),
  ...['-1', '1e3', '0x10', '+5', ' 5', '99999999999999999999', '18446744073709551615', '__proto__', '1.0'].map(
    (text) => `resourceVersion=${q(text)}`,
  ),
  ...['1e3', '9223372036854775808', '+2', ' 2', '0x2', '2.0', '', '-9223372036854775808'].map(
    (text) => `limit=${q(text)}`,
  ),
  ...[
    '[]',
    'null',
    '7',
    '"x"',
    '{"v":"meta.k8s.io/v1","rv":"x","start":"a"}',
    '{"v":"meta.k8s.io/v1","rv":1.5,"start":"a"}',
  ]
    .concat([
      '{"v":"meta.k8s.io/v1","rv":-1,"start":"a\\u0000"}',
      '{"v":"meta.k8s.io/v1","rv":99999999,"start":"a\\u0000"}',
    ])
    .concat([
      '{"__proto__":{"v":"meta.k8s.io/v1","rv":1,"start":"a"}}',
      '{"v":"meta.k8s.io/v1","rv":1,"start":"a"}',
      '{"v":1}',
      '{',
    ])
    .concat(['{"V":"meta.k8s.io/v1","RV":-1,"START":"a"}', '{"v":"meta.k8s.io/v1","rv":-1,"start":"a"} {}'])
    .map((text) => `continue=${Buffer.from(text).toString('base64url')}`),
  ...['AA==', 'A', '!!!!', '%00', '%ff', 'eyJ2Ijo'].map((text) => `continue=${text}`),
  ...[
    'true&timeoutSeconds=x',
    'maybe&timeoutSeconds=1',
    'true&resourceVersion=x',
    'true&labelSelector=%21',
    'true&fieldSelector=a%3D1',
  ]
    .concat(['true&resourceVersion=-1', 'true&sendInitialEvents=true', 'true&resourceVersionMatch=Exact'])
    .concat(['true&timeoutSeconds=1&allowWatchBookmarks=maybe&labelSelector=a%3D%3D%3D'])
    .map((text) => `watch=${text}`),
  ...['%', '%zz=1', 'a;b=c&limit=x', '__proto__=1&constructor=2', '&&&', '=', 'limit=1&limit=x', 'pretty=maybe'],
];

/** Queries of a list that holds nothing. */
export const BAD_QUERIES: Sequence = {
  name: 'bad-queries',
  steps: QUERIES.map((query) => get(query, `${PODS}?${query}`)),
};

const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%00',
  '%2e%2e',
  'a%2Fb',
  'A',
  '-',
  '%F0%9F%98%80',
];

/** Paths that lead nowhere. */
export const BAD_PATHS: Sequence = {
  name: 'bad-paths',
  steps: [
    ...NAMES.flatMap((name) => [
      get(`object ${name}`, `${CONFIG_MAPS}/${name}`),
      get(`resource ${name}`, `${CORE}/${name}`),
      get(`resource of all ${name}`, `/api/v1/${name}`),
      get(`subresource ${name}`, `${CONFIG_MAPS}/x/${name}`),
      get(`namespace ${name}`, `/api/v1/namespaces/${name}/configmaps`),
      get(`version ${name}`, `/api/${name}/pods`),
      get(`group ${name}`, `/apis/${name}/v1/pods`),
      get(`top ${name}`, `/${name}`),
    ]),
    ...[
      '//api/v1/namespaces',
      '/api//v1/namespaces',
      '/api/v1//namespaces',
      '/api/v1/namespaces//NS',
      '/api/v1/./namespaces',
      '/api/v1/../v1/nodes',
    ]
      .concat([
        '/apis/apps/',
        '/apis/apps/v1/',
        '/API/v1',
        '/api/v1/namespaces/NS/',

        '/api/v1/watch',
        '/version/x',
      ])
      .concat([
        '/apis/apps/v1beta1',
        '/apis/extensions/v1beta1/ingresses',
        '/apis/apps',
        '/apis/bogus',
        '/api/v2',
        '/openapi/v3/bogus',
        '/livez/bogus',
      ])
      .map((path) => get(path, path)),
    ...['TRACE', 'PROPFIND', 'OPTIONS', 'BREW'].flatMap((method) => [
      { does: `${method} of a resource`, method, path: `${CONFIG_MAPS}/x` },
      { does: `${method} of a collection`, method, path: CONFIG_MAPS },
      { does: `${method} of the version`, method, path: '/version' },
    ]),
    raw('PUT of a collection', 'PUT', CONFIG_MAPS, '{}'),
    raw('POST of a name', 'POST', `${CONFIG_MAPS}/x`, '{}'),
    raw('PATCH of a collection', 'PATCH', CONFIG_MAPS, '{}', 'application/merge-patch+json'),
    raw('POST of the version', 'POST', '/version', '{}'),
    raw('DELETE of all namespaces', 'DELETE', '/api/v1/namespaces', '{}'),
    raw('POST without a namespace', 'POST', '/api/v1/configmaps', `{${HEAD},"metadata":{"name":"x"}}`),
    get('accepts q of nothing', `${CONFIG_MAPS}/x`, { accept: '*/*;q=0' }),
    get('accepts with broken q', `${CONFIG_MAPS}/x`, { accept: 'application/json;q=x' }),
    get('accepts commas', `${CONFIG_MAPS}/x`, { accept: ',,,' }),
    get('accepts __proto__', `${CONFIG_MAPS}/x`, { accept: '__proto__' }),
    get('accepts a parameter twice', `${CONFIG_MAPS}/x`, { accept: 'application/json;as=Table;as=Table;__proto__=1' }),
  ],
};
