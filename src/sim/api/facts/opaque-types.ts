import type { TypeKind } from './type-text.js';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** What a patch is made of is nobody's type. */
export const PATCH_TYPE = `${META}.Patch`;

/** OpenAPI names of types that have a schema of their own and no fields. */
export const OPAQUE_TYPES: Partial<Record<TypeKind, string>> = {
  time: `${META}.Time`,
  microTime: `${META}.MicroTime`,
  duration: `${META}.Duration`,
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  raw: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
  fieldsV1: `${META}.FieldsV1`,
  json: `${EXTENSIONS}.JSON`,
  schemaOrBool: `${EXTENSIONS}.JSONSchemaPropsOrBool`,
  schemaOrArray: `${EXTENSIONS}.JSONSchemaPropsOrArray`,
  schemaOrStrings: `${EXTENSIONS}.JSONSchemaPropsOrStringArray`,
};
