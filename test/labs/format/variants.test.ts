import { describe, expect, test } from 'vitest';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import { structuralDraws, structuralVariants } from '../../../src/labs/format/structural.js';
import { substitute } from '../../../src/labs/format/substitute.js';
import { drawVariants } from '../../../src/labs/format/variants.js';
import { applies, drawnValue } from '../../../src/labs/format/when.js';
import { instanceOf, labOf } from '../lab-text.js';

const DRAW = { host: 'cka1234', total: 10, quick: true, cause: { answer: 'deployment/x', replicas: 0 } };

describe('substitute', () => {
  test.each([
    ['a text that is one value keeps its type', '{{total}}', 10],
    ['white space inside the braces does not matter', '{{ quick }}', true],
    ['a field of a value', '{{cause.replicas}}', 0],
    ['a value in a text becomes text', 'of {{total}} on {{host}}', 'of 10 on cka1234'],
    ['one value twice', '{{host}}-{{host}}', 'cka1234-cka1234'],
    ['a name of every lab', '{{answers}}/cause', '/opt/course/1/cause'],
    ['what nobody drew stays as it is', 'of {{nothing}}', 'of {{nothing}}'],
    ['a value with fields is no text', '{{cause}}', '{{cause}}'],
    ["Go's and Helm's braces with dots stay", '{{ .Values.x }}', '{{ .Values.x }}'],
  ])('%s', (_, text, expected) => {
    expect(substitute(text, DRAW, { answers: '/opt/course/1' })).toBe(expected);
  });

  test('keys, lists and maps', () => {
    expect(substitute({ '{{host}}': ['{{total}}', { a: null }] }, DRAW, {})).toEqual({ cka1234: [10, { a: null }] });
  });
});

describe('applies', () => {
  test.each([
    [undefined, true],
    [{ total: 10 }, true],
    [{ total: '10' }, false],
    [{ 'cause.answer': 'deployment/x' }, true],
    [{ 'cause.answer': 'deployment/x', total: 5 }, false],
    [{ cause: 'deployment/x' }, false],
    [{ missing: 'x' }, false],
  ])('%j is %s', (when, expected) => {
    expect(applies(when, DRAW)).toBe(expected);
  });

  test.each([
    ['host', 'cka1234'],
    ['cause', undefined],
    ['cause.replicas', 0],
    ['host.name', undefined],
  ])('%s is %s', (path, expected) => {
    expect(drawnValue(DRAW, path)).toBe(expected);
  });
});

const VARIED = labOf(
  [
    '  world:',
    `  variants:
    host: {prefix: cka, number: [1000, 1002]}
    color: {oneOf: [red, blue]}
    cause: {oneOf: [{id: a, fault: one}, {id: b, fault: two}]}
    depth: {oneOf: [1, 2]}
  world:`,
  ],
  [
    '    base: three-node',
    '    base: three-node\n    steps:\n      - fault: {name: "{{cause.fault}}", node: "{{host}}"}',
  ],
  ['task: Do it.', 'task:\n    - text: On {{host}}.\n    - {when: {depth: 2}, text: Twice.}'],
);

describe('drawing', () => {
  test.each([
    [0, { host: 'cka1000', color: 'red', cause: { id: 'a', fault: 'one' }, depth: 1 }],
    [1, { host: 'cka1001', color: 'blue', cause: { id: 'b', fault: 'two' }, depth: 2 }],
  ])('dice that show %i', (number, expected) => {
    expect(drawVariants(VARIED.content, () => ({ below: () => number }))).toEqual(expected);
  });

  test('a number lies between first and last, both included', () => {
    const hosts = new Set<unknown>();
    for (let seed = 0; seed < 40; seed += 1) hosts.add(drawVariants(VARIED.content, seededDice(String(seed)))['host']);
    expect([...hosts].sort()).toEqual(['cka1000', 'cka1001', 'cka1002']);
  });

  test('one seed draws the same again, and another variant does not shift it', () => {
    const { host: _, ...variants } = VARIED.content.spec.variants ?? {};
    const without = { ...VARIED.content, spec: { ...VARIED.content.spec, variants } };
    for (const seed of ['1', '2', '3', '4', '5']) {
      const draw = drawVariants(VARIED.content, seededDice(seed));
      expect(drawVariants(VARIED.content, seededDice(seed))).toEqual(draw);
      expect(drawVariants(without, seededDice(seed))['color']).toBe(draw['color']);
    }
  });

  test('what a condition or a fault names is structural, and every combination of it is proven', () => {
    expect(structuralVariants(VARIED.content)).toEqual(['cause', 'depth']);
    expect(structuralDraws(VARIED.content).map(({ cause, depth }) => [(cause as { id: string }).id, depth])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 1],
      ['b', 2],
    ]);
  });

  test('a lab without variants has one draw', () => {
    expect(structuralDraws(labOf().content)).toEqual([{}]);
  });
});

