import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer } from './answer.js';
import { SimulatedKustomize } from './machine.js';
import { buildReally, versionOf } from './record.js';
import { TREES } from './trees/index.js';

/**
 * What the real kubectl makes of each tree. `RECORD=1 KUBECTL=PATH npx vitest run test/sim/kubectl/kustomize` asks it
 * again, which needs no cluster.
 */
const FILE = new URL('recorded.json', import.meta.url);

interface Recorded {
  program: string;
  answers: Record<string, Answer>;
}

if (process.env['RECORD'] === '1') {
  const kubectl = process.env['KUBECTL'] ?? 'kubectl';
  const answers = Object.fromEntries(TREES.map((tree) => [tree.name, buildReally(kubectl, tree)]));
  const recorded: Recorded = { program: versionOf(kubectl), answers };
  writeFileSync(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
}

const { program, answers } = JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;
const machine = new SimulatedKustomize();

describe(`kustomizations as ${program} builds them`, () => {
  test('every tree is recorded once', () => {
    expect(Object.keys(answers).sort()).toEqual(TREES.map(({ name }) => name).sort());
  });

  test.each(TREES)('$name', (tree) => {
    expect(machine.build(tree)).toEqual(answers[tree.name]);
  });
});
