import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { CURRICULUM_SCHEMA } from '../../../src/labs/content/curriculum-schema.js';
import { EXAM_SCHEMA } from '../../../src/labs/content/exam-schema.js';
import { LAB_SCHEMA } from '../../../src/labs/format/schema.js';

type Schema = Readonly<Record<string, unknown>>;
interface Found {
  readonly path: string;
  readonly schema: Schema;
  /** Whether it stands behind a field's name. */
  readonly field: boolean;
}

/** Keywords under which further schemas lie, by name or in a list. */
const BY_NAME = ['properties', '$defs', 'patternProperties'];
const IN_LIST = ['oneOf', 'anyOf', 'allOf'];
const ALONE = ['items', 'additionalProperties', 'propertyNames', 'not'];

/** Every schema in a schema. */
function schemasIn(schema: Schema, path: string, field = false): Found[] {
  const inner = (value: unknown, where: string, isField = false): Found[] =>
    value !== null && typeof value === 'object' ? schemasIn(value as Schema, where, isField) : [];
  return [
    { path, schema, field },
    ...BY_NAME.flatMap((key) =>
      Object.entries((schema[key] ?? {}) as Schema).flatMap(([name, one]) =>
        inner(one, `${path}/${name}`, key === 'properties'),
      ),
    ),
    ...IN_LIST.flatMap((key) =>
      ((schema[key] ?? []) as Schema[]).flatMap((one, index) => inner(one, `${path}/${key}${index}`)),
    ),
    ...ALONE.flatMap((key) => inner(schema[key], `${path}/${key}`)),
  ];
}

const all = schemasIn(LAB_SCHEMA, '');
const words = (schema: Schema): number =>
  String(schema['description'] ?? '')
    .split(/\s+/)
    .filter(Boolean).length;
/** Maps with fields that the format does not know: what a fault wants is the fault's own, and an object that is handed in its kind's. */
const OPEN = ['fault', 'object', 'object'];

describe('the published schema', () => {
  test('is a schema', () => {
    const ajv = new Ajv({ strict: false });
    for (const schema of [LAB_SCHEMA, CURRICULUM_SCHEMA, EXAM_SCHEMA])
      expect([ajv.validateSchema(schema), ajv.errorsText()]).toEqual([true, 'No errors']);
  });

  test('explains every field in five words or more, as a sentence', () => {
    const fields = all.filter(({ field }) => field);
    expect(fields.length).toBeGreaterThan(100);
    expect(
      fields.filter(({ schema }) => words(schema) < 5).map(({ path, schema }) => `${path}: ${schema['description']}`),
    ).toEqual([]);
    const said = fields.map(({ schema }) => String(schema['description']));
    expect(said.filter((text) => !/^[A-Z`{].*\.$/s.test(text))).toEqual([]);
  });

  test('knows every field of every map', () => {
    const maps = all.filter(({ schema }) => 'properties' in schema || [schema['type']].flat().includes('object'));
    const open = maps.filter(({ schema }) => {
      const more = schema['additionalProperties'];
      return more === undefined || more === true;
    });
    expect(open.map(({ path }) => path.split('/').at(-1))).toEqual(OPEN);
  });

  test('gives examples and defaults that it allows itself', () => {
    const ajv = new Ajv({ strict: false });
    for (const { path, schema } of all) {
      const { default: standard, examples = [] } = schema as { default?: unknown; examples?: unknown[] };
      if (standard === undefined && examples.length === 0) continue;
      const { $id: _, ...alone } = schema;
      const allows = ajv.compile({ ...alone, $defs: LAB_SCHEMA['$defs'] });
      for (const value of [...(standard === undefined ? [] : [standard]), ...examples])
        expect([path, value, allows(value) ? '' : ajv.errorsText(allows.errors)]).toEqual([path, value, '']);
    }
  });

  test('shows examples in YAML only where it says the same without them', () => {
    const marked = all.filter(({ schema }) => 'markdownDescription' in schema);
    expect(marked.length).toBeGreaterThan(5);
    for (const { schema } of marked) {
      expect(String(schema['markdownDescription']).startsWith(`${schema['description']}\n\n\`\`\`yaml\n`)).toBe(true);
    }
  });

  test('offers a check of each kind, a guard, each shape of a variant and each kind of step', () => {
    const labels = (path: string): unknown[] =>
      ((all.find((one) => one.path === path)?.schema['defaultSnippets'] ?? []) as { label: string }[]).map(
        ({ label }) => label,
      );
    const oneOf = all.find(({ path }) => path === '/spec/checks/items')?.schema['oneOf'] ?? [];
    const kinds = (oneOf as { required: string[] }[]).flatMap(({ required }) => required);
    expect(labels('/spec/checks/items')).toEqual([...kinds, 'guard']);
    expect(labels('/spec/variants/additionalProperties')).toEqual(['oneOf', 'cause', 'name', 'number', 'draw']);
    expect(labels('/spec/world/steps/items')).toEqual(['manifests', 'settle', 'age', 'fault', 'run', 'file', 'load']);
  });
});
