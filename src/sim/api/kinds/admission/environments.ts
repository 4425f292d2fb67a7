/** What expressions of webhooks and policies may name (apiserver pkg/admission/plugin/cel). */
import {
  AUTHORIZER,
  BOOL,
  baseEnvironment,
  type CelType,
  type Declaration,
  DYN,
  type Environment,
  INT,
  JSON_PATCH,
  listType,
  mapType,
  type ObjectType,
  objectType,
  objectTypesOf,
  RESOURCE_CHECK,
  STRING,
  structType,
  TIMESTAMP,
} from '../../../cel/index.js';
import { jsonPatchType, objectTypeOf } from './patch-types.js';

/** Which variables there are beside `object`, `oldObject`, `request` and `namespaceObject`. */
export interface Variables {
  readonly params: boolean;
  readonly authorizer: boolean;
  /** Expressions that make changes may make objects and patches. */
  readonly patchTypes?: boolean;
}

const KIND = objectType('kubernetes.GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
const RESOURCE = objectType('kubernetes.GroupVersionResource', { group: STRING, version: STRING, resource: STRING });
const USER = objectType('kubernetes.UserInfo', {
  username: STRING,
  uid: STRING,
  groups: listType(STRING),
  extra: mapType(STRING, listType(STRING)),
});
const REQUEST = objectType('kubernetes.AdmissionRequest', {
  kind: typeOf(KIND),
  resource: typeOf(RESOURCE),
  subResource: STRING,
  requestKind: typeOf(KIND),
  requestResource: typeOf(RESOURCE),
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: typeOf(USER),
  dryRun: BOOL,
  options: DYN,
});
const NAMESPACE_SPEC = objectType('kubernetes.NamespaceSpec', { finalizers: listType(STRING) });
const NAMESPACE_CONDITION = objectType('kubernetes.NamespaceCondition', {
  status: STRING,
  type: STRING,
  lastTransitionTime: TIMESTAMP,
  message: STRING,
  reason: STRING,
});
const NAMESPACE_STATUS = objectType('kubernetes.NamespaceStatus', {
  conditions: listType(typeOf(NAMESPACE_CONDITION)),
  phase: STRING,
});
const NAMESPACE_METADATA = objectType('kubernetes.NamespaceMetadata', {
  name: STRING,
  generateName: STRING,
  namespace: STRING,
  labels: mapType(STRING, STRING),
  annotations: mapType(STRING, STRING),
  UID: STRING,
  creationTimestamp: TIMESTAMP,
  deletionGracePeriodSeconds: INT,
  deletionTimestamp: TIMESTAMP,
  generation: INT,
  resourceVersion: STRING,
  finalizers: listType(STRING),
});
const NAMESPACE = objectType('kubernetes.Namespace', {
  metadata: typeOf(NAMESPACE_METADATA),
  spec: typeOf(NAMESPACE_SPEC),
  status: typeOf(NAMESPACE_STATUS),
});
const OBJECTS = [
  KIND,
  RESOURCE,
  USER,
  REQUEST,
  NAMESPACE_SPEC,
  NAMESPACE_CONDITION,
  NAMESPACE_STATUS,
  NAMESPACE_METADATA,
  NAMESPACE,
];
/** The type of `request`. */
const REQUEST_TYPE: CelType = typeOf(REQUEST);

const known = new Map<string, Environment>();

function typeOf({ name }: ObjectType): CelType {
  return structType(name);
}

/** The environment with some variables; `object`, `oldObject` and `params` may be anything. */
export function admissionEnvironment(variables: Variables): Environment {
  const key = `${variables.params}/${variables.authorizer}/${variables.patchTypes ?? false}`;
  const found = known.get(key);
  if (found) return found;
  const made = baseEnvironment().extend({
    variables: {
      object: DYN,
      oldObject: DYN,
      namespaceObject: typeOf(NAMESPACE),
      request: REQUEST_TYPE,
      ...(variables.params ? { params: DYN } : {}),
      ...(variables.authorizer ? { authorizer: AUTHORIZER, 'authorizer.requestResource': RESOURCE_CHECK } : {}),
    },
    objects: [...OBJECTS, ...(variables.patchTypes ? [jsonPatchType()] : [])],
    ...(variables.patchTypes ? { resolve: objectTypeOf, libraries: [JSON_PATCH] } : {}),
  });
  known.set(key, made);
  return made;
}

/**
 * The environment in which the types of a policy's expressions are checked: objects and parameters are what they are
 * declared, or anything. Only of the authorizer less is known than when the policy is at work.
 */
export function typedEnvironment(
  object: Declaration | undefined,
  hasParams: boolean,
  params: Declaration | undefined,
): Environment {
  const type = object?.type ?? DYN;
  const declared = [object, params].flatMap((one) => (one ? objectTypesOf(one) : []));
  return baseEnvironment().extend({
    variables: {
      object: type,
      oldObject: type,
      namespaceObject: typeOf(NAMESPACE),
      request: REQUEST_TYPE,
      ...(hasParams ? { params: params?.type ?? DYN } : {}),
      authorizer: AUTHORIZER,
    },
    objects: [...OBJECTS, ...declared],
  });
}
