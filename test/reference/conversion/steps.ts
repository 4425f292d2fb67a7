/** Kinds whose versions a webhook converts, and what is asked of them. */
import type { Sequence, Step } from '../by-hand/sequence.js';
import { PORTS, WRONG } from './hooks.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const GROUP = 'turn.example.com';
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const MERGE = { 'content-type': 'application/merge-patch+json' };
const APPLY = { 'content-type': 'application/apply-patch+yaml' };
const text = { type: 'string' };

const schemaOf = (fields: object) => ({
  openAPIV3Schema: {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: fields },
      status: { type: 'object', properties: { phase: text, replicas: { type: 'integer' } } },
    },
  },
});
const SUBRESOURCES = {
  status: {},
  scale: { specReplicasPath: '.spec.count', statusReplicasPath: '.status.replicas' },
};

function made(name: string, more: object = {}): Step {
  const port = name === 'nobody' ? PORTS.nobody : PORTS.hook;
  const kind = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const count = { count: { type: 'integer', default: 1 } };
  return {
    does: `set up: ${name}`,
    method: 'POST',
    path: DEFINITIONS,
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${name}s.${GROUP}` },
      spec: {
        group: GROUP,
        names: { plural: `${name}s`, singular: name, kind },
        scope: 'Namespaced',
        conversion: {
          strategy: 'Webhook',
          webhook: {
            clientConfig: { url: `https://127.0.0.1:${port}/${name}` },
            conversionReviewVersions: ['v1', 'v1beta1'],
            ...more,
          },
        },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: schemaOf({ host: text, port: text, free: { ...text, default: 'first' }, ...count }),
            subresources: SUBRESOURCES,
            additionalPrinterColumns: [{ name: 'Host', type: 'string', jsonPath: '.spec.host' }],
            selectableFields: [{ jsonPath: '.spec.host' }],
          },
          {
            name: 'v1beta1',
            served: true,
            storage: false,
            schema: schemaOf({ hostPort: text, only: { ...text, default: 'old' }, ...count }),
            subresources: SUBRESOURCES,
            additionalPrinterColumns: [{ name: 'Address', type: 'string', jsonPath: '.spec.hostPort' }],
          },
        ],
      },
    },
  };
}

const at = (kind: string, version: string, name?: string) =>
  `/apis/${GROUP}/${version}/namespaces/NS/${kind}s${name === undefined ? '' : `/${name}`}`;
const object = (kind: string, version: string, name: string, spec: object) => ({
  apiVersion: `${GROUP}/${version}`,
  kind: `${kind[0]?.toUpperCase()}${kind.slice(1)}`,
  metadata: { name, labels: { own: name } },
  spec,
});
const get = (does: string, path: string, accept?: string): Step => ({
  does,
  method: 'GET',
  path,
  ...(accept ? { headers: { accept } } : {}),
});
const post = (does: string, kind: string, version: string, name: string, spec: object, query = ''): Step => ({
  does,
  method: 'POST',
  path: `${at(kind, version)}${query}`,
  body: object(kind, version, name, spec),
});
const patch = (does: string, path: string, body: object, headers = MERGE): Step => ({
  does,
  method: 'PATCH',
  path: `${path}${path.includes('?') ? '&' : '?'}fieldManager=${headers === APPLY ? 'applier' : 'patcher'}`,
  body,
  headers,
});

const KIND = 'address';
const WORKS: readonly Step[] = [
  made(KIND),
  post('made in the stored version', KIND, 'v1', 'one', { host: 'a', port: '80' }),
  post('made in the old version', KIND, 'v1beta1', 'two', { hostPort: 'b:81' }),
  post('made in the old version without being kept', KIND, 'v1beta1', 'three', { hostPort: 'c:82' }, '?dryRun=All'),
  post(
    'made with a field nobody knows',
    KIND,
    'v1beta1',
    'four',
    { hostPort: 'd:83', bogus: 'x' },
    '?fieldValidation=Strict',
  ),
  post('made with the wrong type', KIND, 'v1beta1', 'five', { hostPort: 5 }),
  post('made twice', KIND, 'v1beta1', 'two', { hostPort: 'b:81' }),
  get('the first in the stored version', at(KIND, 'v1', 'one')),
  get('the first in the old version', at(KIND, 'v1beta1', 'one')),
  get('the second in the stored version', at(KIND, 'v1', 'two')),
  get('the second in the old version', at(KIND, 'v1beta1', 'two')),
  get('all in the stored version', at(KIND, 'v1')),
  get('all in the old version', at(KIND, 'v1beta1')),
  get('all in the old version as a table', at(KIND, 'v1beta1'), TABLE),
  get('those of a label the converter sets', `${at(KIND, 'v1')}?labelSelector=converted%3Dhere`),
  get(
    'those of a label the converter sets, in the old version',
    `${at(KIND, 'v1beta1')}?labelSelector=converted%3Dhere`,
  ),
  get('those of a field', `${at(KIND, 'v1')}?fieldSelector=spec.host%3Db`),
  get('those of a field the old version does not select by', `${at(KIND, 'v1beta1')}?fieldSelector=spec.host%3Db`),
  get('watched in the old version', `${at(KIND, 'v1beta1')}?watch=true&timeoutSeconds=1`),
  get('one page', `${at(KIND, 'v1beta1')}?limit=1`),
  get('one by its name among all', `${at(KIND, 'v1beta1')}?fieldSelector=metadata.name%3Done`),
  patch('patched in the old version', at(KIND, 'v1beta1', 'one'), { spec: { hostPort: 'z:99' } }),
  get('the first after the patch', at(KIND, 'v1', 'one')),
  patch('patched to what it is', at(KIND, 'v1beta1', 'one'), { spec: { hostPort: 'z:99' } }),
  patch('status in the old version', `${at(KIND, 'v1beta1', 'one')}/status`, { status: { phase: 'Up' } }),
  patch('scale in the old version', `${at(KIND, 'v1beta1', 'one')}/scale`, { spec: { replicas: 3 } }),
  get('scale in the stored version', `${at(KIND, 'v1', 'one')}/scale`),
  {
    does: 'put in the old version',
    method: 'PUT',
    path: at(KIND, 'v1beta1', 'two'),
    body: {
      ...object(KIND, 'v1beta1', 'two', { hostPort: 'q:7', count: 2 }),
      metadata: { name: 'two', resourceVersion: '{the second in the old version/metadata/resourceVersion}' },
    },
  },
  patch(
    'applied in the old version',
    at(KIND, 'v1beta1', 'six'),
    object(KIND, 'v1beta1', 'six', { hostPort: 'f:6' }),
    APPLY,
  ),
  patch(
    'applied in the stored version',
    at(KIND, 'v1', 'six'),
    object(KIND, 'v1', 'six', { host: 'f', port: '7' }),
    APPLY,
  ),
  patch(
    'applied by force',
    `${at(KIND, 'v1', 'six')}?force=true`,
    object(KIND, 'v1', 'six', { host: 'f', port: '7' }),
    APPLY,
  ),
  get('the applied one in the old version', at(KIND, 'v1beta1', 'six')),
  { does: 'deleted in the old version', method: 'DELETE', path: at(KIND, 'v1beta1', 'one') },
  {
    does: 'all of a label deleted in the old version',
    method: 'DELETE',
    path: `${at(KIND, 'v1beta1')}?labelSelector=own%3Dsix`,
  },
  get('what is left', at(KIND, 'v1')),
];

