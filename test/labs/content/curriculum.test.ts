import { expect, test } from 'vitest';
import { readCurriculum } from '../../../src/labs/content/curriculum.js';
import { formatProblem } from '../../../src/labs/format/problem.js';

const GOOD = `apiVersion: kubedrill.dev/v1
kind: Curriculum
certifications:
  cka:
    domains:
      - name: One
        weight: 60
        competencies: [a thing]
        types:
          C01: {weight: 2, needs: [worker], does: Do the first thing}
      - name: Two
        weight: 40
        competencies: []
        types:
          C02: {weight: 1, does: Do the second thing}
  ckad: {domains: [{name: All, weight: 100, competencies: [], types: {D01: {weight: 1, does: Do a third thing}}}]}
  cks: {domains: [{name: All, weight: 100, competencies: [], types: {S01: {weight: 1, does: Do a fourth thing}}}]}
`;

test('a curriculum is read into its domains and its types by id', () => {
  const { value } = readCurriculum('curriculum.yaml', GOOD);
  expect(value?.domains.map(({ certification, name, weight }) => [certification, name, weight])).toEqual([
    ['cka', 'One', 60],
    ['cka', 'Two', 40],
    ['ckad', 'All', 100],
    ['cks', 'All', 100],
  ]);
  expect([...(value?.types.keys() ?? [])]).toEqual(['C01', 'C02', 'D01', 'S01']);
  expect(value?.types.get('C01')).toEqual({
    id: 'C01',
    certification: 'cka',
    domain: 'One',
    does: 'Do the first thing',
    needs: ['worker'],
    weight: 2,
  });
  expect(value?.types.get('D01')?.needs).toEqual([]);
});

test.each([
  ['weight: 60', 'weight: 50', 'c.yaml:5: certifications.cka.domains: the weights come to 90; they must come to 100'],
  [
    'C02:',
    'C01:',
    'c.yaml:15: certifications.cka.domains[1].types.C01: "One" has a type C01 too; an id names one type',
  ],
  [
    'C02:',
    'D02:',
    'c.yaml:15: certifications.cka.domains[1].types.D02: the ids of cka are C and a number, such as C01',
  ],
  ['name: Two', 'name: One', 'c.yaml:11: certifications.cka.domains[1].name: another domain of cka is called "One"'],
  ['weight: 2,', 'weight: 0,', 'c.yaml:10: certifications.cka.domains[0].types.C01.weight: must be >= 1'],
  ['weight: 2,', '', 'c.yaml:10: certifications.cka.domains[0].types.C01: weight is missing'],
  ['weight: 2,', 'wieght: 2,', 'c.yaml:10: certifications.cka.domains[0].types.C01: weight is missing'],
  ['needs: [worker]', 'needs: [magic]', 'c.yaml:10: certifications.cka.domains[0].types.C01.needs[0]: must be one of '],
  ['needs: [worker]', 'needs: worker', 'c.yaml:10: certifications.cka.domains[0].types.C01.needs: must be array'],
  ['kind: Curriculum', 'kind: Lab', 'c.yaml:2: kind: must be "Curriculum", is string "Lab"'],
  ['kind: Curriculum', '', 'c.yaml:1: kind is missing'],
  [
    'C02:',
    'Cxx:',
    'c.yaml:15: certifications.cka.domains[1].types.Cxx: the ids of cka are C and a number, such as C01',
  ],
  ['[a thing]', '[a thing', 'c.yaml:'],
] as const)('%s made %s is told with its line', (from, to, problem) => {
  const { value, problems } = readCurriculum('c.yaml', GOOD.replace(from, to));
  expect(value).toBeUndefined();
  expect(problems.map(formatProblem).filter((line) => line.startsWith(problem))).toHaveLength(1);
});
