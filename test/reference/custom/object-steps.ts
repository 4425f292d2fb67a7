/** Custom objects by what their schema says of them. */
import type { Step } from '../by-hand/sequence.js';

const WIDGETS_PATH = '/apis/shop.example.com/v1/namespaces/NS/widgets';

/** A widget. */
function widget(name: string, spec: unknown, more: object = {}): object {
  return { apiVersion: 'shop.example.com/v1', kind: 'Widget', metadata: { name }, spec, ...more };
}

/** One field and the values that are tried of it. */
const VALUES: readonly (readonly [field: string, values: readonly unknown[]])[] = [
  ['size', ['large', 'middle', null, 5]],
  ['count', [1, 0, 11, 2.5, '3', null, true, -1, 1e20]],
  ['even', [4, 3]],
  ['above', [1, 0, 5]],
  ['small', [5, 3_000_000_000]],
  ['ratio', [1, 1.25, 0.25, 2, '1']],
  ['tenth', [0.3, 0.35]],
  ['name', ['abc', 'a', 'abcdef', 'äöü', 7]],
  ['code', ['ab-12', 'ab-1', 'AB-12']],
  ['on', [true, 'true', 1]],
  ['maybe', [null, 'x', 1]],
  ['maybeDefault', [null]],
  ['port', [80, 'http', 1.5, true, null]],
  ['list', [['a'], [], ['a', 'b', 'c', 'd'], [1], 'a', [null], {}]],
  [
    'set',
    [
      ['a', 'b'],
      ['a', 'a'],
      ['a', 'b', 'a', 'b', 'a'],
    ],
  ],
  ['numbers', [[1, 2], [1, 'b', 'c'], [null]]],
  [
    'entries',
    [
      [{ key: 'a' }, { key: 'b', value: 'x' }],
      [{ key: 'a' }, { key: 'a' }],
      [{ value: 'x' }],
      ['a'],
      [{ key: 'a', other: 1 }],
    ],
  ],
  [
    'pairs',
    [
      [{ host: 'a' }, { host: 'a', port: 81 }],
      [{ host: 'a' }, { host: 'a', port: 80 }],
    ],
  ],
  ['labels', [{ a: 'b' }, { a: 1 }, { a: '1', b: '2', c: '3' }, { a: null }]],
  ['limits', [{ a: 1 }, { a: 0 }, { a: 'x' }]],
  ['free', [{ a: { b: [1, null, { c: true }] } }, 'text']],
  ['half', [{ a: 1, known: { inner: 'x', outer: 'y' } }]],
  [
    'template',
    [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', colour: 'red' }, spec: { a: 1 } },
      { kind: 'Pod' },
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: 'none' } },
      { apiVersion: 1, kind: 'Pod' },
      { apiVersion: 'a/b/c', kind: 'Pod' },
      { apiVersion: 'v1', kind: 'po_d' },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a/b', labels: { 'a b': 'c' } } },
    ],
  ],
  ['tight', [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec: { a: 'b', c: 'd' }, more: 1 }]],
  ['nested', [{}, { deep: {} }, { deep: { level: 1 } }, { deep: null }, { deep: 5 }, null]],
  ['either', [{ a: 'x' }, {}, { a: 'x', b: 'y' }]],
  ['any', [{ a: 'x' }, {}]],
  ['both', [{ a: 6 }, { a: 3 }, {}, { b: 'x' }]],
  ['never', ['allowed', 'forbidden']],
  ['date', ['2026-02-28', '2026-02-30', 'today']],
  ['time', ['2026-02-28T10:00:00Z', '2026-02-28 10:00', '2026-02-28T25:00:00Z']],
  ['duration', ['1h30m', '3 days', 'soon']],
  ['bytes', ['aGVsbG8=', 'a b']],
  ['ipv4', ['10.0.0.1', '10.0.0.256', '::1']],
  ['ipv6', ['fe80::1', '10.0.0.1', 'fe80:::1']],
  ['cidr', ['10.0.0.0/8', '10.0.0.0', '10.0.0.0/33']],
  ['uri', ['https://example.com/a?b=c', '/a', 'example', 'http://a b']],
  ['email', ['a@example.com', 'A <a@example.com>', 'a.example.com', '']],
  ['hostname', ['a.example.com', '-a', 'a_b']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '123e4567']],
  ['mac', ['01:23:45:67:89:ab', '01:23:45']],
  ['odd', ['anything']],
  ['shortName', ['a-b', 'A', '-a']],
  ['unknown', [1, { a: 'b' }]],
];

