import { expect, test } from 'vitest';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { formatProblem } from '../../../src/labs/format/problem.js';
import { readLesson } from '../../../src/labs/lesson/read-lesson.js';
import { lintLab } from '../../../src/labs/lint/lint-lab.js';
import { proofCases } from '../../../src/labs/proof/case.js';
import { judgeCase } from '../../../src/labs/proof/judge.js';
import { lessonCases } from '../../../src/labs/proof/lesson-cases.js';
import { sharedLives } from '../../../src/labs/proof/lives.js';

const FILE = 'content/cka/lessons/small.yaml';
const SMALL = `apiVersion: kubedrill.dev/v1
kind: Lesson
metadata: {name: small, title: A small lesson}
spec:
  certification: cka
  domain: Workloads and scheduling
  types: [C40]
  minutes: 5
  world: {base: single-node}
  steps:
    - id: read
      title: To read
      text: Nothing is to be done.
    - id: space
      title: A namespace
      text: A namespace is a drawer.
      do: "Make **drawer**, and write its name to \`{{answers}}/name\`."
      checks:
        - id: drawer
          says: There is a namespace drawer
          resource: {apiVersion: v1, kind: Namespace, name: drawer}
        - id: default-kept
          guard: true
          says: The namespace default is there
          resource: {apiVersion: v1, kind: Namespace, name: default}
      solution: |
        k get ns            # look
        k create ns drawer
    - id: more
      title: One more
      text: And another one.
      do: Make **box**.
      checks:
        - id: box
          says: There is a namespace box
          resource: {apiVersion: v1, kind: Namespace, name: box}
      solution: k create ns box
  explains: That is all there is to it.
  reads: [https://kubernetes.io/docs/concepts/]
`;

function read(source: string, file = FILE): { lab: Lab | undefined; problems: string[] } {
  const { lab, problems } = readLesson(file, source, ['single-node']);
  const lint = lab ? lintLab(lab, source, true) : [];
  return { lab, problems: [...problems, ...lint].map(formatProblem) };
}

test('a lesson is read, and breaks no rule', () => {
  const { lab, problems } = read(SMALL);
  expect(problems).toEqual([]);
  expect(lab).toMatchObject({ id: 'cka/lessons/small', lesson: { kind: 'Lesson' } });
});

test.each<[string, string, string, string]>([
  ['another kind', 'kind: Lesson', 'kind: Lab', ':2: kind: must be "Lesson"'],
  [
    'a field that lessons have not',
    '  minutes: 5',
    '  minutes: 5\n  difficulty: 2',
    ':9: spec.difficulty: unknown field',
  ],
  [
    'points',
    'says: There is a namespace box',
    'says: There is one\n          points: 2',
    ': spec.steps[2].checks[0].points: unknown field',
  ],
  [
    'two steps of one id',
    'id: more',
    'id: space',
    ':29: spec.steps[2].id: another step has the id space; give one of them another [twin-step]',
  ],
  ['two checks of one id', 'id: box', 'id: drawer', ':34: spec.steps[2].checks[0].id: another check has the id drawer'],
  [
    'no solution',
    '      solution: k create ns box\n',
    '',
    ':29: spec.steps[2]: it has do and checks, but no solution;',
  ],
  ['nothing asked', '      do: Make **box**.\n', '', ': spec.steps[2]: it has checks and solution, but no do;'],
  [
    'only guards',
    '        - id: box\n',
    '        - id: box\n          guard: true\n',
    ': spec.steps[2].checks: all of them are guards;',
  ],
  ['another name than its file', 'name: small', 'name: tiny', ":3: metadata.name: must be the file's name, small;"],
  ['a folder of another exam', 'certification: cka', 'certification: cks', 'the file lies in content/cka;'],
  [
    'a world that there is not',
    'base: single-node',
    'base: two-node',
    ':9: spec.world.base: there is no world two-node',
  ],
  ['a placeholder', 'A namespace is a drawer.', 'It is {{drawer}}.', ': spec.steps[1].text: {{drawer}} is no variant'],
  ['HTML', 'And another one.', 'And <b>another</b> one.', ':31: spec.steps[2].text: holds HTML'],
  [
    'a line that never ends',
    'k create ns box',
    'k get pods -w',
    ': spec.steps[2].solution: `k get pods -w` never ends;',
  ],
  ['a type of another exam', 'types: [C40]', 'types: [S60]', ':7: spec.types[0]: S60 is a type of cks'],
  [
    'a page that may not be read',
    'kubernetes.io/docs/concepts/',
    'example.com/',
    ': spec.reads[0]: https://example.com/ may not be opened',
  ],
])('%s is told with its line and field', (_, piece, by, told) => {
  expect(SMALL).toContain(piece);
  expect(read(SMALL.replace(piece, by)).problems.join('\n')).toContain(told);
});

test('a lesson in which nothing is to be done is refused', () => {
  const read1 = SMALL.slice(0, SMALL.indexOf('    - id: space')) + SMALL.slice(SMALL.indexOf('  explains'));
  expect(read(read1).problems.join('\n')).toContain('nothing is to be done in any step');
});

const lab = read(SMALL).lab as Lab;
const instance = instantiate(lab, { seed: '1', dice: seededDice('1') });
const cases = lessonCases(instance, lab.lesson as NonNullable<Lab['lesson']>);

test('it is proven step by step, in one life', () => {
  expect(cases.map(({ says, steps, expects }) => [says, steps.map(({ lines }) => lines.join()), expects])).toEqual([
    ['at first space is not done', [], { kind: 'steps', holds: [], fails: ['drawer'], guards: ['default-kept'] }],
    [
      'after the step space it is done, and more is not',
      ['k get ns', 'k create ns drawer'],
      { kind: 'steps', holds: ['drawer', 'default-kept'], fails: ['box'], guards: [] },
    ],
    [
      'after the step more it is done',
      ['k get ns', 'k create ns drawer', 'k create ns box'],
      { kind: 'steps', holds: ['box'], fails: [], guards: [] },
    ],
  ]);
  expect(sharedLives(cases)).toHaveLength(1);
  expect(proofCases(instance).length).toBeGreaterThan(0);
});

test.each<[number, readonly string[], string | undefined]>([
  [0, ['default-kept'], undefined],
  [0, ['default-kept', 'drawer'], 'drawer hold already'],
  [0, [], 'default-kept (expected E; found F)'],
  [1, ['default-kept', 'drawer'], undefined],
  [1, ['drawer'], 'default-kept (expected E; found F)'],
  [1, ['default-kept', 'drawer', 'box'], 'box hold already'],
  [2, ['box'], undefined],
  [2, ['drawer'], 'box (expected E; found F)'],
])('case %i with %j holding', (index, holding, found) => {
  const checks = instance.checks.map(({ id, says, guard = false }) => ({
    ...{ id, says, guard, serves: undefined, points: 1, earned: 0, because: undefined },
    ...{ passed: holding.includes(id), expected: 'E', found: 'F' },
  }));
  const report = { points: 0, total: 2, passed: false, checks };
  const proof = cases[index];
  expect(proof && judgeCase(proof, { report, crashes: [], interrupted: [] })?.found).toBe(found);
});
