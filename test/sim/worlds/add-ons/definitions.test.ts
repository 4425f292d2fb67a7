import { expect, test } from 'vitest';
import { ADD_ONS } from '../../../../src/sim/worlds/add-ons/register.js';
import { readSchemas, readWords, type Schema } from '../../../../src/sim/worlds/add-ons/schema-notation.js';

/** What the server itself says of every kind. */
const PLAIN = ['apiVersion', 'kind', 'metadata'];

/** Paths of fields, and of objects in arrays, that nobody described. */
function undescribed(schema: Schema, path: string): string[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const items = schema['items'] as Schema | undefined;
  return [
    ...(schema['description'] ? [] : [path]),
    ...properties.filter(([name]) => !PLAIN.includes(name)).flatMap(([name, of]) => undescribed(of, `${path}.${name}`)),
    ...(items && (items['type'] === 'object' || items['description']) ? undescribed(items, `${path}.[]`) : []),
  ];
}

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: { readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const kinds = ADD_ONS.flatMap((addOn) => addOn.objects())
  .filter(({ kind }) => kind === 'CustomResourceDefinition')
  .map((definition) => (definition as unknown as Definition).spec);

test('add-ons bring kinds', () => expect(kinds.length).toBeGreaterThan(10));

test.each(kinds.map((spec) => [spec.names.kind, spec] as const))('every field of %s is described', (kind, spec) => {
  expect(spec.versions.flatMap(({ schema }) => undescribed(schema.openAPIV3Schema, kind))).toEqual([]);
});

test('what is said of a field that refers to a part goes before what the part says of itself', () => {
  const parts = readSchemas('reference object\n name string', {}, readWords('reference Some object.\n name Its name.'));
  const { spec } = readSchemas(
    'spec object\n here @reference\n there array\n  [] @reference',
    parts,
    readWords('spec Wanted.\n here The object here.'),
  );
  expect(spec).toEqual({
    type: 'object',
    description: 'Wanted.',
    properties: {
      here: expect.objectContaining({ description: 'The object here.' }),
      there: { type: 'array', items: parts['reference'] },
    },
  });
});