/** Each value in an object that is otherwise right; nothing is kept. */
const VALUE_STEPS: readonly Step[] = VALUES.flatMap(([field, values]) =>
  values.map((value) => ({
    does: `${field} ${JSON.stringify(value).replaceAll('/', '|')}`,
    method: 'POST',
    path: `${WIDGETS_PATH}?dryRun=All`,
    body: widget('one', { ...(field === 'size' ? {} : { size: 'small' }), [field]: value }),
  })),
);

const post = (does: string, body: unknown, query = '?dryRun=All'): Step => ({
  does,
  method: 'POST',
  path: `${WIDGETS_PATH}${query}`,
  body,
});

/** Objects that are wrong as a whole. */
const WHOLE: readonly Step[] = [
  post('no spec', { apiVersion: 'shop.example.com/v1', kind: 'Widget', metadata: { name: 'one' } }),
  post('spec of another type', widget('one', 'text')),
  post('spec null', widget('one', null)),
  post('several things wrong', widget('one', { size: 'middle', count: 0, name: 'a', code: '-' })),
  post('status is dropped', widget('one', { size: 'small' }, { status: { phase: 'Ready' } })),
  post('unknown fields', widget('one', { size: 'small', a: { b: 1 } }, { extra: 1 })),
  post(
    'unknown fields, warned of',
    widget('one', { size: 'small', a: { b: 1 } }, { extra: 1 }),
    '?dryRun=All&fieldValidation=Warn',
  ),
  post(
    'unknown fields, refused',
    widget('one', { size: 'small', a: { b: 1 } }, { extra: 1 }),
    '?dryRun=All&fieldValidation=Strict',
  ),
  post('unknown fields, ignored', widget('one', { size: 'small', a: 1 }), '?dryRun=All&fieldValidation=Ignore'),
  post(
    'unknown fields in lists',
    widget('one', { size: 'small', entries: [{ key: 'a', z: 1 }] }),
    '?dryRun=All&fieldValidation=Strict',
  ),
  post(
    'unknown metadata',
    { ...widget('one', { size: 'small' }), metadata: { name: 'one', colour: 'red', labels: { a: 'b' } } },
    '?dryRun=All&fieldValidation=Strict',
  ),
  post(
    'unknown embedded metadata',
    widget('one', { size: 'small', template: { apiVersion: 'v1', kind: 'X', metadata: { colour: 'red' } } }),
    '?dryRun=All&fieldValidation=Strict',
  ),
  {
    does: 'a field twice',
    method: 'POST',
    path: `${WIDGETS_PATH}?dryRun=All&fieldValidation=Strict`,
    text: '{"apiVersion":"shop.example.com/v1","kind":"Widget","metadata":{"name":"one"},"spec":{"size":"small","size":"large"}}',
  },
  post('labels of another type', { ...widget('one', { size: 'small' }), metadata: { name: 'one', labels: 'red' } }),
  post('label that is none', {
    ...widget('one', { size: 'small' }),
    metadata: { name: 'one', labels: { 'a b': 'c' } },
  }),
  post('name that is none', widget('One', { size: 'small' })),
  post('no name', { ...widget('one', { size: 'small' }), metadata: {} }),
  post('a drawn name', { ...widget('one', { size: 'small' }), metadata: { generateName: 'one-' } }),
  post('finalizers', {
    ...widget('one', { size: 'small' }),
    metadata: { name: 'one', finalizers: ['plain', 'a.example.com', 'a.example.com/b', 'a b'] },
  }),
  post('finalizers that are warned of', {
    ...widget('one', { size: 'small' }),
    metadata: { name: 'one', finalizers: ['plain', 'a.example.com', 'a.example.com/b'] },
  }),
  post('another kind', { ...widget('one', { size: 'small' }), kind: 'Gadget' }),
  post('a kind nobody knows', { ...widget('one', { size: 'small' }), kind: 'Nothing' }),
  post('no kind', { apiVersion: 'shop.example.com/v1', metadata: { name: 'one' }, spec: { size: 'small' } }),
  post('no apiVersion', { kind: 'Widget', metadata: { name: 'one' }, spec: { size: 'small' } }),
  post('neither', { metadata: { name: 'one' }, spec: { size: 'small' } }),
  post('another version', { ...widget('one', { size: 'small' }), apiVersion: 'shop.example.com/v2' }),
  post('another group', { ...widget('one', { size: 'small' }), apiVersion: 'v1' }),
  post('a version that is not served', { ...widget('one', { size: 'small' }), apiVersion: 'shop.example.com/v9' }),
  post('a list', ['a']),
  post('another namespace', { ...widget('one', { size: 'small' }), metadata: { name: 'one', namespace: 'other' } }),
  post(
    'a resource version',
    { ...widget('one', { size: 'small' }), metadata: { name: 'one', resourceVersion: '1' } },
    '',
  ),
  post('generation is the server’s', { ...widget('one', { size: 'small' }), metadata: { name: 'one', generation: 7 } }),
  { does: 'no JSON', method: 'POST', path: `${WIDGETS_PATH}?dryRun=All`, text: '{"apiVersion":' },
  {
    does: 'YAML',
    method: 'POST',
    path: `${WIDGETS_PATH}?dryRun=All`,
    headers: { 'content-type': 'application/yaml' },
    text: 'apiVersion: shop.example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: small, count: 3}\n',
  },
];

