import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPattern } from '../../../src/checker/pattern.js';
import { score } from '../../../src/checker/score.js';
import { WORLD_NAMES } from '../../../src/clusters/port.js';
import { readLabs } from '../../../src/labs/content/find.js';
import { formatProblem, type Problem } from '../../../src/labs/format/problem.js';
import { readLab } from '../../../src/labs/format/read-lab.js';
import { lintLab } from '../../../src/labs/lint/lint-lab.js';
import { temporaryFolder } from '../home-folder.js';
import { WHOLE, WHOLE_FILE } from './broken-lab.js';

/** Content comes from anybody. What somebody could try with it, what is changed in the whole lab, and the rule that refuses it. */
const HOSTILE: readonly (readonly [what: string, piece: string, by: string, rule: string])[] = [
  ['a name that leads out of the folder', 'name: whole', 'name: ../../etc/passwd', 'wrong-form'],
  ['a certification that does', 'certification: cka', 'certification: ../cka', 'wrong-value'],
  ['a file that does', 'path: /etc/motd', 'path: /opt/../../../etc/passwd', 'unsafe-path'],
  ['an answer that does', 'path: "{{answers}}/each"', 'path: "{{answers}}/../../../etc/passwd"', 'unsafe-path'],
  ['a world that does', 'base: three-node', 'base: ../../secrets', 'unknown-world'],
  ['a fault that does', 'fault: coredns-scaled-to-zero', 'fault: ../../evil.js', 'unknown-fault'],
  ['a fault called like what all objects have', 'fault: coredns-scaled-to-zero', 'fault: constructor', 'unknown-fault'],
  ['a world called so', 'base: three-node', 'base: __proto__', 'unknown-world'],
  ['code in a tag', 'minutes: 6', 'minutes: !!js/function "() => process.exit()"', 'yaml-tag'],
  ['an object in a tag', 'minutes: 6', 'minutes: !!python/object/apply:os.system ["id"]', 'yaml-tag'],
  ['a tag in its long form', 'minutes: 6', 'minutes: !<tag:yaml.org,2002:js/undefined> ""', 'yaml-tag'],
  ['a merge of everything into it', 'derive: {half', 'derive: {<<: {a: b}, half', 'merge-key'],
  ['the prototype as a variant', '    space:', '    __proto__: {oneOf: [x]}\n    space:', 'reserved-name'],
  ['the constructor as a variant', '    space:', '    constructor: {oneOf: [x]}\n    space:', 'reserved-name'],
  [
    'the prototype as a parameter',
    'fault: {name: "{{cause.fault}}"}',
    'fault: {name: "{{cause.fault}}", __proto__: {x: y}}',
    'reserved-name',
  ],
  ['the prototype in quotes', '    space:', '    "\\x5f_proto__": {oneOf: [x]}\n    space:', 'reserved-name'],
  ['a condition on the prototype', '- when: {cause.name: zero}', '- when: {__proto__: zero}', 'reserved-name'],
  ['a condition on its field', '- when: {cause.name: zero}', '- when: {cause.__proto__: zero}', 'unknown-variant'],
  ['the value of the prototype', '**{{space}}**', '**{{__proto__}}**', 'unknown-variant'],
  ['the value of the constructor', '**{{space}}**', '**{{cause.constructor}}**', 'unknown-variant'],
  ['a method of all objects', '**{{space}}**', '**{{toString}}**', 'unknown-variant'],
  ['the end of the program in a path', '$.spec.minReadySeconds', '$..[?(process.exit())]', 'unsafe-jsonpath'],
  [
    'the constructor in a path',
    '$.spec.minReadySeconds',
    "$..[?(@.constructor.constructor('x')())]",
    'unsafe-jsonpath',
  ],
  ['the constructor in pieces', '$.spec.minReadySeconds', "$..[?(@['con'+'structor']('x'))]", 'unsafe-jsonpath'],
  ['an assignment in a path', '$.spec.minReadySeconds', '$..[?(@.a=1)]', 'unsafe-jsonpath'],
  ['a pattern in a path', '$.spec.minReadySeconds', '$..[?(@.a.match(/(a+)+$/))]', 'unsafe-jsonpath'],
  ['a script for a path', '$.spec.minReadySeconds', '$..[(process.exit())]', 'unsafe-jsonpath'],
  ['a path that is none', '$.spec.minReadySeconds', '$.spec[?(@.a==', 'wrong-jsonpath'],
  ['a pattern that looks ahead', 'equals: 25', 'matches: (?=(a+)+$)b', 'wrong-pattern'],
  ['a pattern that grows', 'equals: 25', 'matches: ((a{1000}){1000}){1000}', 'wrong-pattern'],
  ['script in Markdown', '    A Deployment keeps', '    <img src=x onerror=alert(1)> A Deployment', 'html-in-text'],
  [
    'a frame in Markdown',
    '    A Deployment keeps',
    '    <iframe src="https://example.com"> A Deployment',
    'html-in-text',
  ],
  ['a link that runs', '    A Deployment keeps', '    [A](javascript:alert(1)) Deployment', 'unsafe-link'],
  [
    'a link that holds a page',
    '    A Deployment keeps',
    '    <data:text/html;base64,PHA+> A Deployment',
    'unsafe-link',
  ],
  ['a link to a file', '    A Deployment keeps', '    [A](file:///etc/passwd) Deployment', 'unsafe-link'],
  [
    'a picture that tells who reads',
    '    A Deployment keeps',
    '    ![A](https://example.com/pixel.png) Deployment',
    'unsafe-link',
  ],
  [
    'a page that only looks allowed',
    'https://kubernetes.io/docs',
    'https://kubernetes.io@example.com/docs',
    'foreign-link',
  ],
  ['a screen that is cleared', 'title: A lab', 'title: "\\e[2JA lab', 'not-yaml'],
  ['a title that clears the screen', 'title: A lab that keeps every rule', 'title: "\\e[2J"', 'control-character'],
  [
    'what a check says and the window is called',
    'says: The image is the same',
    'says: "\\e]0;root\\a"',
    'control-character',
  ],
  ['a hint for the clipboard', '- Look at the Deployment.', '- "\\e]52;c;cm0gLXJm\\a"', 'control-character'],
  ['the eight-bit form', '- Look at the Deployment.', '- "\\x9b31m"', 'control-character'],
  ['a task that writes over itself', '- Look at the Deployment.', '- "wrong\\rright"', 'control-character'],
  ['an escape sequence as it is', '- Look at the Deployment.', '- Look \x1b[8m at', 'control-character'],
  ['zero as an escape', '- Look at the Deployment.', '- "a\\0b"', 'control-character'],
  ['text that runs the other way', '- Look at the Deployment.', '- Look \u202eta', 'hidden-character'],
  ['text nobody sees', '- Look at the Deployment.', '- Look\u200b at', 'hidden-character'],
  ['half a character', '- Look at the Deployment.', '- "\\ud800"', 'lone-surrogate'],
  ['letters that look the same', '- id: replicas', '- id: repliсas', 'lookalike-letter'],
  ['names that differ by a capital', '    space:', '    Space: {oneOf: [x]}\n    space:', 'wrong-name'],
];

