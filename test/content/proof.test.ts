import { expect, test } from 'vitest';
import { contentFolder, readCatalogue } from '../../src/labs/content/find.js';
import { seededDice } from '../../src/labs/dice.js';
import { instantiate } from '../../src/labs/format/instance.js';
import { solutionSteps } from '../../src/labs/proof/case.js';
import { playAttempt } from '../../src/labs/session/attempt.js';

/** One seed a lab; every cause, line and mistake is proven by `kubedrill check`. */
const SEED = '1';
const TIMEOUT = 300_000;

const instances = readCatalogue(contentFolder()).labs.map((lab) =>
  instantiate(lab, { seed: SEED, dice: seededDice(SEED) }),
);

test.each(instances.map((instance) => [instance.lab.id, instance] as const))(
  '%s untouched earns nothing, and its guards hold',
  async (_, instance) => {
    const { report, crashes } = await playAttempt(instance, []);
    expect(crashes).toEqual([]);
    const surprising = report.checks.filter(({ guard, passed, earned }) => earned > 0 || (guard && !passed));
    expect(surprising).toEqual([]);
  },
  TIMEOUT,
);

test.each(instances.map((instance) => [instance.lab.id, instance] as const))(
  '%s solved earns everything',
  async (_, instance) => {
    const { report, crashes, output } = await playAttempt(instance, [{ steps: solutionSteps(instance) }]);
    expect(crashes).toEqual([]);
    const failed = report.checks.filter(({ passed }) => !passed);
    expect(failed, output).toEqual([]);
    expect(report.points).toBe(report.total);
  },
  TIMEOUT,
);