describe('an instance', () => {
  const make = (fixed: Record<string, string | number>) =>
    instantiate(VARIED, { seed: '1', dice: () => ({ below: () => 0 }), fixed });

  test.each([
    [1, 'On cka1000.'],
    [2, 'On cka1000.\n\nTwice.'],
  ])('tells the paragraphs of depth %i', (depth, task) => {
    expect(make({ depth }).task).toBe(task);
  });

  test('puts values into the world, and makes the folder for answers last', () => {
    const { steps = [] } = make({}).world;
    expect(steps[0]).toEqual({ fault: { name: 'one', node: 'cka1000' } });
    expect(steps.at(-1)).toMatchObject({
      run: { host: 'controlplane', script: expect.stringContaining('/opt/course/1') },
    });
  });

  test('earns the points of the checks that apply, begins on its host, and takes its defaults', () => {
    const instance = instanceOf(
      ['      points: 2', '      points: 3'],
      ['  minutes: 5', '  minutes: 5\n  host: node01'],
      ['    base: three-node', '    base: three-node\n    hosts: {node01: worker-a}'],
    );
    expect(instance).toMatchObject({ points: 3, host: 'worker-a', settleSecondsMax: 180, timing: 'brisk', draw: {} });
    expect(instance.hosts).toMatchObject({ base: 'base', node01: 'worker-a', controlplane: 'controlplane' });
  });

  test('leaves out checks, hints, solutions and mistakes that do not apply', () => {
    const lab = labOf(
      ['  world:', '  variants: {way: {oneOf: [a, b]}}\n  world:'],
      [
        '    - id: one\n',
        '    - id: two\n      when: {way: b}\n      script: k get pods\n    - id: one\n      when: {way: a}\n',
      ],
      ['    - says: forgets', '    - says: forgets\n      when: {way: b}'],
      ['      guard: true', '      guard: true\n      when: {way: b}'],
      ['  explains: Because.', '  hints: [plain, {text: dear, price: 2, when: {way: b}}]\n  explains: Because.'],
    );
    const [a, b] = ['a', 'b'].map((way) => instantiate(lab, { seed: '1', dice: seededDice('1'), fixed: { way } }));
    expect(a?.solution.map(({ id }) => id)).toEqual(['one']);
    expect(b?.solution.map(({ id }) => id)).toEqual(['two']);
    expect([a?.mistakes.length, b?.mistakes.length]).toEqual([0, 1]);
    expect([a?.checks.map(({ id }) => id), b?.checks.map(({ id }) => id)]).toEqual([['done'], ['done', 'kept']]);
    expect(a?.hints).toEqual([{ text: 'plain', price: 1 }]);
    expect(b?.hints).toEqual([
      { text: 'plain', price: 1 },
      { text: 'dear', price: 2 },
    ]);
  });

  test('of a later task in an exam has the folder for answers of its number', () => {
    const lab = labOf(['task: Do it.', 'task: Write {{answers}}/x.']);
    expect(instantiate(lab, { seed: '1', dice: seededDice('1'), task: 4 }).task).toBe('Write /opt/course/4/x.');
  });
});
