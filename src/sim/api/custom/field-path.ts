/** Paths into a schema as rules and selectable fields write them: `.spec.replicas`, `['a.b'].c` (schema/cel ValidFieldPath). */
import { NAMED_ESCAPES } from '../jsonpath/unquote.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { othersOf, propertyOf } from './structural.js';

/** What a path leads to; `steps` are what field errors append, such as `.spec` and `[key]`. */
export interface FieldPath {
  readonly text: string;
  readonly schema: SchemaProps | undefined;
  readonly error?: undefined;
}

/** As in Go's texts; the paths are quoted by single ones. */
const ESCAPES: Readonly<Record<string, string>> = { ...NAMED_ESCAPES, "'": "'" };

/** Follows a path, or says what is wrong with it. `brackets` are not allowed everywhere. */
export function followFieldPath(
  path: string,
  root: SchemaProps | undefined,
  brackets = true,
): FieldPath | { readonly error: string } {
  const tokens = path.match(/'(?:[^'\\]|\\.)*'|[.[\]]|[^.[\]]+/gs) ?? [];
  let schema = root;
  let text = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as string;
    if (token !== '.' && token !== '[') return { error: `expected [ or . but got: ${token}` };
    if (token === '[' && !brackets) return { error: 'array notation is not allowed' };
    at += 1;
    const given = tokens[at];
    if (given === undefined) return { error: 'unexpected end of JSON path' };
    if (token === '[' && !/^'.*'$/s.test(given)) return { error: `expected single quoted string but got ${given}` };
    const name = token === '[' ? unescaped(given.slice(1, -1)) : given;
    const properties = Object.keys(schema?.properties ?? {}).length > 0;
    if (!properties && schema?.additionalProperties === undefined) return { error: 'does not refer to a valid field' };
    const next = properties ? propertyOf(schema, name) : othersOf(schema);
    if (properties && !next) return { error: 'does not refer to a valid field' };
    text += properties ? `${text === '' ? '' : '.'}${name}` : `[${name}]`;
    schema = next;
    if (token === '.') continue;
    at += 1;
    const close = tokens[at];
    if (close === undefined) return { error: 'unexpected end of JSON path' };
    if (close !== ']') return { error: `expected ] but got ${close}` };
  }
  return { text, schema };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? '');
}
