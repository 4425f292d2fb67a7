import { describe, expect, test } from 'vitest';
import { admissionEnvironment } from '../../../src/sim/api/kinds/admission/environments.js';
import { compile, fromJson, type Program } from '../../../src/sim/cel/index.js';

const CANCELLED = 'operation cancelled: actual cost limit exceeded';

function programOf(expression: string): Program {
  const { program, issues } = compile(expression, admissionEnvironment({ params: false, authorizer: true }));
  if (!program) throw new Error(issues);
  return program;
}

const LIMIT = 20_000;
/** Loops that would go round a thousand million times, in every place where a loop can stand. */
const LONG = 'lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, c >= 0)))';

describe('an expression that costs too much is stopped at once, wherever its loops stand', () => {
  test.each([
    ['that reads nothing', LONG],
    ['that reads the object', LONG.replace('c >= 0', 'c != object.n')],
    ['whose loops are errors', LONG.replace('c >= 0', 'object.none == c')],
    ['in a term that another one would decide', `${LONG} || true`],
    ['in the range of a loop', `${LONG.replaceAll('.all(', '.map(')}.exists(x, true)`],
    ['in an optional value', `optional.of(${LONG}).orValue(true)`],
  ])('one %s', (_what, expression) => {
    const { error, cost } = programOf(expression).evaluate({ object: fromJson({ n: -1 }) }, LIMIT);
    expect(error).toBe(CANCELLED);
    expect(cost).toBeLessThan(LIMIT + 2000);
  });

  test.each([
    'lists.range(9000000000000000000).size() > 0',
    'lists.range(40000).distinct().size() > 0',
    'sets.contains(lists.range(20000), lists.range(20000))',
  ])('and so is one call that would take too long: %s', (expression) => {
    expect(programOf(expression).evaluate({}, 25 * LIMIT).error).toBe(CANCELLED);
  });

  test('within another limit the same expression comes to its end', () => {
    const program = programOf('lists.range(100).all(a, lists.range(100).all(b, b >= 0))');
    expect(program.evaluate({}, 1000).error).toBe(CANCELLED);
    expect(program.evaluate({}).value).toBe(true);
    expect(program.evaluate({}, 1000).error).toBe(CANCELLED);
    expect(program.evaluate({}).cost).toBe(program.evaluate({}, 1_000_000).cost);
  });
});
