import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findKind, KINDS } from '../../../../src/sim/api/kinds.js';
import type { ServedKind } from '../../../../src/sim/apiserver/served-kind.js';

describe('the register of kinds', () => {
  test('holds every kind that a file of the folder defines', () => {
    const folder = new URL('../../../../src/sim/api/kinds/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const defined = files.flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^export const (\w+)Kind: ApiKind/gm)].map(
        ([, kind]) => kind,
      ),
    );
    const register = readFileSync(new URL('../kinds.ts', folder), 'utf8');
    const registered = [...register.matchAll(/^ {2}(\w+)Kind,$/gm)].map(([, kind]) => kind);
    expect(registered.sort()).toEqual(defined.sort());
    expect(KINDS.length).toBe(registered.length);
  });

  test('is alphabetical', () => {
    const names = KINDS.map(({ kind }) => kind.toLowerCase());
    expect(names).toEqual([...names].sort());
  });

  test('is what the server serves, each version of a resource once', () => {
    const served: readonly ServedKind[] = KINDS;
    const paths = served.map(({ group, version, plural }) => `${group}/${version}/${plural}`);
    expect(new Set(paths).size).toBe(paths.length);
  });

  test.each([
    ['v1', 'Pod', 'pods', 'pod', ['po']],
    ['apps/v1', 'Deployment', 'deployments', 'deployment', ['deploy']],
    ['v1', 'Endpoints', 'endpoints', 'endpoints', ['ep']],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', 'networkpolicy', ['netpol']],
    ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'poddisruptionbudget', ['pdb']],
    ['coordination.k8s.io/v1', 'Lease', 'leases', 'lease', []],
  ])('%s %s has the names of the real one', (apiVersion, kind, plural, singular, shortNames) => {
    expect(findKind(apiVersion, kind)).toMatchObject({ plural, singular, shortNames });
  });

  test.each(KINDS.map((kind) => [kind.kind, kind] as const))('%s prints as many cells as it has columns', (_, kind) => {
    const object = {
      apiVersion: 'v1',
      kind: kind.kind,
      metadata: { name: 'x' },
      spec: { containers: [], template: { spec: { containers: [] } }, selector: {} },
      status: {},
    };
    const rows = kind.printer?.rows(object, 0) ?? [];
    expect(rows.map(({ cells }) => cells.length)).toEqual([kind.printer?.columns.length]);
  });
});
