/** The types of the variables `request` and `namespaceObject` of a policy, as the server declares them. */
import {
  BOOL,
  type CelType,
  DYN,
  INT,
  listType,
  mapType,
  objectType,
  STRING,
  structType,
  TIMESTAMP,
} from '../../../src/sim/cel/index.js';

const STRINGS = listType(STRING);
const TEXTS = mapType(STRING, STRING);

function texts(...names: string[]): Record<string, CelType> {
  return Object.fromEntries(names.map((name) => [name, STRING]));
}

const KIND = structType('kubernetes.GroupVersionKind');
const RESOURCE = structType('kubernetes.GroupVersionResource');

/** What an admission request is made of. */
export const REQUEST_TYPES = [
  objectType('kubernetes.GroupVersionKind', texts('group', 'version', 'kind')),
  objectType('kubernetes.GroupVersionResource', texts('group', 'version', 'resource')),
  objectType('kubernetes.UserInfo', { ...texts('username', 'uid'), groups: STRINGS, extra: mapType(STRING, STRINGS) }),
  objectType('kubernetes.AdmissionRequest', {
    ...texts('subResource', 'requestSubResource', 'name', 'namespace', 'operation'),
    kind: KIND,
    resource: RESOURCE,
    requestKind: KIND,
    requestResource: RESOURCE,
    userInfo: structType('kubernetes.UserInfo'),
    dryRun: BOOL,
    options: DYN,
  }),
];

/** What a namespace is made of. */
export const NAMESPACE_TYPES = [
  objectType('kubernetes.NamespaceSpec', { finalizers: STRINGS }),
  objectType('kubernetes.NamespaceCondition', {
    ...texts('status', 'type', 'message', 'reason'),
    lastTransitionTime: TIMESTAMP,
  }),
  objectType('kubernetes.NamespaceStatus', {
    conditions: listType(structType('kubernetes.NamespaceCondition')),
    phase: STRING,
  }),
  objectType('kubernetes.NamespaceMetadata', {
    ...texts('name', 'generateName', 'namespace', 'UID', 'resourceVersion'),
    labels: TEXTS,
    annotations: TEXTS,
    creationTimestamp: TIMESTAMP,
    deletionTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: INT,
    generation: INT,
    finalizers: STRINGS,
  }),
  objectType('kubernetes.Namespace', {
    metadata: structType('kubernetes.NamespaceMetadata'),
    spec: structType('kubernetes.NamespaceSpec'),
    status: structType('kubernetes.NamespaceStatus'),
  }),
];
