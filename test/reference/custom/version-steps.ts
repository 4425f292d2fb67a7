/** Kinds of several versions, what discovery says of them, what becomes of them. */
import type { Step } from '../by-hand/sequence.js';
import { changed } from './change.js';
import { definition, GADGETS } from './definitions.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices';
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const MERGE = { 'content-type': 'application/merge-patch+json' };

const get = (does: string, path: string, accept?: string): Step => ({
  does,
  method: 'GET',
  path,
  ...(accept ? { headers: { accept } } : {}),
});
const gadget = (version: string, name: string, spec: object) => ({
  apiVersion: `shop.example.com/${version}`,
  kind: 'Gadget',
  metadata: { name },
  spec,
});
const at = (version: string) => `/apis/shop.example.com/${version}/gadgets`;

/** What the server tells of custom kinds. */
export const DISCOVERY_STEPS: readonly Step[] = [
  get('definition', `${DEFINITIONS}/widgets.shop.example.com`),
  get('definition as a table', `${DEFINITIONS}/widgets.shop.example.com`, TABLE),
  get('group', '/apis/shop.example.com'),
  get('first version', '/apis/shop.example.com/v1'),
  get('second version', '/apis/shop.example.com/v2'),
  get('version that is not served', '/apis/shop.example.com/v1alpha1'),
  get('service of a version', `${SERVICES}/v1.shop.example.com`),
  get('service as a table', `${SERVICES}/v2.shop.example.com`, TABLE),
  get('service of a version that is not served', `${SERVICES}/v1alpha1.shop.example.com`),
  get('namespaced path of a cluster kind', '/apis/shop.example.com/v2/namespaces/NS/gadgets'),
  get('cluster path of a namespaced name', '/apis/shop.example.com/v1/widgets/one'),
  get('resource that is not there', '/apis/shop.example.com/v1/nothings'),
  get('aggregated', '/apis', AGGREGATED),
];

/** Objects in several versions. */
export const VERSION_STEPS: readonly Step[] = [
  {
    does: 'made in an old version',
    method: 'POST',
    path: at('v1beta1'),
    body: gadget('v1beta1', 'g1', { old: 'x', both: 'y' }),
  },
  get('read in the stored version', `${at('v2')}/g1`),
  get('read in the old version', `${at('v1beta1')}/g1`),
  get('read in a free version', `${at('v1')}/g1`),
  {
    does: 'made in the stored version',
    method: 'POST',
    path: at('v2'),
    body: gadget('v2', 'g2', { new: 'x', both: 'y', old: 'z' }),
  },
  {
    does: 'made in a free version',
    method: 'POST',
    path: at('v1'),
    body: gadget('v1', 'g3', { any: { thing: 1 }, both: 'y' }),
  },
  get('what became of it', `${at('v2')}/g3`),
  get('listed in the old version', at('v1beta1')),
  get('listed in the old version as a table', at('v1beta1'), TABLE),
  get('version that is not served', at('v1alpha1')),
  {
    does: 'patched in the old version',
    method: 'PATCH',
    path: `${at('v1beta1')}/g2?fieldManager=patcher`,
    body: { spec: { both: 'z' } },
    headers: MERGE,
  },
  { does: 'body of another version', method: 'POST', path: at('v2'), body: gadget('v1', 'g4', {}) },
  {
    does: 'applied in one version',
    method: 'PATCH',
    path: `${at('v2')}/g5?fieldManager=a`,
    body: gadget('v2', 'g5', { new: 'n', both: 'b' }),
    headers: { 'content-type': 'application/apply-patch+yaml' },
  },
  {
    does: 'applied in another version',
    method: 'PATCH',
    path: `${at('v1beta1')}/g5?fieldManager=b`,
    body: gadget('v1beta1', 'g5', { both: 'c' }),
    headers: { 'content-type': 'application/apply-patch+yaml' },
  },
  {
    does: 'status of a kind without',
    method: 'PATCH',
    path: `${at('v2')}/g1/status`,
    body: { status: {} },
    headers: MERGE,
  },
  {
    does: 'status is like any field',
    method: 'PATCH',
    path: `${at('v1')}/g1`,
    body: { status: { a: 1 } },
    headers: MERGE,
  },
  get('scale of a kind without', `${at('v2')}/g1/scale`),
];

