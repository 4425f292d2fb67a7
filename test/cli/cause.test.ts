import { expect, test } from 'vitest';
import { causeOptions, fixedDraw } from '../../src/cli/cause.js';
import { seededDice } from '../../src/labs/dice.js';
import { drawVariants, valueAt, valueCount } from '../../src/labs/format/variants.js';
import { labOf } from '../labs/lab-text.js';

const lab = labOf([
  '  minutes: 5',
  `  minutes: 5
  variants:
    total: {number: [5, 20], step: 5}
    color: {oneOf: [amber, teal]}
    cause:
      oneOf:
        - {fault: gone, answer: deployment/coredns}
        - {fault: wrong, answer: service/kube-dns}
        - {fault: slow, answer: service/kube-dns}
    faults: {draw: 2, of: [swap, port, {name: label, on: node01}]}`,
]);

test('several causes fix several variants, none fixes none', () => {
  expect(fixedDraw(lab, ['color=amber', 'total=5'])).toEqual({ color: 'amber', total: 5 });
  expect(fixedDraw(lab)).toEqual({});
});

test('what is no cause is misuse, told with what there is', () => {
  expect(() => fixedDraw(lab, ['color=red'])).toThrow('color is never "red"; it can be amber, teal');
});

test('the options for any draw give that draw again, and are none for what the seed draws', () => {
  for (const seed of ['1', '2', '3']) {
    const drawn = drawVariants(lab.content, seededDice(seed));
    expect(causeOptions(lab, seed, drawn)).toEqual([]);
    for (const [name, variant] of Object.entries(lab.content.spec.variants ?? {})) {
      for (let index = 0; index < valueCount(variant); index += 1) {
        const draw = { ...drawn, [name]: valueAt(variant, index) };
        const given = causeOptions(lab, seed, draw).filter((word) => word !== '--cause');
        expect({ ...drawn, ...fixedDraw(lab, given) }).toEqual(draw);
      }
    }
  }
});
