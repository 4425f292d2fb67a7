import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { YamlError } from '../../../../src/sim/api/yaml/errors.js';
import { JsonError, readJson } from '../../../../src/sim/api/yaml/json-reader.js';
import { readManifests } from '../../../../src/sim/api/yaml/manifests.js';
import { readYaml } from '../../../../src/sim/api/yaml/read.js';
import { loadTable } from '../../kubectl/recorded.js';

const PARSING = 'error: error parsing STDIN: ';
const manifests = loadTable(import.meta.url, 'read.json');

describe(`YAML as ${manifests.program} reads it`, () => {
  it.each(manifests.cases)('$text', ({ text, spec, error }) => {
    const stream = readManifests(`apiVersion: example.com/v1\nkind: Example\nmetadata:\n  name: x\nspec:${text}`);
    if (error === undefined) {
      expect(stream.error).toBeUndefined();
      const object = stream.documents[0]?.value as { spec?: unknown };
      expect(object.spec ?? null).toEqual(spec);
    } else {
      expect(`${PARSING}${stream.error}\n`).toBe(error);
    }
  });
});

const streams = loadTable(import.meta.url, 'stream.json');

describe(`streams of documents as ${streams.program} reads them`, () => {
  it.each(streams.cases)('$text', ({ text, stdout, stderr }) => {
    const { documents, error } = readManifests(text);
    expect(error === undefined ? '' : `${PARSING}${error}\n`).toBe(stderr.startsWith(PARSING) ? stderr : '');
    const raw = /missing in '(.*)'\n$/.exec(stderr)?.[1];
    if (raw !== undefined) expect(documents.at(-1)?.raw).toBe(raw);
    const names = documents.map((each) => (each.value as { metadata?: { name?: string } }).metadata?.name);
    const printed = names.filter((name) => name !== undefined).map((name) => `configmap/${name}\n`);
    expect(printed.join('')).toBe(stdout);
  });
});

// Recorded from sigs.k8s.io/yaml v1.6.0, which kubectl v1.36 is built with: it reads strictly only what no command
// of its own shows offline (a kubeconfig, a kubelet's configuration).
describe('a strict read', () => {
  it.each([
    ['a: 1\nb: 2\na: 3\n', 'yaml: unmarshal errors:\n  line 3: key "a" already set in map'],
    [
      'a: 1\na:\n  b: 1\n  b: 2\n',
      'yaml: unmarshal errors:\n  line 4: key "b" already set in map\n  line 3: key "a" already set in map',
    ],
    ['1: a\n1: b\n', 'yaml: unmarshal errors:\n  line 2: key 1 already set in map'],
    ['true: a\nyes: b\n', 'yaml: unmarshal errors:\n  line 2: key true already set in map'],
  ])('%j', (text, message) => {
    expect(() => readYaml(text, { strict: true })).toThrow(message);
    expect(readYaml(text)).toBeTypeOf('object');
  });
});

describe('hostile YAML', () => {
  it('stops aliases that multiply', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    expect(() => readYaml(['a0: &a0 [x]', ...levels].join('\n'))).toThrow('document contains excessive aliasing');
  });

  it('stops nesting before the stack does', () => {
    expect(() => readYaml('['.repeat(100_000))).toThrow(YamlError);
    expect(() => readYaml('- '.repeat(100_000))).toThrow(YamlError);
    expect(() => readJson('['.repeat(100_000))).toThrow(JsonError);
  });

  it('takes __proto__ for a name', () => {
    const value = readYaml('__proto__: {a: 1}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('answers every text with a value or a YamlError', () => {
    const pieces = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '?',
      '"',
      "'",
      '|',
      '>-',
      '&a ',
      '*a',
      '!!str ',
      '#',
      '---',
      '<<: ',
      '\t',
      '%',
      '\\',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        try {
          readYaml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(YamlError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readJson', () => {
  // The words are Go 1.26's encoding/json.
  it.each([
    ['', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['{"a":1} x', "invalid character 'x' after top-level value"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['nul!', "invalid character '!' in literal null (expecting 'l')"],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ])('%j', (text, message) => {
    expect(() => readJson(text)).toThrow(message);
  });

  it('reads every JSON text', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(readJson(json)).toEqual(JSON.parse(json));
      }),
    );
  });
});
