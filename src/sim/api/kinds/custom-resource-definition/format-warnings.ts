import { isKnownFormat } from '../../custom/validation/formats.js';
import type { CustomResourceDefinition, SchemaProps } from '../../types/custom-resource-definition.js';

/** What is said of formats that nobody looks at, those that are new. */
export function formatWarnings(object: CustomResourceDefinition, old?: CustomResourceDefinition): string[] {
  const before = new Set(old ? unknownFormats(old) : []);
  const found = unknownFormats(object).filter((format) => !before.has(format));
  return found.map((format) => `unrecognized format ${JSON.stringify(format)}`);
}

function unknownFormats({ spec }: CustomResourceDefinition): string[] {
  return (spec.versions ?? []).flatMap(({ schema }) => formatsIn(schema?.openAPIV3Schema));
}

function formatsIn(schema: SchemaProps | undefined): string[] {
  if (!schema) return [];
  const { format = '', type = '', items, additionalProperties: others } = schema;
  const inner = [
    ...(items ? [items].flat() : []),
    ...Object.values(schema.properties ?? {}),
    ...(typeof others === 'object' ? [others] : []),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.not ? [schema.not] : []),
  ];
  const own = format !== '' && !isKnownFormat(format, type) ? [format] : [];
  return [...own, ...inner.flatMap(formatsIn)];
}
