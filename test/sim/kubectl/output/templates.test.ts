import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OutputError } from '../../../../src/sim/api/output-error.js';
import { jsonPathEvaluator, jsonPathPrinter, printResults } from '../../../../src/sim/kubectl/output/jsonpath/print.js';
import { printName } from '../../../../src/sim/kubectl/output/name.js';
import { goTemplatePrinter } from '../../../../src/sim/kubectl/output/template/print.js';
import { loadTable, sentObject } from '../recorded.js';

const recorded = loadTable(import.meta.url, 'output.json');

/** What kubectl does with `-o`, from both its streams. */
function run(output: string, object: unknown): { stdout: string; stderr: string } {
  const [format = '', ...rest] = output.split('=');
  const template = rest.join('=');
  try {
    return { stdout: print(format, template, object), stderr: '' };
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    return { stdout: error.printed, stderr: `error: ${error.message}\n`.replace(/\n\n$/, '\n') };
  }
}

function print(format: string, template: string, object: unknown): string {
  if (format === 'name') return printName(object);
  if (format === 'jsonpath') return jsonPathPrinter(template).print(object);
  if (format === 'jsonpath-as-json') return jsonPathPrinter(template, { asJson: true }).print(object);
  return goTemplatePrinter(template).print(object);
}

describe(`-o TEMPLATE as ${recorded.program} prints it`, () => {
  // An empty template is refused where the flag is read.
  const cases = recorded.cases.filter(({ output }) => output !== 'jsonpath=');
  it.each(cases)('$output', ({ value, output, stdout, stderr }) => {
    expect(run(output, sentObject(value))).toEqual({ stdout, stderr });
  });
});

describe('missing keys', () => {
  it.each([
    ['{.a.b}', 'error executing jsonpath "{.a.b}": Error executing template: b is not found. Printing more'],
    ['{.z}', 'z is not found'],
  ])('%s is a mistake when they are not allowed', (template, message) => {
    expect(() => jsonPathPrinter(template, { allowMissingKeys: false }).print({ a: {} })).toThrow(message);
  });

  it.each([
    ['{{.z}}', 'map has no entry for key "z"'],
    ['{{.z.y}}', 'map has no entry for key "z"'],
  ])('%s likewise', (template, message) => {
    expect(() => goTemplatePrinter(template, { allowMissingKeys: false }).print({ a: {} })).toThrow(message);
  });
});

// Recorded from client-go v0.36: a template that has run a range goes on inside it for the next object.
it('a JSONPath printer remembers where its range began', () => {
  const printer = jsonPathPrinter('{range .l[*]}{@}{end}-');
  expect(printer.print({ l: [1, 2] })).toBe('12-');
  expect(() => printer.print({ l: [3] })).toThrow('not in range, nothing to end');
});

interface Vector {
  readonly suite: string;
  readonly template: string;
  readonly input: unknown;
  readonly allowMissingKeys: boolean;
  readonly compare: 'exact' | 'sorted-fields' | 'any-error' | 'error-message';
  readonly expect?: string;
  readonly expectError?: string;
  readonly goStructInput?: boolean;
}

const VECTORS = new URL('../../../../../shared/vectors/jsonpath.json', import.meta.url);

// These vectors lie beside the repository; the table above stands without them.
describe.skipIf(!existsSync(VECTORS))('JSONPath as client-go v0.32.4 tests it (vectors beside the repository)', () => {
  const vectors = existsSync(VECTORS) ? (JSON.parse(readFileSync(VECTORS, 'utf8')) as { cases: Vector[] }).cases : [];
  // What comes from Go structs shows their order of fields, which objects from a server do not have.
  const cases = vectors.filter((each) => each.goStructInput !== true && !each.template.includes('.structs'));
  it.each(cases)('$suite $template', (vector) => {
    const find = (): string =>
      printResults(jsonPathEvaluator(vector.template, vector.allowMissingKeys).find(vector.input));
    const fields = (text: string): string[] => text.split(' ').sort();
    if (vector.compare === 'exact') expect(find()).toBe(vector.expect);
    else if (vector.compare === 'sorted-fields') expect(fields(find())).toEqual(fields(vector.expect ?? ''));
    else if (vector.compare === 'any-error') expect(find).toThrow(OutputError);
    else expect(find).toThrow(new OutputError(vector.expectError ?? ''));
  });
});