const one = `${DEFINITIONS}/gadgets.shop.example.com`;
const update = (does: string, path: string, to: unknown): Step => ({
  does,
  method: 'PATCH',
  path: `${one}?dryRun=All&fieldManager=updater`,
  body: changed({}, path, to),
  headers: MERGE,
});
const versions = GADGETS.spec['versions'] as object[];

/** Changes of a definition that is in use; nothing is kept. */
export const UPDATE_STEPS: readonly Step[] = [
  update('another scope', 'spec.scope', 'Namespaced'),
  update('another kind', 'spec.names.kind', 'Gizmo'),
  update('another plural', 'spec.names.plural', 'gizmos'),
  update('another group', 'spec.group', 'other.example.com'),
  update('short names', 'spec.names.shortNames', ['gd']),
  update(
    'a stored version taken away',
    'spec.versions',
    versions.filter((one) => (one as { name: string }).name !== 'v2'),
  ),
  update(
    'another stored version',
    'spec.versions',
    versions.map((one) => ({ ...one, storage: (one as { name: string }).name === 'v1' })),
  ),
  update('preserveUnknownFields', 'spec.preserveUnknownFields', true),
  update('a broken schema', 'spec.versions', [
    { name: 'v2', served: true, storage: true, schema: { openAPIV3Schema: { type: 'text' } } },
  ]),
  update('labels alone', 'metadata.labels', { a: 'b' }),
  {
    does: 'stored versions emptied',
    method: 'PATCH',
    path: `${one}/status?dryRun=All`,
    body: { status: { storedVersions: [] } },
    headers: MERGE,
  },
  {
    does: 'stored versions of nobody',
    method: 'PATCH',
    path: `${one}/status?dryRun=All`,
    body: { status: { storedVersions: ['v2', 'v7'] } },
    headers: MERGE,
  },
];

const rival = (plural: string, kind: string, names: object = {}) =>
  changed(
    definition('shop.example.com', plural, kind, { schema: { openAPIV3Schema: { type: 'object' } } }),
    'spec.names',
    {
      plural,
      singular: kind.toLowerCase(),
      kind,
      ...names,
    },
  );
const make = (does: string, body: unknown): Step => ({ does, method: 'POST', path: DEFINITIONS, body });

/** Names that are taken, and what becomes of kinds that go. */
export const CONFLICT_STEPS: readonly Step[] = [
  make('kind of another', rival('wadgets', 'Widget')),
  get('kind of another is not accepted', `${DEFINITIONS}/wadgets.shop.example.com`),
  get('nor served', '/apis/shop.example.com/v1/namespaces/NS/wadgets'),
  make('short name of another', rival('wodgets', 'Wodget', { shortNames: ['wd', 'wdg', 'wo'] })),
  get('short name of another is not accepted', `${DEFINITIONS}/wodgets.shop.example.com`),
  make('singular of another', rival('wudgets', 'Wudget', { singular: 'widgets' })),
  get('singular of another is not accepted', `${DEFINITIONS}/wudgets.shop.example.com`),
  { does: 'never established, deleted', method: 'DELETE', path: `${DEFINITIONS}/wadgets.shop.example.com` },
  get('never established, gone', `${DEFINITIONS}/wadgets.shop.example.com`),
  make('set up: short-lived', rival('shorts', 'Short')),
  {
    does: 'held object',
    method: 'POST',
    path: '/apis/shop.example.com/v1/namespaces/NS/shorts',
    body: {
      apiVersion: 'shop.example.com/v1',
      kind: 'Short',
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
    },
  },
  { does: 'definition deleted', method: 'DELETE', path: `${DEFINITIONS}/shorts.shop.example.com` },
  get('terminating', `${DEFINITIONS}/shorts.shop.example.com`),
  get('held object goes', '/apis/shop.example.com/v1/namespaces/NS/shorts/held'),
  {
    does: 'nothing new',
    method: 'POST',
    path: '/apis/shop.example.com/v1/namespaces/NS/shorts',
    body: { apiVersion: 'shop.example.com/v1', kind: 'Short', metadata: { name: 'new' } },
  },
  get('discovery of what goes', '/apis/shop.example.com/v1'),
  {
    does: 'let go',
    method: 'PATCH',
    path: '/apis/shop.example.com/v1/namespaces/NS/shorts/held',
    body: { metadata: { finalizers: null } },
    headers: MERGE,
  },
  get('let go, gone', `${DEFINITIONS}/shorts.shop.example.com`),
];
