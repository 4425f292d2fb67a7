import { describe, expect, test } from 'vitest';
import { causeOptions, fixedDraw } from '../../src/cli/cause.js';
import { seededDice } from '../../src/labs/dice.js';
import { drawVariants, valueAt, valueCount } from '../../src/labs/format/variants.js';
import { labOf } from '../labs/lab-text.js';

const lab = labOf([
  '  minutes: 5',
  `  minutes: 5
  variants:
    host: {prefix: cka, number: [1000, 1004]}
    total: {number: [5, 20], step: 5}
    color: {oneOf: [amber, teal]}
    cause:
      oneOf:
        - {fault: gone, answer: deployment/coredns}
        - {fault: wrong, answer: service/kube-dns}
        - {fault: slow, answer: service/kube-dns}
    faults: {draw: 2, of: [swap, port, {name: label, on: node01}]}`,
]);

describe('--cause', () => {
  test.each<[string, Record<string, unknown>]>([
    ['color=teal', { color: 'teal' }],
    ['total=15', { total: 15 }],
    ['host=cka1003', { host: 'cka1003' }],
    ['cause.fault=slow', { cause: { fault: 'slow', answer: 'service/kube-dns' } }],
    ['cause.answer=deployment/coredns', { cause: { fault: 'gone', answer: 'deployment/coredns' } }],
    ['cause=wrong', { cause: { fault: 'wrong', answer: 'service/kube-dns' } }],
    ['faults=label,swap', { faults: ['swap', { name: 'label', on: 'node01' }] }],
  ])('%s', (given, draw) => {
    expect(fixedDraw(lab, [given])).toEqual(draw);
  });

  test('several fix several', () => {
    expect(fixedDraw(lab, ['color=amber', 'total=5'])).toEqual({ color: 'amber', total: 5 });
    expect(fixedDraw(lab)).toEqual({});
  });

  test.each([
    [
      'colour=teal',
      '--cause colour=teal names no variant of cka/small; write --cause NAME=VALUE, where NAME is host or',
    ],
    ['color', '--cause color names no variant'],
    ['constructor=x', '--cause constructor=x names no variant'],
    ['color=red', 'color is never red; it is one of color=amber, color=teal.'],
    ['color.fault=teal', 'color is never teal'],
    ['cause.answer=x', 'cause is never x; it is one of cause.fault=gone, cause.fault=wrong, cause.fault=slow.'],
    ['faults=swap', 'faults is never swap; it is one of faults=swap,port, faults=swap,label, faults=port,label.'],
    ['total=7', 'total is never 7; it is one of total=5, total=10, total=15, total=20.'],
  ])('%s is refused with what there is', (given, says) => {
    expect(() => fixedDraw(lab, [given])).toThrow(says);
  });
});

test('the options for any draw give that draw again, and are none for what the seed draws', () => {
  const variants = Object.entries(lab.content.spec.variants ?? {});
  for (const seed of ['1', '2', '3']) {
    const drawn = drawVariants(lab.content, seededDice(seed));
    expect(causeOptions(lab, seed, drawn)).toEqual([]);
    for (const [name, variant] of variants) {
      for (let index = 0; index < valueCount(variant); index += 1) {
        const draw = { ...drawn, [name]: valueAt(variant, index) };
        const given = causeOptions(lab, seed, draw).filter((word) => word !== '--cause');
        expect({ ...drawn, ...fixedDraw(lab, given) }).toEqual(draw);
      }
    }
  }
});
