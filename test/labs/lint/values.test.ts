import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../../src/labs/format/problem.js';
import { CHECKING_RULES } from '../../../src/labs/lint/checking/register.js';
import { runRules } from '../../../src/labs/lint/run-rules.js';
import { LAB_FILE, labOf, readChanged, WORLDS } from '../lab-text.js';

/** The small lab with these lines before its world. */
const withLines = (lines: string) => ['  world:', `${lines}\n  world:`] as const;

describe('what is wrong with the values of a lab is told when it is read', () => {
  test.each([
    ['variants: {n: {number: [5, 2]}}', '2 is below 5; write the lower number first [nothing-to-draw]'],
    ['variants: {f: {draw: 3, of: [a, b]}}', 'of 2 values 3 are drawn; draw fewer, or add values [nothing-to-draw]'],
    [
      'variants: {f: {draw: 2, of: [a, b], never_together: [[a, b]]}}',
      'the values that are never together leave none to draw; draw fewer, or exclude less [nothing-to-draw]',
    ],
    [
      'variants: {f: {draw: 1, of: [a, b], never_together: [[a, c]]}}',
      'c is none of the values; they are a, b [unknown-exclusion]',
    ],
    [
      'variants: {f: {draw: 1, of: [a, {id: b}]}}',
      'this value has no name; give each map in the list a `name` that no other has [nameless-value]',
    ],
    [
      'variants: {f: {draw: 1, of: [a, {name: a}]}}',
      'another value is called a too; give each map in the list a `name` that no other has [nameless-value]',
    ],
    [
      'variants: {answers: {oneOf: [a]}}',
      "{{answers}} is the answers' folder in every lab; choose another name [name-taken]",
    ],
    [
      'derive: {n: 1}\n  variants: {n: {oneOf: [1]}}',
      'a variant is called n already; choose another name [name-taken]',
    ],
  ])('%s', (lines, expected) => {
    const [problem = '', ...others] = readChanged(withLines(`  ${lines}`)).problems.map(formatProblem);
    expect(others).toEqual([]);
    expect(problem.replace(/^\S+ \S+ /, '')).toBe(expected);
  });
});

describe('derived values are worked out for whatever can be drawn when a lab is checked', () => {
  test.each([
    ['{a: total * percent / 100}', []],
    ['{a: total * percent / 50, b: a + 1}', []],
    [
      '{a: total * percent / 200}',
      [
        'spec.derive.a: 300 / 200 does not come out whole, with total 20, percent 15; change the expression, or draw from values with which it comes out [underived-value]',
      ],
    ],
    [
      '{a: total / 7, b: a + 1}',
      [
        'spec.derive.a: 20 / 7 does not come out whole, with total 20; change the expression, or draw from values with which it comes out [underived-value]',
      ],
    ],
    [
      '{a: b + 1, b: 2}',
      [
        "spec.derive.a: undeclared reference to 'b'; change the expression, or draw from values with which it comes out [underived-value]",
      ],
    ],
    [
      '{a: name + 1}',
      [
        "spec.derive.a: found no matching overload for '_+_' applied to '(string, int)', with name \"x\"; change the expression, or draw from values with which it comes out [underived-value]",
      ],
    ],
  ])('%s', (derive, expected) => {
    const { content } = labOf(
      withLines(
        `  variants: {total: {oneOf: [20, 40]}, percent: {oneOf: [10, 15]}, name: {oneOf: [x]}}\n  derive: ${derive}`,
      ),
    );
    const rules = CHECKING_RULES.filter(({ name }) => name === 'underived-value');
    const problems = runRules(rules, { file: LAB_FILE, content, positions: new Map(), worlds: WORLDS });
    expect(problems.map((problem) => formatProblem(problem).replace(`${LAB_FILE}: `, ''))).toEqual(expected);
  });
});

describe('values are such as is wanted where they are put in', () => {
  const REMEDY = 'draw from values that fit, or use the one that was meant [unfit-value]';

  const AGE = 'spec.world.steps[0].age: when values are put in:';

  test.each([
    ['a number where a number is wanted', 'oneOf: [1, 2]', '9h', '"{{v}}"', []],
    ['a span', 'oneOf: [9h, 1d]', '"{{v}}"', '1', []],
    [
      'a span in one draw of two',
      'oneOf: [9h, never]',
      '"{{v}}"',
      '1',
      [`${AGE} string "never" does not fit ^([0-9]+(d|h|m|s))+$, as 9h does; ${REMEDY}`],
    ],
    ['several values', 'draw: 1, of: [1h, 2h]', '"{{v}}"', '1', [`${AGE} must be string, is a list; ${REMEDY}`]],
    [
      'a boolean where a number is wanted',
      'oneOf: [true]',
      '9h',
      '"{{v}}"',
      [`spec.checks[0].atLeast: when values are put in: must be number or string, is boolean true; ${REMEDY}`],
    ],
  ])('%s', (_, variant, age, atLeast, expected) => {
    const { content } = labOf(
      withLines(`  variants: {v: {${variant}}}`),
      ['    base: three-node', `    base: three-node\n    steps: [{age: ${age}}]`],
      ['      equals: true', `      atLeast: ${atLeast}`],
      ['  explains: Because.', '  hints: [{when: {v: never}, text: Look.}]\n  explains: Because.'],
    );
    const rules = CHECKING_RULES.filter(({ name }) => name === 'unfit-value');
    const problems = runRules(rules, { file: LAB_FILE, content, positions: new Map(), worlds: WORLDS });
    expect(problems.map((problem) => formatProblem(problem).replace(`${LAB_FILE}: `, ''))).toEqual(expected);
  });
});
