import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/checker/checks/register.js';
import { formatProblem } from '../../../src/labs/format/problem.js';
import { readLab } from '../../../src/labs/format/read-lab.js';
import { LAB_FILE, readChanged, SMALL_LAB, WORLDS } from '../lab-text.js';

/** What is changed in the small lab, and the one problem that must come of it. */
const rows: readonly [what: string, changes: readonly [string, string][], problem: string][] = [
  [
    'an unknown field, near a known one',
    [['  minutes: 5', '  minuets: 5\n  minutes: 5']],
    ':8: spec.minuets: unknown field; did you mean minutes?',
  ],
  [
    'an unknown field, near none',
    [['metadata: {', 'metadata: {xylophone: 1, ']],
    ':3: metadata.xylophone: unknown field; known are name, title',
  ],
  ['a text for a number', [['minutes: 5', 'minutes: soon']], ':8: spec.minutes: must be integer, is string "soon"'],
  [
    'a list for a map',
    [['  world:\n    base: three-node', '  world: [three-node]']],
    ':9: spec.world: must be object, is a list',
  ],
  ['a number too large', [['difficulty: 1', 'difficulty: 9']], ':7: spec.difficulty: must be <= 5'],
  [
    'another certification',
    [['certification: cka', 'certification: ckx']],
    ':5: spec.certification: must be one of cka, ckad, cks, is string "ckx"',
  ],
  [
    'another version of the format',
    [['kubedrill.dev/v1', 'kubedrill.dev/v2']],
    ':1: apiVersion: must be "kubedrill.dev/v1", is string "kubedrill.dev/v2"',
  ],
  ['something missing', [['  domain: Troubleshooting\n', '']], ':4: spec: domain is missing'],
  [
    'a check without a subject',
    [['      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}\n', '']],
    `:19: spec.checks[1]: must be one of: ${KINDS.map(({ field }) => field).join(', ')}`,
  ],
  [
    'a check with two subjects',
    [['      guard: true', '      unit: {host: node01, name: kubelet}\n      guard: true']],
    ':19: spec.checks[1]: has more than one subject; a check looks at one',
  ],
  [
    "a path in kubectl's form",
    [['$.spec.unschedulable', '"{.spec.unschedulable}"']],
    ':17: spec.checks[0].jsonpath: write the path as $.spec.unschedulable (it starts with $ and has no braces)',
  ],
  ['a check with neither points nor guard', [['      points: 2\n', '']], ':13: spec.checks[0]: points is missing'],
  [
    'a guard with points',
    [['      guard: true', '      guard: true\n      points: 1']],
    ':21: spec.checks[1].points: a guard earns no points',
  ],
  [
    'voids without guard',
    [['      points: 2', '      points: 2\n      voids: [done]']],
    ':15: spec.checks[0].voids: only a guard voids',
  ],
  ['two checks of one id', [['id: kept', 'id: done']], ':19: spec.checks[1].id: another check has the id done'],
  [
    'voids that nobody has',
    [['      guard: true', '      guard: true\n      voids: [dnoe]']],
    ':21: spec.checks[1].voids: there is no check dnoe',
  ],
  [
    'counts_with that nobody has',
    [['      points: 2', '      points: 2\n      counts_with: [other]']],
    ':15: spec.checks[0].counts_with: there is no check other',
  ],
  [
    'a mistake that fails nothing there is',
    [['fails: [done]', 'fails: [gone]']],
    ':30: spec.mistakes[0].fails: there is no check gone',
  ],
  [
    'a mistake after nothing there is',
    [['      fails: [done]', '      fails: [done]\n      after: [two]']],
    ':31: spec.mistakes[0].after: no part of the solution has the id two',
  ],
  [
    'an unknown world',
    [['base: three-node', 'base: four-node']],
    ':10: spec.world.base: there is no world four-node; there are three-node',
  ],
  [
    "another name than the file's",
    [['name: small', 'name: tiny']],
    ":3: metadata.name: must be the file's name, small",
  ],
  [
    "another certification than the folder's",
    [
      ['certification: cka', 'certification: ckad'],
      ['domain: Troubleshooting', 'domain: Services and networking'],
    ],
    ':5: spec.certification: is ckad, but the file lies in content/cka',
  ],
  ['a variant nobody drew', [['task: Do it.', 'task: Do {{it}}.']], ':11: spec.task: {{it}} is no variant of this lab'],
  [
    'a field no value of a variant has',
    [
      ['  world:', '  variants:\n    cause: {oneOf: [{name: a}, {name: b}]}\n  world:'],
      ['task: Do it.', 'task: Do {{cause.nmae}}.'],
    ],
    ':13: spec.task: {{cause.nmae}} is no variant of this lab',
  ],
  [
    'a condition on a variant nobody drew',
    [['    - id: one\n', '    - id: one\n      when: {cause: a}\n']],
    ':25: spec.solution[0].when: cause is no variant of this lab',
  ],
  [
    'a step that is none',
    [['    base: three-node', '    base: three-node\n    steps:\n      - age: later']],
    ':12: spec.world.steps[0].age: string "later" does not fit ^([0-9]+(d|h|m|s))+$',
  ],
  [
    'a step of an unknown kind',
    [['    base: three-node', '    base: three-node\n    steps:\n      - agee: 9h']],
    ':12: spec.world.steps[0]: must be one of: manifests, settle, age, fault, run, file, load; did you mean age?',
  ],
  [
    'something that is done first and is of an unknown kind',
    [['      points: 2', '      points: 2\n      before: [{runs: ls}]']],
    ':15: spec.checks[0].before[0]: must be one of: reboot, advance, run; did you mean run?',
  ],
  [
    'a step with something missing',
    [['    base: three-node', '    base: three-node\n    steps:\n      - run: {host: node01}']],
    ':12: spec.world.steps[0].run: script is missing',
  ],
  [
    'a step with something beside it',
    [['    base: three-node', '    base: three-node\n    steps:\n      - age: 9h\n        settel: true']],
    ':13: spec.world.steps[0].settel: unknown field; known are age, when',
  ],
  [
    'a choice within a choice',
    [['    base: three-node', '    base: three-node\n    steps:\n      - settle: {}']],
    ':12: spec.world.steps[0].settle: must be true or {seconds_max: …}',
  ],
  [
    'a limit of nothing',
    [['    base: three-node', '    base: three-node\n    steps:\n      - settle: {seconds_max: 0}']],
    ':12: spec.world.steps[0].settle.seconds_max: must be >= 1',
  ],
  ['a number for a text', [['task: Do it.', 'task: 7']], ':11: spec.task: must be one of: string, array'],
  [
    'a paragraph without text',
    [['task: Do it.', 'task: [{text: a}, {when: {x: 1}}]']],
    ':11: spec.task[1]: text is missing',
  ],
  [
    'a part of a group',
    [
      [
        '      resource: {apiVersion: v1, kind: Node, name: node01}\n      jsonpath: $.spec.unschedulable\n      equals: true',
        '      all:\n        - gone: {kind: Pod}',
      ],
    ],
    ':17: spec.checks[0].all[0].gone: apiVersion is missing',
  ],
  [
    'two conditions',
    [['equals: true', 'equals: true\n      atLeast: 1']],
    ':19: spec.checks[0].atLeast: stands beside equals; a check has one condition',
  ],
  [
    'a pattern that is none',
    [['equals: true', 'matches: "(a"']],
    ':18: spec.checks[0].matches: missing closing ): `(a`',
  ],
  [
    "a condition's status as a boolean",
    [['$.spec.unschedulable', '$.status.conditions[?(@.type=="Ready")].status']],
    `:18: spec.checks[0].equals: a condition's status is a text: write "True"`,
  ],
  [
    'a condition nobody looks at',
    [['      guard: true', '      guard: true\n      equals: 1']],
    ':21: spec.checks[1].equals: is not read by gone; it belongs to admission or file or ',
  ],
  [
    'a path nobody follows',
    [['      guard: true', '      guard: true\n      jsonpath: $.a']],
    ':21: spec.checks[1].jsonpath: is not read by gone; it belongs to admission or resource',
  ],
  [
    'an answer that nothing is right for',
    [
      [
        '      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}',
        '      answer: {host: base, path: /a}',
      ],
    ],
    ':22: spec.checks[1].answer: says no right answer: names, equals, resource with jsonpath, or expression with objects',
  ],
  [
    'an answer with two right ones',
    [
      [
        '      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}',
        '      answer: {host: base, path: /a, equals: 1, names: pod/x}',
      ],
    ],
    ':22: spec.checks[1].answer.equals: stands beside names; there is one right answer',
  ],
  [
    'an answer that some field is',
    [
      [
        '      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}',
        '      answer: {host: base, path: /a, resource: {apiVersion: v1, kind: Pod}}',
      ],
    ],
    ':22: spec.checks[1].answer: jsonpath is missing: which field is the answer',
  ],
];

