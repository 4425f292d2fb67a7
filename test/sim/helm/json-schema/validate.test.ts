import { expect, test } from 'vitest';
import { schemaProblem } from '../../../../src/sim/helm/json-schema/validate.js';

test.each([
  ['', 'EOF'],
  ['{', 'unexpected EOF'],
  ['{type: object}', "invalid character 't' looking for beginning of object key string"],
  ['{} {}', 'invalid character after top-level value'],
  ['{"type": "object"}\n', undefined],
  ['{"type": "array"}', "- at '': got object, want array\n"],
])('the schema %j says %j of an empty object', (schema, problem) => {
  expect(schemaProblem(schema, {})).toBe(problem);
});
