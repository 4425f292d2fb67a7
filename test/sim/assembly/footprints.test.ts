import { expect, test } from 'vitest';
import { FOOTPRINTS } from '../../../src/sim/assembly/footprints.js';
import { machinePrograms } from '../../../src/sim/assembly/programs.js';

/** Processes that are no programs of their own: what runs in them belongs to containerd and pid 1. */
const TITLES = ['containerd-shim-runc-v2', 'systemd-journald'];

const programs = machinePrograms({ timing: 'brisk', runtimePort: () => undefined, onWrite: () => {} });

test.each(Object.entries(FOOTPRINTS))('%s is a program, and what is its own is in memory and mapped', (name, each) => {
  expect(programs.has(name) || TITLES.includes(name)).toBe(true);
  expect(each.own).toBeLessThanOrEqual(each.resident);
  expect(each.resident).toBeLessThanOrEqual(each.size);
});
