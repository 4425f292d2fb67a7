import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Schema } from '../../../src/checker/schema/words.js';
import { certainlyFits } from '../../../src/labs/format/fits.js';
import { LAB_SCHEMA } from '../../../src/labs/format/schema.js';

const AJV = { strict: false, validateSchema: false } as const;
const A = { properties: { a: { type: 'number' } } };

test.each<[Schema, unknown[], unknown[]]>([
  [{ type: 'string' }, [''], [1, null, [], {}]],
  [{ type: ['integer', 'boolean'] }, [1, 1.0, true], [1.5, '1', null]],
  [{ type: 'number' }, [1.5], ['1', true]],
  [{ type: 'object' }, [{}], [[], null]],
  [{ type: 'array' }, [[]], [{}]],
  [{ type: 'null' }, [null], [0, '']],
  [{ const: { a: [1] } }, [{ a: [1] }], [{ a: [2] }]],
  [{ enum: ['a', 1] }, ['a', 1], ['1', 'b']],
  [{ oneOf: [{ type: 'integer' }, { minimum: 5 }] }, [4, 5.5], [5, 4.5]],
  [{ items: { type: 'string' }, minItems: 1, maxItems: 2 }, [['a'], ['a', 'b'], 'x'], [[], ['a', 1], ['a', 'b', 'c']]],
  [
    { uniqueItems: true },
    [
      [1, 2],
      [{ a: 1 }, { a: 2 }],
    ],
    [
      [1, 1],
      [{ a: 1 }, { a: 1 }],
    ],
  ],
  [{ minimum: 1, maximum: 2 }, [1, 2, '3'], [0.9, 2.1]],
  [{ minLength: 1, maxLength: 2 }, ['a', '👍👍', 1], ['', 'abc', '👍👍👍']],
  [{ pattern: '^a|b$' }, ['ax', 'xb', 1], ['x', '']],
  [{ ...A, required: ['a'] }, [{ a: 1 }, { a: 1, b: 2 }, 'x'], [{}, { a: 'x' }, { a: undefined }]],
  [{ ...A, additionalProperties: false }, [{}, { a: 1 }], [{ b: 1 }, { toString: 1 }]],
  [{ additionalProperties: false }, [{}], [{ b: 1 }]],
  [{ ...A, additionalProperties: { type: 'string' } }, [{ b: 'x' }, { a: 1, b: 'x' }], [{ b: 1 }, { a: 'x' }]],
  [{ ...A, additionalProperties: true }, [{ b: 1 }], [{ a: 'x' }]],
  [{ minProperties: 1, propertyNames: { pattern: '^a' } }, [{ a: 1 }], [{}, { b: 1 }]],
  [{ $defs: { a: { type: 'string' } }, items: { $ref: '#/$defs/a' } }, [['x']], [[1]]],
])('%j: %j but not %j', (schema, fitting, others) => {
  const fits = (value: unknown): boolean => certainlyFits(value, schema);
  expect([fitting.map(fits), others.map(fits)]).toEqual([fitting.map(() => true), others.map(() => false)]);
  const validate = new Ajv(AJV).compile(schema);
  const valid = (value: unknown): boolean => validate(value);
  expect([fitting.map(valid), others.map(valid)]).toEqual([fitting.map(() => true), others.map(() => false)]);
});

test('of a keyword that it does not know it is not certain', () => {
  expect(certainlyFits(1, { anyOf: [{ type: 'number' }] })).toBe(false);
});

const labsIn = (folder: string): [string, unknown][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .flatMap((path) => {
      try {
        return [[path, load(readFileSync(join(folder, path), 'utf8'))]];
      } catch {
        return [];
      }
    });
const LABS = ['cka', 'ckad', 'cks'].flatMap((one) => labsIn(`content/${one}/labs`));

test('every lab that ships does, so that no more is asked', () => {
  expect(LABS.length).toBeGreaterThan(5);
  expect(LABS.filter(([, lab]) => !certainlyFits(lab, LAB_SCHEMA)).map(([path]) => path)).toEqual([]);
});

/** What is put in the place of something in a lab. */
const OTHERS = [undefined, null, '', 'x', 0, 7.5, true, [], {}, ['x'], { x: 1 }, '{{x}}', '/x', '$.x'];

/** A lab with something else at one of its places: the nth, counted from the outside. */
function spoilt(lab: unknown, nth: number, other: unknown): unknown {
  const copy = structuredClone(lab) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      places.push([value as Record<string, unknown>, name]);
      walk((value as Record<string, unknown>)[name]);
    }
  };
  walk(copy);
  const [place, name] = places[nth % places.length] as (typeof places)[number];
  if (Array.isArray(place)) place[name] = other ?? null;
  else if (other === undefined) delete place[name];
  else if (nth % 3 === 0) place[`${name}x`] = other;
  else place[name] = other;
  return copy;
}

test('of broken labs, and of good ones in which something is changed, it says what a validator says', () => {
  const valid = new Ajv(AJV).compile(LAB_SCHEMA);
  const broken = labsIn('test/labs/lint/broken');
  const changed = LABS.flatMap(([path, lab], index) =>
    Array.from({ length: 12 * OTHERS.length }, (_, at): [string, unknown] => {
      const [nth, other] = [index * 131 + at * 53, OTHERS[at % OTHERS.length]];
      return [`${path} with ${JSON.stringify(other)} at ${nth}`, spoilt(lab, nth, other)];
    }),
  );
  const said = [...broken, ...changed].map(
    ([name, lab]) => [name, certainlyFits(lab, LAB_SCHEMA), valid(lab)] as const,
  );
  expect(said.filter(([, fits, is]) => fits !== is).map(([name]) => name)).toEqual([]);
  expect(said.filter(([, fits]) => fits).length).toBeGreaterThan(50);
  expect(said.filter(([, fits]) => !fits).length).toBeGreaterThan(200);
});
