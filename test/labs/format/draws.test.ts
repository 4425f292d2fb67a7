import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import type { LabFile, Plain, Variant, VariantValue, When } from '../../../src/labs/format/lab.js';
import { drawsToProve, structuralVariants } from '../../../src/labs/format/structural.js';
import { type Draw, drawVariants, isSeveral, nameOf, valueCount, valuesOf } from '../../../src/labs/format/variants.js';
import { applies } from '../../../src/labs/format/when.js';
import { labOf } from '../lab-text.js';

const SMALL = labOf().content;

/** The small lab with these variants, and a hint for each of these conditions. */
function labWith(variants: Readonly<Record<string, Variant>>, conditions: readonly When[] = []): LabFile {
  return { ...SMALL, spec: { ...SMALL.spec, variants, hints: conditions.map((when) => ({ when, text: 'Look.' })) } };
}

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 2, maxLength: 6 });
const choice: fc.Arbitrary<Variant> = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.constantFrom('x', 'y', 'z')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((oneOf) => ({ oneOf }));
const range: fc.Arbitrary<Variant> = fc
  .tuple(fc.integer({ min: -5, max: 5 }), fc.nat({ max: 12 }), fc.integer({ min: 1, max: 4 }))
  .map(([first, more, step]) => ({ number: [first, first + more], step }));
const handful: fc.Arbitrary<Variant> = fc
  .tuple(names, fc.boolean(), fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }))
  .map(([of, maps, draw, pairs]) => ({
    draw: 1 + (draw % of.length),
    of: maps ? of.map((name) => ({ name, file: `/etc/${name}` })) : of,
    never_together: pairs
      .map(([one, other]) => [of[one % of.length] as Plain, of[other % of.length] as Plain])
      .filter(([one, other]) => one !== other),
  }))
  .filter((variant) => valueCount(variant as Variant) > 0);
const variant = fc.oneof(choice, range, handful);
const variants = fc.dictionary(fc.constantFrom('one', 'two', 'three', 'four'), variant, { maxKeys: 4 });
const dice = (seed: number) => seededDice(String(seed));

