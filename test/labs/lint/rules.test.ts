import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLabs } from '../../../src/labs/content/find.js';
import { formatProblem, type Problem } from '../../../src/labs/format/problem.js';
import { ALL_RULES } from '../../../src/labs/lint/all-rules.js';
import { lintLab } from '../../../src/labs/lint/lint-lab.js';
import { temporaryFolder } from '../home-folder.js';
import { brokenLab, WHOLE } from './broken-lab.js';

/** Written as `content/cka/labs/whole.yaml` below folders of their own, read and linted as shipped or somebody's own. */
function problemsOf(files: readonly (string | Buffer)[], shipped = true): Problem[] {
  const folder = temporaryFolder();
  const paths = files.map((content, index) => {
    const labs = join(folder, String(index), 'cka/labs');
    mkdirSync(labs, { recursive: true });
    writeFileSync(join(labs, 'whole.yaml'), content);
    return join(labs, 'whole.yaml');
  });
  const { problems } = readLabs(paths, {
    shown: (path) => path.replace(/^.*(?=cka\/labs)/, ''),
    lint: (lab, source) => lintLab(lab, source, shipped),
  });
  return [...problems];
}

const NAMES = ALL_RULES.map(({ name }) => name);

test('the whole lab breaks no rule', () => {
  expect(problemsOf([WHOLE]).map(formatProblem)).toEqual([]);
});

test('no two rules have one name, and each says what it wants', () => {
  expect(new Set(NAMES).size).toBe(NAMES.length);
  for (const { name, says, remedy } of ALL_RULES) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect([name, says, says.split(' ').length > 3]).toEqual([name, expect.not.stringMatching(/\.$/), true]);
    expect(remedy).not.toMatch(/\.$/);
  }
});

test('for every rule there is a lab that breaks it, and for every such lab a rule', () => {
  const broken = readdirSync('test/labs/lint/broken').map((file) => file.replace(/\.yaml$/, ''));
  expect(broken.sort()).toEqual([...NAMES].sort());
  expect(NAMES.length).toBeGreaterThanOrEqual(60);
});

const told = new Map<string, readonly Problem[]>();

test.each(NAMES)('%s is the one rule that its lab breaks', (name) => {
  const problems = problemsOf(brokenLab(name));
  told.set(name, problems);
  expect([...new Set(problems.map(({ rule }) => rule))]).toEqual([name]);
});

test('each is told with file, line, field, rule and remedy', async () => {
  const text = [...told].map(([name, problems]) => `# ${name}\n${problems.map(formatProblem).join('\n')}\n`).join('\n');
  await expect(text).toMatchFileSnapshot('broken.txt');
  const warnings = [...told.values()].flat().filter(({ severity }) => severity === 'warning');
  expect(warnings).toEqual([]);
});

test('where a value cannot be derived in a draw, no condition on that draw is called dead', () => {
  const text = WHOLE.replace('{half: total / 2}', `{half: "cause.name == 'zero' ? total / 3 : 2"}`);
  expect(problemsOf([text]).map(({ rule }) => rule)).toEqual(['underived-value']);
});

test("in an author's own labs some errors are warnings", () => {
  const warned = ALL_RULES.filter(({ severity }) => severity === 'shipped').map(({ name }) => name);
  expect(warned.length).toBeGreaterThan(3);
  for (const name of warned)
    expect(problemsOf(brokenLab(name), false).map(({ severity }) => severity)).toContain('warning');
});
