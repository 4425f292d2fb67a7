import { describe, expect, test } from 'vitest';
import { seededDice } from '../../../src/labs/dice.js';
import { choicesFor, chooseDraw } from '../../../src/labs/format/choose.js';
import { drawsToProve } from '../../../src/labs/format/structural.js';
import { drawVariants } from '../../../src/labs/format/variants.js';
import { labOf } from '../lab-text.js';

const { content: LAB } = labOf([
  '  world:',
  `  variants:
    host: {prefix: cka, number: [1000, 9999]}
    total: {number: [10, 30], step: 10}
    quick: {oneOf: [true, false]}
    cause:
      oneOf:
        - {fault: a, answer: pod/x}
        - {fault: b, answer: pod/y, depth: 1}
        - {name: third, fault: a, answer: pod/z}
    faults: {draw: 2, of: [swap, {name: ca, file: /etc/ca}, port], never_together: [[swap, port]]}
  world:`,
]);
const [A, B, THIRD] = [
  { fault: 'a', answer: 'pod/x' },
  { fault: 'b', answer: 'pod/y', depth: 1 },
  { name: 'third', fault: 'a', answer: 'pod/z' },
];
const CA = { name: 'ca', file: '/etc/ca' };

describe('what a person chooses', () => {
  test.each([
    [[], {}],
    [['total=20'], { total: 20 }],
    [['quick=false'], { quick: false }],
    [['host=cka1234'], { host: 'cka1234' }],
    [['cause=pod/x'], { cause: A }],
    [['cause=b'], { cause: B }],
    [['cause=1'], { cause: B }],
    [['cause=third'], { cause: THIRD }],
    [['faults=ca, swap'], { faults: ['swap', CA] }],
    [['faults=/etc/ca,port', 'total=10'], { faults: [CA, 'port'], total: 10 }],
  ])('%j', (choices, draw) => {
    expect(chooseDraw(LAB, choices)).toEqual({ draw });
  });

  test.each([
    ['total', '"total" is no choice; write it as variant=value'],
    ['=x', '"=x" is no choice; write it as variant=value'],
    ['totl=10', 'There is no variant "totl". Did you mean total?'],
    ['constructor=1', 'There is no variant "constructor". There are host, total, quick, cause, faults.'],
    ['total=15', 'total is never "15"; it can be 10 to 30'],
    ['quick=maybe', 'quick is never "maybe"; it can be true, false'],
    ['cause=a', 'cause is never "a"; it can be pod/x, b, third'],
    ['faults=swap', 'faults is never "swap"; it can be 2 of swap,ca,port'],
    ['faults=swap,port', 'faults is never "swap,port"; it can be 2 of swap,ca,port'],
  ])('%s is none', (choice, problem) => {
    expect(chooseDraw(LAB, [choice])).toEqual({ problem });
  });

  test('a lab without variants has nothing to choose', () => {
    expect(chooseDraw(labOf().content, ['a=b'])).toEqual({ problem: 'There is no variant "a". The lab has none.' });
  });
});

test('every draw can be chosen again', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { host: _, ...draw } = drawVariants(LAB, seededDice(String(seed)));
    expect(chooseDraw(LAB, choicesFor(LAB, draw))).toEqual({ draw });
  }
  for (const draw of drawsToProve(LAB).whole) expect(chooseDraw(LAB, choicesFor(LAB, draw))).toEqual({ draw });
});
