import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printJson } from '../../../../src/sim/api/yaml/json-writer.js';
import { printYaml, printYamlDocuments } from '../../../../src/sim/api/yaml/print.js';
import { readYaml } from '../../../../src/sim/api/yaml/read.js';
import { loadTable, sentObject } from '../../kubectl/recorded.js';

const yaml = loadTable(import.meta.url, 'print.json');

describe(`YAML as ${yaml.program} prints it`, () => {
  it.each(yaml.cases)('$value', ({ value, stdout, stderr }) => {
    if (stderr === '') expect(printYaml(sentObject(value))).toBe(stdout);
    else expect(() => printYaml(sentObject(value))).toThrow(stderr.replace(/^error: |\n$/g, ''));
  });

  it('separates documents', () => {
    expect(printYamlDocuments([{ a: 1 }, {}])).toBe('a: 1\n---\n{}\n');
  });

  it('leaves out fields that are undefined', () => {
    expect(printYaml({ a: undefined, b: [{ c: undefined }] })).toBe('b:\n- {}\n');
  });
});

const json = loadTable(import.meta.url, 'json.json');

describe(`JSON as ${json.program} prints it`, () => {
  it.each(json.cases)('$value', ({ value, stdout }) => {
    expect(printJson(sentObject(value))).toBe(stdout);
  });

  it('keeps the order of fields when asked to', () => {
    expect(printJson({ kind: 'A', apiVersion: 'v1' }, { keepOrder: true })).toBe(
      '{\n    "kind": "A",\n    "apiVersion": "v1"\n}\n',
    );
  });
});

const VECTORS = new URL('../../../../../shared/vectors/kubectl-yaml-strings.json', import.meta.url);
type Vectors = { readonly cases: readonly { readonly value: string; readonly yaml: string }[] };

// These vectors lie beside the repository; the table above stands without them.
describe.skipIf(!existsSync(VECTORS))('strings as kubectl v1.36.3 prints them (vectors beside the repository)', () => {
  const vectors = existsSync(VECTORS) ? (JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors) : { cases: [] };
  it.each(vectors.cases)('$value', ({ value, yaml: expected }) => {
    expect(printYaml({ data: { k: value } })).toBe(`data:\n${expected}`);
  });
});

const word = fc.string({
  unit: fc.oneof(
    fc.constantFrom(' ', '\n', '\t', '-', ':', '#', "'", '"', '\\', '[', '{', '|', '>', '%', 'yes ', '0', '1', 'x'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 100,
});
// Control characters from DEL to NEL and non-characters cannot pass through kubectl's YAML.
const text = word.filter((value) => !/[\u007f-\u009f\ufffe\uffff]/.test(value));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4 }),
  ),
}));

describe('what is printed', () => {
  it('reads back as the same value', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(readYaml(printYaml(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });
});
