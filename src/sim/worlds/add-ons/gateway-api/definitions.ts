import type { KubeObject } from '../../../api/object.js';
import { readSchemas, readWords, type Schema, type Words } from '../schema-notation.js';
import { GATEWAY, GATEWAY_CLASS, REFERENCE_GRANT } from './gateway-schemas.js';
import { BACKEND_TLS_POLICY, GRPC_ROUTE, HTTP_ROUTE } from './route-schemas.js';
import { SHARED_PARTS } from './shared-parts.js';
import { KIND_WORDS, PART_WORDS } from './words.js';

const GROUP = 'gateway.networking.k8s.io';
const BUNDLE = 'v1.4.1';

type Column = readonly [name: string, path: string, type: string, priority?: number];

interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly schema: string;
  readonly columns: readonly Column[];
  readonly cluster?: boolean;
  /** Its versions, the stored one first, and whether each is served. */
  readonly versions: readonly (readonly [name: string, served: boolean])[];
  readonly status?: boolean;
}

const AGE: Column = ['Age', '.metadata.creationTimestamp', 'date'];
const HOSTNAMES: Column = ['Hostnames', '.spec.hostnames', 'string'];
const isTrue = (name: string): Column => [name, `.status.conditions[?(@.type=="${name}")].status`, 'string'];

/** The kinds of the standard channel, in the order that the release's manifest has them. */
const KINDS: readonly Kind[] = [
  {
    kind: 'BackendTLSPolicy',
    plural: 'backendtlspolicies',
    shortNames: ['btlspolicy'],
    schema: BACKEND_TLS_POLICY,
    columns: [AGE],
    versions: [['v1', true]],
  },
  {
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    shortNames: ['gc'],
    schema: GATEWAY_CLASS,
    columns: [
      ['Controller', '.spec.controllerName', 'string'],
      isTrue('Accepted'),
      AGE,
      ['Description', '.spec.description', 'string', 1],
    ],
    cluster: true,
    versions: [
      ['v1', true],
      ['v1beta1', true],
    ],
  },
  {
    kind: 'Gateway',
    plural: 'gateways',
    shortNames: ['gtw'],
    schema: GATEWAY,
    columns: [
      ['Class', '.spec.gatewayClassName', 'string'],
      ['Address', '.status.addresses[*].value', 'string'],
      isTrue('Programmed'),
      AGE,
    ],
    versions: [
      ['v1', true],
      ['v1beta1', true],
    ],
  },
  {
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    shortNames: [],
    schema: GRPC_ROUTE,
    columns: [HOSTNAMES, AGE],
    versions: [['v1', true]],
  },
  {
    kind: 'HTTPRoute',
    plural: 'httproutes',
    shortNames: [],
    schema: HTTP_ROUTE,
    columns: [HOSTNAMES, AGE],
    versions: [
      ['v1', true],
      ['v1beta1', true],
    ],
  },
  {
    kind: 'ReferenceGrant',
    plural: 'referencegrants',
    shortNames: ['refgrant'],
    schema: REFERENCE_GRANT,
    columns: [AGE],
    versions: [['v1beta1', true]],
    status: false,
  },
];

/** The CustomResourceDefinitions of the Gateway API, standard channel. */
export function gatewayDefinitions(): KubeObject[] {
  const parts = readSchemas(SHARED_PARTS, {}, readWords(PART_WORDS));
  const words = readWords(KIND_WORDS);
  return KINDS.map((kind) => {
    const own: Words = (path) => words(`${kind.kind}.${path}`);
    return definition(kind, words(kind.kind), readSchemas(kind.schema, parts, own));
  });
}

function definition(
  { kind, plural, shortNames, columns, cluster, versions, status = true }: Kind,
  description: string | undefined,
  properties: Readonly<Record<string, Schema>>,
): KubeObject {
  const plain = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
  const openAPIV3Schema = {
    description,
    type: 'object',
    properties: { ...plain, ...properties },
    ...(status ? { required: ['spec'] } : {}),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GROUP}`,
      annotations: {
        'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/3328',
        [`gateway.networking.k8s.io/bundle-version`]: BUNDLE,
        [`gateway.networking.k8s.io/channel`]: 'standard',
      },
    },
    spec: {
      group: GROUP,
      names: {
        categories: ['gateway-api'],
        kind,
        listKind: `${kind}List`,
        plural,
        ...(shortNames.length > 0 ? { shortNames: [...shortNames] } : {}),
        singular: kind.toLowerCase(),
      },
      scope: cluster ? 'Cluster' : 'Namespaced',
      versions: versions.map(([name, served], at) => ({
        name,
        served,
        storage: at === 0,
        additionalPrinterColumns: columns.map(([column, jsonPath, type, priority]) => ({
          name: column,
          jsonPath,
          type,
          ...(priority === undefined ? {} : { priority }),
        })),
        schema: { openAPIV3Schema },
        ...(status ? { subresources: { status: {} } } : {}),
      })),
    },
  };
}