const one = `${WIDGETS_PATH}/one`;
const patch = (does: string, body: unknown, type = 'merge-patch+json', path = one, query = ''): Step => ({
  does,
  method: 'PATCH',
  path: `${path}${query}`,
  body,
  headers: { 'content-type': `application/${type}` },
});
const get = (does: string, path: string, accept?: string): Step => ({
  does,
  method: 'GET',
  path,
  ...(accept ? { headers: { accept } } : {}),
});
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const apply = (does: string, name: string, spec: unknown, manager: string, query = '', more: object = {}): Step => ({
  does,
  method: 'PATCH',
  path: `${WIDGETS_PATH}/${name}?fieldManager=${manager}${query}`,
  body: widget(name, spec, more),
  headers: { 'content-type': 'application/apply-patch+yaml' },
});

/** One object through its life. */
const LIFE: readonly Step[] = [
  post(
    'made',
    widget(
      'one',
      { size: 'large', entries: [{ key: 'a' }], list: ['x', 'y'], time: '2026-01-01T00:00:00Z' },
      { status: { phase: 'x' } },
    ),
    '?fieldManager=maker',
  ),
  post('made again', widget('one', { size: 'large' }), ''),
  get('read', one),
  get('read as a table', one, TABLE),
  get('read as YAML', one, 'application/yaml'),
  get('read as protobuf alone', one, 'application/vnd.kubernetes.protobuf'),
  get('read as metadata', one, 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'),
  get('listed', WIDGETS_PATH),
  get('listed as a table', WIDGETS_PATH, TABLE),
  get('listed by a field', `${WIDGETS_PATH}?fieldSelector=spec.size%3Dlarge`),
  get('listed by a field that does not fit', `${WIDGETS_PATH}?fieldSelector=spec.size%3Dsmall`),
  get('listed by a number', `${WIDGETS_PATH}?fieldSelector=spec.count%3D2`),
  get('listed by a field that is none', `${WIDGETS_PATH}?fieldSelector=spec.name%3Dx`),
  get('listed by name', `${WIDGETS_PATH}?fieldSelector=metadata.name%3Done`),
  get('listed everywhere', '/apis/shop.example.com/v1/widgets?fieldSelector=metadata.namespace%3DNS'),
  get('another name', `${WIDGETS_PATH}/two`),
  get('subresource that is not there', `${one}/logs`),
  patch('merged', { spec: { count: 3, list: null } }, 'merge-patch+json', one, '?fieldManager=merger'),
  patch('merged into nothing new', { spec: { count: 3 } }),
  patch('merged wrong', { spec: { count: 30 } }),
  patch('merged with an unknown field', { spec: { zzz: 1 } }),
  patch(
    'merged with an unknown field, refused',
    { spec: { zzz: 1 } },
    'merge-patch+json',
    one,
    '?fieldValidation=Strict',
  ),
  patch('merged metadata', { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }),
  patch('merged kind', { kind: 'Other' }),
  patch('merged apiVersion', { apiVersion: 'shop.example.com/v2' }),
  patch('merged name', { metadata: { name: 'two' } }),
  patch('merged status', { status: { phase: 'Ready' } }),
  patch('strategic', { spec: { count: 4 } }, 'strategic-merge-patch+json'),
  patch('odd type', { spec: { count: 4 } }, 'json'),
  patch(
    'by operations',
    [
      { op: 'replace', path: '/spec/count', value: 5 },
      { op: 'add', path: '/spec/list', value: ['z'] },
    ],
    'json-patch+json',
  ),
  patch('by an operation that does not fit', [{ op: 'replace', path: '/spec/nothing', value: 5 }], 'json-patch+json'),
  patch('by a failed test', [{ op: 'test', path: '/spec/count', value: 9 }], 'json-patch+json'),
  patch('by a wrong operation', [{ op: 'replace', path: '/spec/count', value: 'x' }], 'json-patch+json'),
  patch(
    'status',
    { status: { phase: 'Ready', replicas: 2, selector: 'a=b', conditions: [{ type: 'Ready', status: 'True' }] } },
    'merge-patch+json',
    `${one}/status`,
    '?fieldManager=keeper',
  ),
  patch('status wrong', { status: { replicas: 200 } }, 'merge-patch+json', `${one}/status`),
  patch(
    'status twice',
    { status: { conditions: [{ type: 'A' }, { type: 'A' }] } },
    'merge-patch+json',
    `${one}/status`,
  ),
  patch(
    'spec by status',
    { spec: { count: 9 }, metadata: { labels: { x: 'y' } } },
    'merge-patch+json',
    `${one}/status`,
  ),
  get('status read', `${one}/status`),
  get('table after', one, TABLE),
  get('scale', `${one}/scale`),
  patch('scaled', { spec: { replicas: 7 } }, 'merge-patch+json', `${one}/scale`, '?fieldManager=scaler'),
  patch('scaled too far', { spec: { replicas: 70 } }, 'merge-patch+json', `${one}/scale`),
  patch('scaled below nothing', { spec: { replicas: -1 } }, 'merge-patch+json', `${one}/scale`),
  get('after scaling', one),
  { does: 'put without a version', method: 'PUT', path: one, body: widget('one', { size: 'small' }) },
  {
    does: 'put',
    method: 'PUT',
    path: `${one}?fieldManager=putter`,
    body: {
      ...widget('one', { size: 'small' }),
      metadata: { name: 'one', resourceVersion: '{after scaling/metadata/resourceVersion}' },
    },
  },
  {
    does: 'put an old version',
    method: 'PUT',
    path: one,
    body: {
      ...widget('one', { size: 'large' }),
      metadata: { name: 'one', resourceVersion: '{after scaling/metadata/resourceVersion}' },
    },
  },
  { does: 'put what is not there', method: 'PUT', path: `${WIDGETS_PATH}/two`, body: widget('two', { size: 'large' }) },
  { does: 'put another name', method: 'PUT', path: one, body: widget('two', { size: 'large' }) },
  { does: 'deleted dryly', method: 'DELETE', path: `${one}?dryRun=All` },
  { does: 'deleted', method: 'DELETE', path: one },
  { does: 'deleted again', method: 'DELETE', path: one },
];

/** Several managers. */
const APPLIES: readonly Step[] = [
  apply('applied', 'shared', { size: 'large', count: 3, entries: [{ key: 'a', value: '1' }], set: ['x'] }, 'first'),
  apply(
    'applied by another',
    'shared',
    { size: 'large', entries: [{ key: 'b' }], set: ['y'], labels: { l: '1' } },
    'second',
  ),
  apply('in conflict', 'shared', { size: 'small', count: 4 }, 'second'),
  apply('by force', 'shared', { size: 'small', count: 4 }, 'second', '&force=true'),
  apply('given up', 'shared', { size: 'small' }, 'first', '&force=true'),
  apply('with an unknown field', 'shared', { size: 'small', zzz: 1 }, 'first'),
  apply('with a wrong value', 'shared', { size: 'small', count: 'x' }, 'first'),
  apply('with a forbidden value', 'shared', { size: 'small', even: 3 }, 'first'),
  apply('with items of the same key', 'shared', { size: 'small', entries: [{ key: 'a' }, { key: 'a' }] }, 'first'),
  apply('with an item without its key', 'shared', { size: 'small', entries: [{ value: 'x' }] }, 'first'),
  apply(
    'free fields',
    'shared',
    { size: 'small', free: { a: { b: 1 }, l: [1] }, half: { x: 1, known: { inner: 'i' } } },
    'third',
    '&force=true',
  ),
  apply('free fields changed', 'shared', { size: 'small', free: { a: { c: 1 } } }, 'third', '&force=true'),
  apply('int or string', 'shared', { size: 'small', port: 'http' }, 'third', '&force=true'),
  apply(
    'an embedded object',
    'shared',
    { size: 'small', template: { apiVersion: 'v1', kind: 'X', metadata: { labels: { a: 'b' } }, z: 1 } },
    'third',
    '&force=true',
  ),
  {
    ...apply('applied status', 'shared', undefined, 'keeper', '', { status: { phase: 'x' } }),
    path: `${WIDGETS_PATH}/shared/status?fieldManager=keeper`,
  },
  { ...apply('applied without a manager', 'shared', { size: 'small' }, 'x'), path: `${WIDGETS_PATH}/shared` },
  apply('another kind', 'shared', { size: 'small' }, 'first', '', { kind: 'Gadget' }),
  get('shared', `${WIDGETS_PATH}/shared`),
  { does: 'all deleted', method: 'DELETE', path: WIDGETS_PATH },
  get('none left', WIDGETS_PATH),
];

export const OBJECT_STEPS: readonly Step[] = [...VALUE_STEPS, ...WHOLE, ...LIFE, ...APPLIES];
