/** Definitions that are right and wrong in one place each. */
import type { Step } from '../by-hand/sequence.js';
import { changed } from './change.js';
import { type Definition, definition } from './definitions.js';

const COLLECTION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const V = 'spec.versions.0';
const S = `${V}.schema.openAPIV3Schema`;
const P = `${S}.properties.spec.properties`;

const BASE = definition('rules.example.com', 'things', 'Thing', {
  schema: {
    openAPIV3Schema: {
      type: 'object',
      properties: {
        spec: { type: 'object', properties: { a: { type: 'string' }, n: { type: 'integer' } } },
        status: { type: 'object', properties: { replicas: { type: 'integer' } } },
      },
    },
  },
});

type Row = readonly [does: string, path: string, to: unknown];

const text = { type: 'string' };
const listMap = (more: object) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['k'],
  items: { type: 'object', required: ['k'], properties: { k: text } },
  ...more,
});

const NAMES: readonly Row[] = [
  ['as it is', 'metadata.labels', { a: 'b' }],
  ['another name', 'metadata.name', 'others.rules.example.com'],
  ['no group', 'spec.group', ''],
  ['group without a dot', 'spec.group', 'rules'],
  ['group in capitals', 'spec.group', 'Rules.example.com'],
  ['no scope', 'spec.scope', ''],
  ['unknown scope', 'spec.scope', 'Planet'],
  ['no plural', 'spec.names.plural', ''],
  ['plural in capitals', 'spec.names.plural', 'Things'],
  ['no kind', 'spec.names.kind', ''],
  ['kind with a dash', 'spec.names.kind', 'Thing_A'],
  ['kind that is the list kind', 'spec.names.listKind', 'Thing'],
  ['singular in capitals', 'spec.names.singular', 'THING'],
  ['short name that is none', 'spec.names.shortNames', ['ok', 'Not_ok']],
  ['category that is none', 'spec.names.categories', ['A b']],
  ['protected group', 'spec.group', 'rules.k8s.io'],
  ['preserveUnknownFields', 'spec.preserveUnknownFields', true],
];

const VERSIONS: readonly Row[] = [
  ['no versions', 'spec.versions', []],
  ['no storage version', `${V}.storage`, false],
  ['not served', `${V}.served`, false],
  ['version name in capitals', `${V}.name`, 'V1'],
  ['no schema', `${V}.schema`, undefined],
  ['empty schema', `${V}.schema`, {}],
  ['warning without deprecation', `${V}.deprecationWarning`, 'old'],
  ['deprecated', `${V}.deprecated`, true],
  ['two storage versions', 'spec.versions', [BASE.spec['versions'], BASE.spec['versions']].flat()],
  [
    'two versions',
    'spec.versions',
    [...(BASE.spec['versions'] as object[]), { ...(BASE.spec['versions'] as object[])[0], name: 'v2', storage: false }],
  ],
  ['unknown conversion', 'spec.conversion', { strategy: 'Magic' }],
  ['conversion without a webhook', 'spec.conversion', { strategy: 'Webhook' }],
  [
    'conversion by a service',
    'spec.conversion',
    {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { service: { namespace: 'a', name: 'b' } } },
    },
  ],
  [
    'conversion by two places',
    'spec.conversion',
    {
      strategy: 'Webhook',
      webhook: {
        conversionReviewVersions: ['v1'],
        clientConfig: { url: 'https://a.example.com', service: { namespace: 'a', name: 'b' } },
      },
    },
  ],
  [
    'conversion by plain HTTP',
    'spec.conversion',
    {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'http://a.example.com' } },
    },
  ],
  [
    'conversion in versions nobody knows',
    'spec.conversion',
    {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v7'], clientConfig: { url: 'https://a.example.com' } },
    },
  ],
  [
    'None with a webhook',
    'spec.conversion',
    { strategy: 'None', webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://a.example.com' } } },
  ],
];

