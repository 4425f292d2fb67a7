/** Versions as the server holds them inside, which is how its messages print them. */
import { compareText } from '../../go-text.js';
import type { JsonObject } from '../../object.js';
import type { CustomResourceVersion, SchemaProps, ValidationRule } from '../../types/custom-resource-definition.js';
import type { Part } from './spec-rules.js';

/** The versions; what all of them share stands elsewhere. */
export function internalVersions(versions: readonly CustomResourceVersion[], shared: ReadonlySet<Part>): JsonObject[] {
  return versions.map((version) => ({
    Name: version.name,
    Served: version.served,
    Storage: version.storage,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema:
      shared.has('schema') || !version.schema
        ? null
        : { OpenAPIV3Schema: internalSchema(version.schema.openAPIV3Schema) },
    Subresources: shared.has('subresources') ? null : internalSubresources(version),
    AdditionalPrinterColumns: shared.has('additionalPrinterColumns') ? null : internalColumns(version),
    SelectableFields: shared.has('selectableFields')
      ? null
      : (version.selectableFields?.map(({ jsonPath }) => ({ JSONPath: jsonPath })) ?? null),
  }));
}

function internalSubresources({ subresources }: CustomResourceVersion): JsonObject | null {
  if (!subresources) return null;
  const { status, scale } = subresources;
  return {
    Status: status ? {} : null,
    Scale: scale
      ? {
          SpecReplicasPath: scale.specReplicasPath,
          StatusReplicasPath: scale.statusReplicasPath,
          LabelSelectorPath: scale.labelSelectorPath ?? null,
        }
      : null,
  };
}

function internalColumns({ additionalPrinterColumns: columns }: CustomResourceVersion): JsonObject[] | null {
  if (!columns || columns.length === 0) return null;
  return columns.map(({ name, type, format = '', description = '', priority = 0, jsonPath }) => ({
    Name: name,
    Type: type,
    Format: format,
    Description: description,
    Priority: priority,
    JSONPath: jsonPath,
  }));
}

function internalSchemas(schemas: readonly SchemaProps[] | undefined): unknown {
  return schemas && schemas.length > 0 ? schemas.map(internalSchema) : null;
}

function internalMap(schemas: Readonly<Record<string, SchemaProps>> | undefined): unknown {
  // Go writes maps by the order of their keys.
  const entries = Object.entries(schemas ?? {}).sort(([a], [b]) => compareText(a, b));
  return entries.length === 0 ? null : Object.fromEntries(entries.map(([name, one]) => [name, internalSchema(one)]));
}

/** A schema, or whether there may be anything. */
function internalOthers(others: SchemaProps | boolean | undefined): unknown {
  if (others === undefined) return null;
  return typeof others === 'boolean'
    ? { Allows: others, Schema: null }
    : { Allows: true, Schema: internalSchema(others) };
}

function internalSchema(schema: SchemaProps | undefined): JsonObject | null {
  if (!schema) return null;
  const { items } = schema;
  return {
    ID: schema.id ?? '',
    Schema: schema.$schema ?? '',
    Ref: schema.$ref ?? null,
    Description: schema.description ?? '',
    Type: schema.type ?? '',
    Nullable: schema.nullable ?? false,
    Format: schema.format ?? '',
    Title: schema.title ?? '',
    Default: schema.default ?? null,
    Maximum: schema.maximum ?? null,
    ExclusiveMaximum: schema.exclusiveMaximum ?? false,
    Minimum: schema.minimum ?? null,
    ExclusiveMinimum: schema.exclusiveMinimum ?? false,
    MaxLength: schema.maxLength ?? null,
    MinLength: schema.minLength ?? null,
    Pattern: schema.pattern ?? '',
    MaxItems: schema.maxItems ?? null,
    MinItems: schema.minItems ?? null,
    UniqueItems: schema.uniqueItems ?? false,
    MultipleOf: schema.multipleOf ?? null,
    Enum: schema.enum ?? null,
    MaxProperties: schema.maxProperties ?? null,
    MinProperties: schema.minProperties ?? null,
    Required: schema.required ?? null,
    Items: items
      ? {
          Schema: Array.isArray(items) ? null : internalSchema(items),
          JSONSchemas: Array.isArray(items) ? internalSchemas(items) : null,
        }
      : null,
    AllOf: internalSchemas(schema.allOf),
    OneOf: internalSchemas(schema.oneOf),
    AnyOf: internalSchemas(schema.anyOf),
    Not: internalSchema(schema.not),
    Properties: internalMap(schema.properties),
    AdditionalProperties: internalOthers(schema.additionalProperties),
    PatternProperties: internalMap(schema.patternProperties),
    Dependencies: schema.dependencies ?? null,
    AdditionalItems: null,
    Definitions: internalMap(schema.definitions),
    ExternalDocs: schema.externalDocs ?? null,
    Example: schema.example ?? null,
    XPreserveUnknownFields: schema['x-kubernetes-preserve-unknown-fields'] ?? null,
    XEmbeddedResource: schema['x-kubernetes-embedded-resource'] ?? false,
    XIntOrString: schema['x-kubernetes-int-or-string'] ?? false,
    XListMapKeys: schema['x-kubernetes-list-map-keys'] ?? null,
    XListType: schema['x-kubernetes-list-type'] ?? null,
    XMapType: schema['x-kubernetes-map-type'] ?? null,
    XValidations: schema['x-kubernetes-validations']?.map(internalRule) ?? null,
  };
}

/** A rule as the server holds it inside, which is how its messages print it. */
export function internalRule(rule: ValidationRule): JsonObject {
  return {
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  };
}
