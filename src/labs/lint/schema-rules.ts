import type { Rule } from './rule.js';

/** What each rule of the format's JSON Schema is called, by the schema's keyword. */
const BY_KEYWORD: Readonly<Record<string, Rule>> = {
  additionalProperties: rule(
    'unknown-field',
    'a map has only the fields that the format knows',
    'take the field away, or write the one that was meant',
  ),
  required: rule('missing-field', 'fields that must be there are there', 'add the field'),
  type: rule(
    'wrong-type',
    'a text, a number, a list or a map stands where the format wants one',
    'write what it wants',
  ),
  enum: rule('wrong-value', 'a field with a few possible values has one of them', 'write one of them'),
  pattern: rule('wrong-form', 'ids, paths, modes and spans are written in their form', 'write it in that form'),
  propertyNames: rule(
    'wrong-name',
    "a variant's name begins with a small letter and has letters, digits and _",
    'give it such a name',
  ),
  minimum: rule('out-of-range', 'a number lies within its limits', 'write a number within them'),
  minLength: rule('wrong-length', 'a text is neither too short nor too long', 'write a shorter or a longer one'),
  minItems: rule(
    'wrong-count',
    'a list or a map has neither too few nor too many in it',
    'add some, or take some away',
  ),
  oneOf: rule('wrong-choice', 'where one of several forms is wanted, one of them is written', 'write one of them'),
};

const SAME: Readonly<Record<string, string>> = {
  unevaluatedProperties: 'additionalProperties',
  dependentRequired: 'required',
  const: 'enum',
  maximum: 'minimum',
  exclusiveMinimum: 'minimum',
  exclusiveMaximum: 'minimum',
  multipleOf: 'minimum',
  maxLength: 'minLength',
  maxItems: 'minItems',
  minProperties: 'minItems',
  maxProperties: 'minItems',
  uniqueItems: 'minItems',
  anyOf: 'oneOf',
  not: 'oneOf',
  if: 'oneOf',
};

/** A JSONPath in the form of `kubectl -o jsonpath`. */
export const KUBECTL_PATH = rule(
  'kubectl-path',
  "a path in a check starts with $, unlike kubectl's {.a.b}",
  'write it with $ and without braces',
);

/** A check with two subjects. */
export const TWO_SUBJECTS = rule(
  'two-subjects',
  'a check looks at one subject',
  'make two checks, or one with all or any',
);

/** Every rule that the schema itself enforces. */
export const SCHEMA_RULES: readonly Rule[] = [...Object.values(BY_KEYWORD), KUBECTL_PATH, TWO_SUBJECTS];

/** The rule behind a keyword of the schema. */
export function schemaRule(keyword: string): Rule {
  return BY_KEYWORD[SAME[keyword] ?? keyword] ?? (BY_KEYWORD['oneOf'] as Rule);
}

function rule(name: string, says: string, remedy: string): Rule {
  return { name, says, remedy, severity: 'error' };
}