const COLUMNS: readonly Row[] = [
  ['column', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'string', jsonPath: '.spec.a' }]],
  ['column without a name', `${V}.additionalPrinterColumns`, [{ name: '', type: 'string', jsonPath: '.spec.a' }]],
  ['column of no type', `${V}.additionalPrinterColumns`, [{ name: 'A', type: '', jsonPath: '.spec.a' }]],
  ['column of an odd type', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'text', jsonPath: '.spec.a' }]],
  [
    'column of an odd format',
    `${V}.additionalPrinterColumns`,
    [{ name: 'A', type: 'string', format: 'x', jsonPath: '.a' }],
  ],
  ['column without a path', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'string', jsonPath: '' }]],
  ['column without a dot', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'string', jsonPath: 'spec.a' }]],
  [
    'column with a filter',
    `${V}.additionalPrinterColumns`,
    [{ name: 'A', type: 'string', jsonPath: '.a[?(@.b=="c")].d' }],
  ],
  ['column with an open bracket', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'string', jsonPath: '.a[0' }]],
  ['column with braces', `${V}.additionalPrinterColumns`, [{ name: 'A', type: 'string', jsonPath: '.{spec}' }]],
  ['selectable field', `${V}.selectableFields`, [{ jsonPath: '.spec.a' }]],
  ['selectable field that is not there', `${V}.selectableFields`, [{ jsonPath: '.spec.b' }]],
  ['selectable object', `${V}.selectableFields`, [{ jsonPath: '.spec' }]],
  ['selectable metadata', `${V}.selectableFields`, [{ jsonPath: '.metadata.name' }]],
  ['selectable field without a dot', `${V}.selectableFields`, [{ jsonPath: 'spec.a' }]],
  ['selectable field twice', `${V}.selectableFields`, [{ jsonPath: '.spec.a' }, { jsonPath: '.spec.a' }]],
  ['selectable field of no path', `${V}.selectableFields`, [{ jsonPath: '' }]],
  ['status', `${V}.subresources`, { status: {} }],
  ['scale', `${V}.subresources`, { scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.replicas' } }],
  ['scale without paths', `${V}.subresources`, { scale: { specReplicasPath: '', statusReplicasPath: '' } }],
  [
    'scale in the wrong place',
    `${V}.subresources`,
    { scale: { specReplicasPath: '.status.n', statusReplicasPath: '.spec.n' } },
  ],
  [
    'scale without a dot',
    `${V}.subresources`,
    { scale: { specReplicasPath: 'spec.n', statusReplicasPath: '.status.n' } },
  ],
  [
    'scale by an index',
    `${V}.subresources`,
    { scale: { specReplicasPath: '.spec.n[0]', statusReplicasPath: '.status.n', labelSelectorPath: '.metadata.a' } },
  ],
];

const SCHEMAS: readonly Row[] = [
  ['root of another type', `${S}.type`, 'array'],
  ['root of no type', `${S}.type`, undefined],
  ['unknown type', `${P}.a.type`, 'text'],
  ['null type', `${P}.a.type`, 'null'],
  ['no type', `${P}.a.type`, undefined],
  ['list without items', `${P}.a`, { type: 'array' }],
  ['items of no type', `${P}.a`, { type: 'array', items: {} }],
  ['list of items', `${P}.a`, { type: 'array', items: [{ type: 'string' }] }],
  ['unique items', `${P}.a`, { type: 'array', uniqueItems: true, items: text }],
  ['properties and others', `${P}.a`, { type: 'object', properties: { b: text }, additionalProperties: text }],
  ['no others', `${P}.a`, { type: 'object', additionalProperties: false }],
  ['any others', `${P}.a`, { type: 'object', additionalProperties: true }],
  ['others at the root', `${S}.additionalProperties`, text],
  ['nullable root', `${S}.nullable`, true],
  ['reference', `${P}.a`, { $ref: '#/definitions/a' }],
  ['id', `${P}.a.id`, 'x'],
  ['$schema', `${P}.a.$schema`, 'http://json-schema.org/schema#'],
  ['definitions', `${S}.definitions`, { a: text }],
  ['dependencies', `${S}.dependencies`, { a: ['b'] }],
  ['pattern properties', `${P}.a`, { type: 'object', patternProperties: { a: text } }],
  ['additional items', `${P}.a`, { type: 'array', items: text, additionalItems: true }],
  ['pattern', `${P}.a.pattern`, '^a+$'],
  ['broken pattern', `${P}.a.pattern`, '^(a+$'],
  ['pattern that looks ahead', `${P}.a.pattern`, '(?=a)b'],
  ['unknown format', `${P}.a.format`, 'hexagon'],
  ['format of another type', `${P}.n.format`, 'date'],
  ['int32', `${P}.n.format`, 'int32'],
  ['metadata', `${S}.properties.metadata`, { type: 'object', properties: { name: { type: 'string', maxLength: 5 } } }],
  ['metadata of labels', `${S}.properties.metadata`, { type: 'object', properties: { labels: { type: 'object' } } }],
  ['metadata with a rule', `${S}.properties.metadata`, { type: 'object', minProperties: 1 }],
  ['apiVersion of another type', `${S}.properties.apiVersion`, { type: 'integer' }],
  ['kind with a limit', `${S}.properties.kind`, { type: 'string', maxLength: 3 }],
  ['type in an alternative', `${P}.a.anyOf`, [{ type: 'string' }]],
  ['alternatives', `${S}.properties.spec.oneOf`, [{ required: ['a'] }, { required: ['n'] }]],
  ['alternative of an unknown property', `${S}.properties.spec.oneOf`, [{ properties: { z: { minLength: 1 } } }]],
  ['description in an alternative', `${P}.a.anyOf`, [{ description: 'x' }]],
  ['default in an alternative', `${P}.a.anyOf`, [{ default: 'x' }]],
  ['nullable in an alternative', `${P}.a.anyOf`, [{ nullable: true }]],
  ['title in an alternative', `${P}.a.allOf`, [{ title: 'x' }]],
  ['others in an alternative', `${S}.properties.spec.allOf`, [{ additionalProperties: text }]],
  ['extension in an alternative', `${P}.a.allOf`, [{ 'x-kubernetes-preserve-unknown-fields': true }]],
  ['negated', `${P}.a.not`, { enum: ['x'] }],
  ['negated type', `${P}.a.not`, { type: 'string' }],
  ['int or string', `${P}.a`, { 'x-kubernetes-int-or-string': true }],
  ['int or string with a type', `${P}.a`, { type: 'string', 'x-kubernetes-int-or-string': true }],
  [
    'int or string spelled out',
    `${P}.a`,
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  ],
  [
    'int or string and free',
    `${P}.a`,
    { 'x-kubernetes-int-or-string': true, 'x-kubernetes-preserve-unknown-fields': true },
  ],
  ['free', `${P}.a`, { 'x-kubernetes-preserve-unknown-fields': true }],
  ['not free', `${P}.a`, { type: 'object', 'x-kubernetes-preserve-unknown-fields': false }],
  [
    'embedded',
    `${P}.a`,
    { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  ],
  ['embedded text', `${P}.a`, { type: 'string', 'x-kubernetes-embedded-resource': true }],
  ['embedded without anything', `${P}.a`, { type: 'object', 'x-kubernetes-embedded-resource': true }],
  [
    'embedded of metadata',
    `${P}.a`,
    {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      properties: { metadata: { type: 'object', properties: { x: text } } },
    },
  ],
];

const LISTS: readonly Row[] = [
  ['set', `${P}.a`, { type: 'array', 'x-kubernetes-list-type': 'set', items: text }],
  [
    'set of objects',
    `${P}.a`,
    { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'object', properties: { b: text } } },
  ],
  [
    'set of atomic objects',
    `${P}.a`,
    {
      type: 'array',
      'x-kubernetes-list-type': 'set',
      items: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { b: text } },
    },
  ],
  [
    'set of lists',
    `${P}.a`,
    {
      type: 'array',
      'x-kubernetes-list-type': 'set',
      items: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
    },
  ],
  [
    'set of nothing',
    `${P}.a`,
    { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string', nullable: true } },
  ],
  ['set that is a text', `${P}.a`, { type: 'string', 'x-kubernetes-list-type': 'set' }],
  ['unknown list type', `${P}.a`, { type: 'array', 'x-kubernetes-list-type': 'heap', items: text }],
  ['map list', `${P}.a`, listMap({})],
  ['map list without keys', `${P}.a`, listMap({ 'x-kubernetes-list-map-keys': [] })],
  ['map list of another key', `${P}.a`, listMap({ 'x-kubernetes-list-map-keys': ['z'] })],
  ['map list of a key twice', `${P}.a`, listMap({ 'x-kubernetes-list-map-keys': ['k', 'k'] })],
  ['map list of texts', `${P}.a`, listMap({ items: text })],
  ['map list with an optional key', `${P}.a`, listMap({ items: { type: 'object', properties: { k: text } } })],
  [
    'map list with a key by default',
    `${P}.a`,
    listMap({ items: { type: 'object', properties: { k: { type: 'string', default: 'x' } } } }),
  ],
  [
    'map list with a key that is an object',
    `${P}.a`,
    listMap({ items: { type: 'object', required: ['k'], properties: { k: { type: 'object' } } } }),
  ],
  [
    'map list with a nullable key',
    `${P}.a`,
    listMap({ items: { type: 'object', required: ['k'], properties: { k: { type: 'string', nullable: true } } } }),
  ],
  ['keys without a list type', `${P}.a`, listMap({ 'x-kubernetes-list-type': undefined })],
  ['keys of a set', `${P}.a`, listMap({ 'x-kubernetes-list-type': 'set' })],
  ['map type', `${P}.a`, { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { b: text } }],
  ['unknown map type', `${P}.a`, { type: 'object', 'x-kubernetes-map-type': 'molecular' }],
  ['map type of a list', `${P}.a`, { type: 'array', 'x-kubernetes-map-type': 'atomic', items: text }],
];

const DEFAULTS: readonly Row[] = [
  ['default', `${P}.a.default`, 'x'],
  ['default of another type', `${P}.a.default`, 5],
  ['default over the limit', `${P}.n`, { type: 'integer', maximum: 3, default: 5 }],
  ['default outside the values', `${P}.a`, { type: 'string', enum: ['a'], default: 'b' }],
  ['default against the pattern', `${P}.a`, { type: 'string', pattern: '^a$', default: 'b' }],
  ['default null', `${P}.a.default`, null],
  ['default null where it may be', `${P}.a`, { type: 'string', nullable: true, default: null }],
  ['default with an unknown field', `${S}.properties.spec.default`, { a: 'x', z: 1 }],
  [
    'default without what is required',
    `${S}.properties.spec`,
    { type: 'object', required: ['a'], properties: { a: text }, default: {} },
  ],
  ['default of a set', `${P}.a`, { type: 'array', 'x-kubernetes-list-type': 'set', items: text, default: ['x', 'x'] }],
  ['default of metadata', `${S}.properties.metadata`, { type: 'object', default: {} }],
  [
    'default of an embedded object',
    `${P}.a`,
    {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
      default: { apiVersion: 'v1', kind: 'Pod' },
    },
  ],
  [
    'default of an embedded object without a kind',
    `${P}.a`,
    {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
      default: { apiVersion: 'v1' },
    },
  ],
];

/** Definitions by whether the server takes them; nothing is kept. */
export const DEFINITION_STEPS: readonly Step[] = [
  ...NAMES,
  ...VERSIONS,
  ...COLUMNS,
  ...SCHEMAS,
  ...LISTS,
  ...DEFAULTS,
].map(([does, path, to]) => ({
  does,
  method: 'POST',
  path: `${COLLECTION}?dryRun=All&fieldManager=reference`,
  body: changed<Definition>(BASE, path, to),
}));
