/**
 * The Common Expression Language as a Kubernetes v1.36 server speaks it. An expression is compiled once with the names an
 * environment knows, and its program run many times:
 *
 *     const environment = baseEnvironment().extend({ variables: { object: DYN } });
 *     const { program, issues } = compile('object.spec.replicas < 5', environment);
 *     if (program) program.evaluate({ object: fromJson(json) }); // { value: true, cost: 4 }
 */

export {
  type Ask,
  AUTHORIZER,
  authorizerValue,
  RESOURCE_CHECK,
  requestResourceValue,
} from './authorizer.js';
export { baseEnvironment } from './base-environment.js';
export { compile } from './compile.js';
export {
  type Declaration,
  nameDeclaration,
  objectTypesOf,
  sizesOf,
} from './declaration.js';
export { Environment, type FunctionDeclaration, type ObjectType, objectType } from './environment.js';
export { JSON_PATCH } from './json-patch.js';
export { fromJson, toJson } from './json-values.js';
export { LazyMap } from './lazy-map.js';
export * from './limits.js';
export type { Program, SizeEstimator, Variables } from './program.js';
export { type Schema, schemaDeclaration } from './schema-declaration.js';
export { typeText } from './type-text.js';
export { fromTypedJson } from './typed-json.js';
export {
  BOOL,
  type CelType,
  DOUBLE,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  optionalType,
  STRING,
  sameType,
  structType,
  TIMESTAMP,
} from './types.js';
export { CelError, CelList, CelMap, Optional, type Value } from './values.js';
