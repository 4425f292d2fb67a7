import { expect, test } from 'vitest';
import type { WorldSpec } from '../../../src/clusters/port.js';
import { sharedWorld, toldByTask, wantedWorld } from '../../../src/labs/real-exam/shared-world.js';

const manifest = (name: string): { manifests: string } => ({ manifests: name });
const settle = { settle: true } as const;
const world = (steps: NonNullable<WorldSpec['steps']>, more: Partial<WorldSpec> = {}): { world: WorldSpec } => ({
  world: { base: 'one-node', epoch: '2026-01-15T09:00:00Z', steps, ...more } as WorldSpec,
});

const TASKS = [
  world([manifest('crashes')]),
  world([manifest('blue'), settle, manifest('green'), settle], { addons: ['metrics-server'] }),
  world([{ age: '9h' } as never, manifest('jobs'), { settle: { seconds_max: 240 } }, { age: '1h' } as never], {
    addons: ['ingress-nginx', 'metrics-server'],
  }),
  world([]),
];

test('what comes to rest does so together, and what may never rest is made after that', () => {
  expect(sharedWorld(TASKS).steps).toEqual([
    manifest('blue'),
    settle,
    manifest('green'),
    manifest('jobs'),
    { settle: { seconds_max: 240 } },
    manifest('crashes'),
  ]);
  expect(sharedWorld([world([manifest('crashes')])]).steps).toEqual([manifest('crashes')]);
  expect(wantedWorld(TASKS)).toEqual({ base: 'three-node', addons: ['ingress-nginx', 'metrics-server'] });
});

test('steps are told with the task that they are for, and those for all with none', () => {
  const told: string[] = [];
  const tell = toldByTask(TASKS, ({ says, number, of }) => void told.push(`${number}/${of} ${says}`));
  for (const number of [1, 2, 3, 4, 5, 6]) tell({ says: `making objects (${number} of 6)`, number, of: 6 });
  expect(told).toEqual([
    '1/6 task 2 of 4: making objects',
    '2/6 task 2 of 4: making objects',
    '3/6 task 2 of 4: making objects',
    '4/6 task 3 of 4: making objects',
    '5/6 making objects',
    '6/6 task 1 of 4: making objects',
  ]);
});
