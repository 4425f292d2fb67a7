import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { YamlError } from '../../../api/yaml/errors.js';
import { printYaml } from '../../../api/yaml/print.js';
import { readYaml } from '../../../api/yaml/read.js';
import { plainData } from '../data/plain-data.js';
import { fromListText, fromText } from './json.js';

const BEFORE = 'error unmarshaling JSON: while decoding JSON: ';

/** Data as sigs.k8s.io/yaml writes it, without the newline at the end. Throws TemplateError. */
export function yamlOf(data: GoData, options: { readonly indentsLists?: boolean } = {}): string {
  const plain = plainData(data);
  try {
    return printYaml(withoutOrder(plain), options).replace(/\n$/, '');
  } catch (error) {
    if (error instanceof YamlError) throw new TemplateError(`error converting JSON to YAML: ${error.message}`);
    throw error;
  }
}

/** A struct's fields are sorted like a map's. */
function withoutOrder(value: unknown): unknown {
  if (value instanceof Map) return withoutOrder(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(withoutOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutOrder(item)]));
}

function orEmpty(data: GoData, options: { readonly indentsLists?: boolean } = {}): string {
  try {
    return yamlOf(data, options);
  } catch (error) {
    if (error instanceof TemplateError) return '';
    throw error;
  }
}

function read(text: string): GoData {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof YamlError) throw new TemplateError(`error converting YAML to JSON: ${error.message}`);
    throw error;
  }
}

/** Helm's functions of YAML. */
export const YAML_FUNCTIONS: FunctionTable = {
  fromYaml: goFunction('(string) map[string]any', (text: string) => fromText(() => read(text), BEFORE)),
  fromYamlArray: goFunction('(string) []any', (text: string) => fromListText(() => read(text), BEFORE)),
  mustToYaml: goFunction('(any) string', (data: GoData) => yamlOf(data)),
  toYaml: goFunction('(any) string', (data: GoData) => orEmpty(data)),
  toYamlPretty: goFunction('(any) string', (data: GoData) => orEmpty(data, { indentsLists: true })),
};
