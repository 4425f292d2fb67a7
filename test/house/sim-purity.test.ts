import { describe, expect, test } from 'vitest';
import { outsideUses } from './sim-purity.js';
import { filesUnder, textOf } from './tree.js';

describe('the rule tells outside from inside', () => {
  test.each([
    ['const now = Date.now();', ['1: Date.now']],
    ['const now = new Date();', ['1: new Date()']],
    ['const then = new Date(0).toISOString();', []],
    ['const r = Math.random();', ['1: Math.random']],
    ['setTimeout(() => {}, 1);', ['1: setTimeout']],
    ['const home = process.env.HOME;', ['1: process']],
    ['function pidOf(process: Process) { return process.pid; }', []],
    ['const table = { process: 1, fetch: 2 }; table.process;', []],
    ['const result: Promise<void> = later();', ['1: Promise']],
    ['async function f() {\n  await g();\n}', ['1: async', '2: await']],
    ["const m = import('./x.js');", ['1: import()']],
    ["import { randomBytes } from 'node:crypto';", ['1: import of randomBytes']],
    ['names.sort((a, b) => a.localeCompare(b));', ['1: .localeCompare']],
    ['// Date.now() and Math.random() are not used\nconst text = "setTimeout";', []],
  ])('%s', (text, uses) => {
    expect(outsideUses('example.ts', text)).toEqual(uses);
  });
});

test('the simulator takes no clock, chance, timer, process or promise from outside', () => {
  const files = filesUnder('src/sim').filter((path) => path.endsWith('.ts') && !path.startsWith('src/sim/http/'));
  const found = files.flatMap((path) => outsideUses(path, textOf(path) ?? '').map((use) => `${path}:${use}`));
  expect(files.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});
