import { describe, expect, test } from 'vitest';
import { evaluateExpression } from '../../../src/clusters/expressions.js';
import { seededDice } from '../../../src/labs/dice.js';
import { DeriveError, expressionsFor } from '../../../src/labs/format/derive.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import { labOf } from '../lab-text.js';

const VALUES = {
  total: 20,
  percent: 15,
  name: 'shop',
  quick: true,
  cause: { answer: 'pod/x', replicas: 3 },
  faults: ['a', 'b'],
};

describe('an expression', () => {
  test.each<[string, string | number | boolean]>([
    ['total * percent / 100', 3],
    ['total - total * percent / 100', 17],
    ['total % 3', 2],
    ['-total / 4', -5],
    ['double(total) / 3.0 > 6.0', true],
    ['double(total) * 0.5', 10],
    ["name + '-canary'", 'shop-canary'],
    ["quick ? 'a' : 'b'", 'a'],
    ['cause.replicas + 1', 4],
    ["cause.answer.split('/')[1]", 'x'],
    ['size(faults)', 2],
    ["'b' in faults", true],
    ["name.startsWith('sh') && !quick", false],
    ["quantity('1Gi').isGreaterThan(quantity('500Mi'))", true],
  ])('%s is %j', (expression, value) => {
    expect(evaluateExpression(expression, VALUES)).toEqual({ value });
  });

  test.each([
    ['7 * percent / 100', '105 / 100 does not come out whole'],
    ['total / 3 * 3', '20 / 3 does not come out whole'],
    ['double(total) / 3.0', 'comes to 6.666666666666667, which is not whole'],
    ['total / 0', 'division by zero'],
    ['totl + 1', "undeclared reference to 'totl'"],
    ['total +', "Syntax error: mismatched input '<EOF>' expecting"],
    ['total * name', "found no matching overload for '_*_' applied to '(int, string)'"],
    ['cause.nothing', 'no such key: nothing'],
    ['faults', 'comes to something that is no number, text or boolean'],
    ["timestamp('2026-01-01T00:00:00Z')", 'comes to something that is no number, text or boolean'],
    ['9007199254740993', 'comes to 9007199254740993: too large'],
    ['total.constructor', "type 'int' does not support field selection"],
    ['__proto__', "undeclared reference to '__proto__'"],
  ])('%s: %s', (expression, error) => {
    expect(evaluateExpression(expression, VALUES).error).toContain(error);
  });

  test('that never ends is stopped by its cost', () => {
    const many = Array.from({ length: 60 }, (_, at) => at);
    const expression = 'many.map(a, many.map(b, many.map(c, many.map(d, a + b + c + d)))).size()';
    expect(evaluateExpression(expression, { many }).error).toContain('actual cost limit exceeded');
  });
});

describe('derived values', () => {
  const lab = labOf([
    '  world:',
    `  variants:
    total: {oneOf: [10, 20]}
    percent: {oneOf: [10, 15]}
  derive: {canary: total * percent / 100, stable: total - canary, fixed: 7, label: "'c' + string(canary)"}
  world:`,
  ]);
  const make = async (total: number, percent: number) =>
    instantiate(lab, {
      seed: '1',
      dice: seededDice('1'),
      fixed: { total, percent },
      evaluate: await expressionsFor(lab.content),
    });

  test('may use those before them', async () => {
    const { draw, values } = await make(20, 15);
    expect(draw).toEqual({ total: 20, percent: 15 });
    expect(values).toEqual({ total: 20, percent: 15, canary: 3, stable: 17, fixed: 7, label: 'c3' });
  });

  test('that do not come out whole are a mistake of the lab, which says where', async () => {
    await expect(make(10, 15)).rejects.toThrow(
      new DeriveError('canary', '150 / 100 does not come out whole', { total: 10, percent: 15 }),
    );
  });

  test('need what works them out, and nothing is loaded for a lab that has none', async () => {
    expect(() => instantiate(lab, { seed: '1', dice: seededDice('1') })).toThrow('expressionsFor');
    expect(await expressionsFor(labOf().content)).toBeUndefined();
  });
});