describe('drawing', () => {
  test('several are different ones of the list in its order, and never two that exclude each other', () => {
    fc.assert(
      fc.property(handful, fc.nat(), (drawnOf, seed) => {
        if (!('draw' in drawnOf)) return;
        const drawn = drawVariants(labWith({ faults: drawnOf }), dice(seed))['faults'] as readonly VariantValue[];
        expect(drawn).toHaveLength(drawnOf.draw);
        expect(drawnOf.of.filter((value) => drawn.includes(value))).toEqual(drawn);
        for (const group of drawnOf.never_together ?? [])
          expect(drawn.filter((value) => group.includes(nameOf(value) as Plain)).length).toBeLessThan(2);
      }),
    );
  });

  test('every value can come, and nothing else', () => {
    fc.assert(
      fc.property(variant, (drawnOf) => {
        const all = valuesOf(drawnOf);
        const found = all.map(
          (_, number) => drawVariants(labWith({ v: drawnOf }), () => ({ below: () => number }))['v'],
        );
        expect(found).toEqual(all);
        expect(new Set(all.map((value) => JSON.stringify(value))).size).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });

  test('every value does come with some seed, none of them much more often', () => {
    const lab = labWith({ faults: { draw: 2, of: ['a', 'b', 'c', 'd', 'e', 'f'], never_together: [['a', 'b', 'c']] } });
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 1200; seed += 1) {
      const drawn = JSON.stringify(drawVariants(lab, dice(seed))['faults']);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    expect(Math.min(...counts.values())).toBeGreaterThan(60);
    expect(Math.max(...counts.values())).toBeLessThan(140);
  });

  test('a variant more leaves the others their values', () => {
    fc.assert(
      fc.property(variants, variant, fc.nat(), (some, added, seed) => {
        const { added: _, ...others } = drawVariants(labWith({ added, ...some }), dice(seed));
        expect(others).toEqual(drawVariants(labWith(some), dice(seed)));
      }),
    );
  });
});

/** Whether a value, or one of several, is in a draw. */
function has(draw: Draw, name: string, value: VariantValue): boolean {
  const drawn = draw[name];
  return isSeveral(drawn) ? drawn.includes(value) : drawn === value;
}

describe('the draws that are proven', () => {
  const structural = variants.map((some) => {
    const conditions = Object.entries(some).map(([name, of]): When => {
      const first = valuesOf(of)[0];
      return { [name]: isSeveral(first) ? { has: nameOf(first[0] as VariantValue) as Plain } : (first as Plain) };
    });
    return labWith(some, conditions);
  });

  test('hold every value of every structural variant that may be drawn', () => {
    fc.assert(
      fc.property(structural, (lab) => {
        const { whole } = drawsToProve(lab);
        for (const name of structuralVariants(lab)) {
          const all = valuesOf(lab.spec.variants?.[name] as Variant).flatMap((value) =>
            isSeveral(value) ? value : [value],
          );
          for (const value of all) expect(whole.some((draw) => has(draw, name, value as VariantValue))).toBe(true);
        }
      }),
    );
  });

  test('are allowed, different, few, and the same again', () => {
    fc.assert(
      fc.property(structural, (lab) => {
        const { whole, brief } = drawsToProve(lab);
        const all = [...whole, ...brief].map((draw) => JSON.stringify(draw));
        expect(new Set(all).size).toBe(all.length);
        expect(brief.length).toBeLessThanOrEqual(40);
        const counts = structuralVariants(lab).map((name) => valueCount(lab.spec.variants?.[name] as Variant));
        expect(whole.length).toBeLessThanOrEqual(Math.max(1, ...counts));
        expect(drawsToProve(lab)).toEqual({ whole, brief });
        for (const draw of [...whole, ...brief])
          for (const [name, value] of Object.entries(draw))
            expect(valuesOf(lab.spec.variants?.[name] as Variant)).toContainEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  const FAULTS: Variant = { draw: 2, of: ['a', 'b', 'c', 'd', 'e', 'f'], never_together: [['a', 'b']] };
  const CAUSE: Variant = { oneOf: ['x', 'y', 'z'] };
  const WIDE: Variant = { number: [1, 20] };

  test.each<[string, Record<string, Variant>, When[], number, number]>([
    ['no variants: one', {}, [], 1, 0],
    ['what no condition names is left to the seed', { cause: CAUSE }, [], 1, 0],
    ['three causes', { cause: CAUSE }, [{ cause: 'x' }], 3, 0],
    [
      'two variants together in as many as the larger one has',
      { cause: CAUSE, n: { oneOf: [1, 2] } },
      [{ cause: 'x' }, { n: 1 }],
      3,
      3,
    ],
    ['two faults of six: each in one of three', { faults: FAULTS }, [{ faults: { has: 'a' } }], 3, 11],
    [
      'conditions on two at once are held too',
      { faults: FAULTS, cause: CAUSE },
      [
        { cause: 'x', faults: { has: 'a' } },
        { cause: 'x', faults: { lacks: ['a', 'c', 'd'] } },
      ],
      4,
      38,
    ],
    ['a condition that can never hold asks for nothing', { faults: FAULTS }, [{ faults: { has: 'nothing' } }], 3, 11],
    ['as many as forty of the others', { faults: FAULTS, wide: WIDE }, [{ faults: { has: 'a' }, wide: 3 }], 20, 40],
    [
      'a name with a number in it is left to the seed',
      { host: { prefix: 'h', number: [1, 900] } },
      [{ host: 'h1' }],
      1,
      0,
    ],
  ])('%s', (_, some, conditions, whole, brief) => {
    const proven = drawsToProve(labWith(some, conditions));
    expect([proven.whole.length, proven.brief.length]).toEqual([whole, brief]);
    for (const when of conditions.filter((one) => !JSON.stringify(one).includes('nothing') && !('host' in one)))
      expect(proven.whole.some((draw) => applies(when, draw))).toBe(true);
  });

  test('too many combinations to look at still hold every value and every condition', () => {
    const some = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`v${at}`, WIDE]));
    const conditions: When[] = [
      ...Object.keys(some).map((name) => ({ [name]: 20 })),
      { v0: 3, v1: 17, v2: 5, v3: 19, v4: 2 },
    ];
    const { whole, brief } = drawsToProve(labWith(some, conditions));
    for (const name of Object.keys(some)) expect(new Set(whole.map((draw) => draw[name])).size).toBe(20);
    for (const when of conditions) expect(whole.some((draw) => applies(when, draw))).toBe(true);
    expect(brief).toHaveLength(40);
  });

  test('a derived value in a condition, a fault or a step with a condition makes what is behind it structural', () => {
    const lab = labOf(
      [
        '  world:',
        `  variants: {total: {oneOf: [1, 2]}, share: {oneOf: [3, 4]}, app: {oneOf: [x, y]}, depth: {oneOf: [5, 6]}, name: {oneOf: [n, m]}}
  derive: {sum: "total + share + size('app')", more: sum + 1, label: name}
  world:`,
      ],
      [
        '    base: three-node',
        `    base: three-node
    steps:
      - {when: {more: 5}, run: {host: base, script: "echo {{depth}}"}}
      - run: {host: base, script: "echo {{app}} {{label}}"}`,
      ],
    );
    expect(structuralVariants(lab.content)).toEqual(['total', 'share', 'depth']);
  });
});

describe('conditions', () => {
  const VALUES: Draw = {
    total: 5,
    quick: true,
    cause: { answer: 'pod/x', n: 2 },
    faults: ['a', { name: 'b', file: 'f' }],
  };

  test.each<[When, boolean]>([
    [{ total: [4, 5] }, true],
    [{ total: [4, 6] }, false],
    [{ total: ['5'] }, false],
    [{ 'cause.answer': ['pod/x', 'pod/y'], quick: true }, true],
    [{ faults: { has: 'a' } }, true],
    [{ faults: { has: 'b' } }, true],
    [{ faults: { has: 'c' } }, false],
    [{ faults: { has: ['c', 'a'] } }, true],
    [{ faults: { lacks: 'c' } }, true],
    [{ faults: { lacks: 'a' } }, false],
    [{ faults: { lacks: ['c', 'a'] } }, false],
    [{ faults: { has: 'a', lacks: 'c' } }, true],
    [{ faults: { has: 'a', lacks: 'b' } }, false],
    [{ 'faults.file': { has: 'f' } }, true],
    [{ 'faults.file': { has: 'a' } }, false],
    [{ faults: 'a' }, false],
    [{ faults: ['a', 'b'] }, false],
    [{ total: { has: 5 } }, true],
    [{ total: { lacks: 5 } }, false],
    [{ nothing: { lacks: 5 } }, false],
    [{ constructor: { lacks: 5 } }, false],
  ])('%j: %s', (when, expected) => {
    expect(applies(when, VALUES)).toBe(expected);
  });
});

test('an instance has the steps, pages and faults of its draw', () => {
  const lab = labOf(
    [
      '  world:',
      '  timing: exam\n  variants:\n    faults: {draw: 2, of: [ca, {name: swap, file: /etc/fstab}, port]}\n  world:',
    ],
    [
      '    base: three-node',
      `    base: three-node
    steps:
      - fault: {name: "{{faults}}", node: node01}
      - {when: {faults: {has: port}}, settle: true}
      - run: {host: base, script: "echo {{faults}} {{faults.file}}"}`,
    ],
    [
      '  explains: Because.',
      '  reads: [https://a, {when: {faults: {has: port}}, url: https://b}]\n  explains: Because.',
    ],
  );
  const make = (number: number) => instantiate(lab, { seed: '1', dice: () => ({ below: () => number }) });
  expect(make(0).world.steps?.slice(0, 3)).toEqual([
    { fault: { name: 'ca', node: 'node01' } },
    { fault: { name: 'swap', node: 'node01' } },
    { run: { host: 'base', script: 'echo ca, swap /etc/fstab' } },
  ]);
  expect(make(1).world.steps?.slice(0, 3)).toEqual([
    { fault: { name: 'ca', node: 'node01' } },
    { fault: { name: 'port', node: 'node01' } },
    { settle: true },
  ]);
  expect([make(0).reads, make(1).reads]).toEqual([['https://a'], ['https://a', 'https://b']]);
  expect(make(0).timing).toBe('exam');
});
