import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WORLD_NAMES } from '../../src/clusters/port.js';
import { contentFolder } from '../../src/labs/content/find.js';
import { labFiles } from '../../src/labs/content/lab-files.js';
import { seededDice } from '../../src/labs/dice.js';
import { expressionsFor } from '../../src/labs/format/derive.js';
import { instantiate } from '../../src/labs/format/instance.js';
import { formatProblem } from '../../src/labs/format/problem.js';
import { readLab } from '../../src/labs/format/read-lab.js';
import { LAB_SCHEMA } from '../../src/labs/format/schema.js';
import { structuralDraws } from '../../src/labs/format/structural.js';
import { lintLab } from '../../src/labs/lint/lint-lab.js';
import { WORLDS } from '../../src/sim/worlds/index.js';

const folder = contentFolder();
const { files } = labFiles(folder);
const texts = files.map((file) => readFileSync(file, 'utf8'));
const labs = files.map((file, index) => readLab(file, texts[index] as string, WORLD_NAMES));

test('there are labs', () => {
  expect(files.length).toBeGreaterThanOrEqual(4);
});

test('every lab is read without a problem and breaks no rule', () => {
  const problems = labs.flatMap(({ lab, problems: wrong }, index) => [
    ...wrong,
    ...(lab ? lintLab(lab, texts[index] as string, true) : []),
  ]);
  expect(problems.map(formatProblem)).toEqual([]);
});

test('no two labs have one name', () => {
  const ids = labs.flatMap(({ lab }) => lab?.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every draw of a lab has the same total of points, a mistake or hint in it, and nothing left to put in', async () => {
  for (const { lab } of labs) {
    if (!lab) continue;
    const evaluate = await expressionsFor(lab.content);
    const instances = structuralDraws(lab.content).map((fixed) =>
      instantiate(lab, { seed: '1', dice: seededDice('1'), fixed, evaluate }),
    );
    expect([lab.id, new Set(instances.map(({ points }) => points)).size]).toEqual([lab.id, 1]);
    for (const { hints, mistakes, task, solution, lab: _, ...rest } of instances) {
      expect([lab.id, hints.length > 0, mistakes.length > 0, solution.length > 0]).toEqual([lab.id, true, true, true]);
      expect([lab.id, JSON.stringify({ task, solution, rest }).match(/\{\{[a-z]\w*(?:\.\w+)?\}\}/g)]).toEqual([
        lab.id,
        null,
      ]);
    }
  }
});

test('the published schema is the one the program uses (npm run schema writes it)', () => {
  const published: unknown = JSON.parse(readFileSync(join(folder, 'lab.schema.json'), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(LAB_SCHEMA)));
});

test('the worlds a lab may ask for are those there are', () => {
  expect([...WORLD_NAMES]).toEqual([...WORLDS.keys()].sort());
});
