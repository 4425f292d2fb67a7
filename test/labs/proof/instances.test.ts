import { expect, test } from 'vitest';
import { instancesToProve } from '../../../src/labs/proof/instances.js';
import { labOf } from '../lab-text.js';

const cause = '    cause: {oneOf: [{fault: gone}, {fault: wrong}, {fault: late}]}\n';
const place = '    place: {oneOf: [left, right]}\n';
const named = '      - fault: {name: "{{cause.fault}}"}\n';
const both = `${named}      - {when: {place: left}, settle: true}\n`;
const world = '    base: three-node\n';

test.each([
  ['without structural variants', '', '', ['whole 1', 'brief 2', 'brief 3 exam']],
  ['with three values', cause, named, ['whole 1 gone', 'whole 2 wrong', 'whole 1 late', 'brief 3 exam']],
  [
    'with combinations beside',
    cause + place,
    both,
    [
      'whole 1 gone left',
      'whole 2 wrong right',
      'whole 1 late left',
      'brief 3 exam gone right',
      'brief 1 wrong left',
      'brief 1 late right',
    ],
  ],
])('draws of a lab %s', async (_, variants, steps, expected) => {
  const lab = labOf(
    ['  world:\n', variants === '' ? '  world:\n' : `  variants:\n${variants}  world:\n`],
    [world, steps === '' ? world : `${world}    steps:\n${steps}`],
  );
  const found = (await instancesToProve(lab)).map(({ instance: { seed, timing, draw }, extent }) => {
    const { cause: drawn, place: where } = draw as { cause?: { fault: string }; place?: string };
    return [extent, seed, timing === 'exam' && timing, drawn?.fault, where].filter(Boolean).join(' ');
  });
  // Where no values are told a seed draws them.
  expect(found.map((words, index) => words.slice(0, expected[index]?.length))).toEqual(expected);
});