/** What becomes of a kind whose converter does not work; what is stored came in the stored version. */
function broken(kind: string): Step[] {
  const begins = (does: string) => `${kind}: ${does}`;
  return [
    post(begins('made in the stored version'), kind, 'v1', 'one', { host: 'a', port: '80' }),
    get(begins('read in the stored version'), at(kind, 'v1', 'one')),
    get(begins('read in the old version'), at(kind, 'v1beta1', 'one')),
    get(begins('all in the stored version'), at(kind, 'v1')),
    get(begins('all in the old version'), at(kind, 'v1beta1')),
    post(begins('made in the old version'), kind, 'v1beta1', 'two', { hostPort: 'b:81' }),
    patch(begins('patched in the old version'), at(kind, 'v1beta1', 'one'), { spec: { hostPort: 'z:99' } }),
    { does: begins('deleted in the old version'), method: 'DELETE', path: at(kind, 'v1beta1', 'one') },
    { does: begins('deleted in the stored version'), method: 'DELETE', path: at(kind, 'v1', 'one') },
  ];
}

/** A kind whose converter makes stored objects of old ones, and no old ones of stored ones. */
const ONE_WAY: readonly Step[] = [
  post('made in the old version', 'oneway', 'v1beta1', 'one', { hostPort: 'a:80' }),
  get('what is there of it', at('oneway', 'v1', 'one')),
  post('made in the old version again', 'oneway', 'v1beta1', 'one', { hostPort: 'a:81' }),
  post('made in the old version without being kept', 'oneway', 'v1beta1', 'two', { hostPort: 'a:80' }, '?dryRun=All'),
  get('what is there of what was not kept', at('oneway', 'v1', 'two')),
  patch('patched in the old version', at('oneway', 'v1beta1', 'one'), { spec: { hostPort: 'z:99' } }),
  patch(
    'applied in the old version',
    at('oneway', 'v1beta1', 'three'),
    object('oneway', 'v1beta1', 'three', { hostPort: 'f:6' }),
    APPLY,
  ),
  get('what is there of what was applied', at('oneway', 'v1', 'three')),
  get('all in the old version', at('oneway', 'v1beta1')),
  { does: 'deleted in the old version', method: 'DELETE', path: at('oneway', 'v1beta1', 'one') },
  get('what is left', at('oneway', 'v1')),
];

const NAMES = [...Object.keys(WRONG), 'nobody'].sort();

/** All of it. */
export const CONVERSION_SEQUENCES: readonly Sequence[] = [
  {
    name: 'conversion-set-up',
    steps: [
      made('unknownreview', { conversionReviewVersions: ['v7', 'v1beta1'] }),
      made('slow'),
      made('careless'),
      made('oneway'),
      ...NAMES.map((name) => made(name)),
    ],
  },
  { name: 'conversion', steps: WORKS },
  { name: 'conversion-one-way', steps: ONE_WAY },
  {
    name: 'conversion-wrong',
    steps: [
      ...NAMES.flatMap(broken),
      post('slow: made in the stored version', 'slow', 'v1', 'one', { host: 'a', port: '80' }),
      get('slow: read in the old version', at('slow', 'v1beta1', 'one')),
      post('careless: made in the stored version', 'careless', 'v1', 'one', { host: 'a', port: '80' }),
      patch('careless: patched in the old version', at('careless', 'v1beta1', 'one'), { spec: { hostPort: 'z:99' } }),
      patch(
        'careless: applied in the old version',
        at('careless', 'v1beta1', 'two'),
        object('careless', 'v1beta1', 'two', { hostPort: 'f:6' }),
        APPLY,
      ),
      patch(
        'careless: applied in the stored version',
        at('careless', 'v1', 'two'),
        object('careless', 'v1', 'two', { host: 'f', port: '7' }),
        APPLY,
      ),
      post('another review: made in the old version', 'unknownreview', 'v1beta1', 'one', { hostPort: 'b:81' }),
    ],
  },
];
