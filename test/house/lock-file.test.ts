import { expect, test } from 'vitest';
import { textOf } from './tree.js';

interface LockedPackage {
  version?: string;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(textOf('package-lock.json') ?? '{}') as { packages: Record<string, LockedPackage> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

test('the lock file names no address and no folder', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([]);
});

test('the lock file holds the optional packages of every platform', () => {
  const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});
