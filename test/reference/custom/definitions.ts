/** The definitions that custom objects of the reference are of. */

export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec: Readonly<Record<string, unknown>>;
}

const text = { type: 'string' };

/** A definition of one version. */
export function definition(
  group: string,
  plural: string,
  kind: string,
  version: object,
  more: object = {},
): Definition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { plural, singular: kind.toLowerCase(), kind },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, ...version }],
      ...more,
    },
  };
}

const SPEC = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'string', enum: ['small', 'large'], default: 'small' },
    count: { type: 'integer', minimum: 1, maximum: 10, default: 2 },
    even: { type: 'integer', multipleOf: 2 },
    above: { type: 'integer', minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true },
    small: { type: 'integer', format: 'int32' },
    ratio: { type: 'number', minimum: 0.5, maximum: 1.5 },
    tenth: { type: 'number', multipleOf: 0.1 },
    name: { type: 'string', minLength: 2, maxLength: 5 },
    code: { type: 'string', pattern: '^[a-z]+-[0-9]{2}$' },
    on: { type: 'boolean' },
    maybe: { type: 'string', nullable: true },
    maybeDefault: { type: 'string', nullable: true, default: 'there' },
    port: { 'x-kubernetes-int-or-string': true },
    list: { type: 'array', minItems: 1, maxItems: 3, items: text },
    set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    numbers: { type: 'array', items: { type: 'integer' } },
    entries: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['key'],
      items: {
        type: 'object',
        required: ['key'],
        properties: { key: text, value: { type: 'string', default: 'none' } },
      },
    },
    pairs: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['host', 'port'],
      items: {
        type: 'object',
        required: ['host'],
        properties: { host: text, port: { type: 'integer', default: 80 }, weight: { type: 'integer' } },
      },
    },
    labels: { type: 'object', additionalProperties: text, maxProperties: 2 },
    limits: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    half: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { known: { type: 'object', properties: { inner: text } } },
    },
    template: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    },
    tight: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      properties: { spec: { type: 'object', properties: { a: text } } },
    },
    nested: {
      type: 'object',
      properties: { deep: { type: 'object', default: {}, properties: { level: { type: 'integer', default: 3 } } } },
    },
    either: {
      type: 'object',
      properties: { a: text, b: text },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    any: { type: 'object', properties: { a: text, b: text }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    both: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: text },
      allOf: [{ required: ['a'] }, { properties: { a: { minimum: 5 } } }],
    },
    never: { type: 'string', not: { enum: ['forbidden'] } },
    date: { type: 'string', format: 'date' },
    time: { type: 'string', format: 'date-time' },
    duration: { type: 'string', format: 'duration' },
    bytes: { type: 'string', format: 'byte' },
    ipv4: { type: 'string', format: 'ipv4' },
    ipv6: { type: 'string', format: 'ipv6' },
    cidr: { type: 'string', format: 'cidr' },
    uri: { type: 'string', format: 'uri' },
    email: { type: 'string', format: 'email' },
    hostname: { type: 'string', format: 'hostname' },
    uuid: { type: 'string', format: 'uuid' },
    mac: { type: 'string', format: 'mac' },
    odd: { type: 'string', format: 'nobody-knows' },
    shortName: { type: 'string', format: 'k8s-short-name' },
  },
};

/** Everything a schema can say of a value. */
export const WIDGETS = definition(
  'shop.example.com',
  'widgets',
  'Widget',
  {
    schema: {
      openAPIV3Schema: {
        type: 'object',
        description: 'A widget.',
        required: ['spec'],
        properties: {
          spec: SPEC,
          status: {
            type: 'object',
            properties: {
              replicas: { type: 'integer', maximum: 100 },
              selector: text,
              phase: text,
              conditions: {
                type: 'array',
                'x-kubernetes-list-type': 'map',
                'x-kubernetes-list-map-keys': ['type'],
                items: { type: 'object', required: ['type'], properties: { type: text, status: text } },
              },
            },
          },
        },
      },
    },
    subresources: {
      status: {},
      scale: {
        specReplicasPath: '.spec.count',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    },
    selectableFields: [{ jsonPath: '.spec.size' }, { jsonPath: '.spec.count' }],
    additionalPrinterColumns: [
      { name: 'Size', type: 'string', jsonPath: '.spec.size' },
      { name: 'Count', type: 'integer', jsonPath: '.spec.count', description: 'How many.' },
      { name: 'Ratio', type: 'number', jsonPath: '.spec.ratio' },
      { name: 'On', type: 'boolean', jsonPath: '.spec.on' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      { name: 'List', type: 'string', jsonPath: '.spec.list', priority: 1 },
      { name: 'When', type: 'date', jsonPath: '.spec.time' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  {
    names: {
      plural: 'widgets',
      singular: 'widget',
      kind: 'Widget',
      listKind: 'WidgetList',
      shortNames: ['wd', 'wdg'],
      categories: ['all', 'things'],
    },
  },
);

const PLAIN = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };

/** Cluster-wide, in several versions, without subresources and columns. */
export const GADGETS: Definition = {
  ...definition('shop.example.com', 'gadgets', 'Gadget', {}),
  spec: {
    group: 'shop.example.com',
    names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: false,
        deprecated: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { old: text, both: text } } },
          },
        },
      },
      {
        name: 'v2',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { new: { type: 'string', default: 'new' }, both: text } },
            },
          },
        },
      },
      { name: 'v1alpha1', served: false, storage: false, schema: PLAIN },
      {
        name: 'v1',
        served: true,
        storage: false,
        deprecated: true,
        deprecationWarning: 'gadgets of v1 are old',
        schema: PLAIN,
      },
    ],
  },
};