describe('one thing wrong in a lab is one problem with file, line, field and remedy', () => {
  test.each(rows)('%s', (_, changes, problem) => {
    const { lab, problems } = readChanged(...changes);
    expect(lab).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(
      problems
        .map(formatProblem)
        .join('\n')
        .slice(0, LAB_FILE.length + problem.length),
    ).toBe(`${LAB_FILE}${problem}`);
  });
});

test('several things wrong are all told at once', () => {
  const { problems } = readChanged(['minutes: 5', 'minutes: soon'], ['difficulty: 1', 'difficulty: 9']);
  expect(problems.map(({ line, field }) => [line, field])).toEqual([
    [7, 'spec.difficulty'],
    [8, 'spec.minutes'],
  ]);
});

test.each([
  ['an indentation that is no YAML', 'kind: Lab\n  metadata: {}\n', 2],
  ['a bracket left open', 'kind: Lab\nmetadata: {name: x\n', 3],
  ['a field given twice', 'kind: Lab\nmetadata: {}\nkind: Lab\n', 3],
])('%s is a problem with its line', (_, text, line) => {
  const { lab, problems } = readLab('x.yaml', text, WORLDS);
  expect(lab).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: 'x.yaml', line, field: '' });
});

test.each([
  ['an empty file', ''],
  ['a list', '- a\n- b\n'],
  ['a text', 'hello\n'],
])('%s is a problem and no crash', (_, text) => {
  const { lab, problems } = readLab('x.yaml', text, WORLDS);
  expect(lab).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});

test('a lab with nothing wrong goes by certification and name, and its hash by its text', () => {
  const { lab, problems } = readLab(LAB_FILE, SMALL_LAB, WORLDS);
  expect(problems).toEqual([]);
  expect(lab).toMatchObject({ id: 'cka/small', file: LAB_FILE });
  expect(readLab(LAB_FILE, `${SMALL_LAB}# changed\n`, WORLDS).lab?.hash).not.toBe(lab?.hash);
});