function problemsOf(text: string): Problem[] {
  const { lab, problems } = readLab(WHOLE_FILE, text, WORLD_NAMES);
  return lab ? lintLab(lab, text, false) : [...problems];
}

test.each(HOSTILE)('%s is refused', (_, piece, by, rule) => {
  expect(WHOLE).toContain(piece);
  const problems = problemsOf(WHOLE.replace(piece, () => by));
  expect(problems.map((problem) => problem.rule)).toContain(rule);
  const told = problems.map(formatProblem).join('\n');
  expect(told).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  expect(told).not.toContain(' at ');
  expect(Object.keys({})).toEqual([]);
  expect(({} as { oneOf?: unknown }).oneOf).toBeUndefined();
});

/** What is only long is refused before it costs anything. */
const HUGE: readonly (readonly [what: string, text: () => string, rule: string])[] = [
  ['a title of nearly a megabyte', () => WHOLE.replace('A lab that', 'x'.repeat(900_000)), 'long-text'],
  ['ten thousand checks', () => WHOLE.replace('  hints:', `${MANY_CHECKS}  hints:`), 'wrong-count'],
  ['a hundred thousand lists', () => WHOLE.replace('[C45]', '['.repeat(100_000)), 'deep-yaml'],
  [
    'a hundred thousand fields',
    () => `${Array.from({ length: 100_000 }, (_, at) => `k${at}: 1\n`).join('')}`,
    'many-values',
  ],
];
const MANY_CHECKS = Array.from(
  { length: 10_000 },
  (_, at) => `    - {id: c${at}, says: x, guard: true, gone: {kind: Pod, apiVersion: v1}}\n`,
).join('');

test.each(HUGE)('%s is refused', (_, text, rule) => {
  const problems = problemsOf(text());
  expect(problems.map((problem) => problem.rule)).toContain(rule);
  expect(problems.length).toBeLessThan(5);
});

test('a file of a hundred megabytes is not read', () => {
  const path = join(temporaryFolder(), 'huge.yaml');
  const file = openSync(path, 'w');
  writeSync(file, WHOLE);
  ftruncateSync(file, 100_000_000);
  closeSync(file);
  const { labs, problems } = readLabs([path], { shown: () => 'huge.yaml' });
  expect(labs).toEqual([]);
  expect(problems.map(({ rule, message }) => [rule, message.split(';')[0]])).toEqual([
    ['unreadable-file', 'it is larger than 1048576 bytes'],
  ]);
});

test.each([
  ['(a+)+$', 'a'.repeat(50_000)],
  ['(a|aa)+$', 'a'.repeat(50_000)],
  ['(.*)(.*)(.*)(.*)(.*)x', 'a'.repeat(50_000)],
])('the pattern %s takes no more time than others', (pattern, text) => {
  expect(readPattern(pattern).found?.(`${text}!`)).toBe(false);
});

test('what a check found steers no terminal, whatever the cluster says', () => {
  const found = 'shop\x1b[2J\x1b]52;c;eA==\x07\x9b1m\u202e\r0';
  const { checks } = score(
    [{ id: 'a', says: 'x', points: 1, gone: { apiVersion: 'v1', kind: 'Pod' } } as never],
    new Map([['a', { passed: false, expected: found, found }]]),
  );
  expect(checks[0]?.found).toBe('shop\\u001b[2J\\u001b]52;c;eA==\\u0007\\u009b1m\\u202e\\u000d0');
  expect(checks[0]?.expected).toBe(checks[0]?.found);
});

test("a file's name steers no terminal", () => {
  const { problems } = readLabs(['/nowhere/\x1b[2J.yaml']);
  expect(problems.map(formatProblem).join()).toContain('/nowhere/\\u001b[2J.yaml: there is no such file');
});
