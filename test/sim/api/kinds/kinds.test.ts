import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findKind, KINDS } from '../../../../src/sim/api/kinds.js';
import type { ServedKind } from '../../../../src/sim/apiserver/served-kind.js';

/** Files of the folder that hold what kinds share. */
const SHARED = new Set(['int-or-percent-rules', 'ip-rules', 'kind', 'meta', 'service-rules', 'workload-rules']);

describe('the register of kinds', () => {
  test('holds every kind of the folder', () => {
    const folder = new URL('../../../../src/sim/api/kinds/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const kinds = files.map((name) => name.slice(0, -3)).filter((name) => !SHARED.has(name));
    expect(kinds.map((name) => name.replaceAll('-', '')).sort()).toEqual(
      KINDS.map(({ kind }) => kind.toLowerCase()).sort(),
    );
  });

  test('is alphabetical', () => {
    const names = KINDS.map(({ kind }) => kind.toLowerCase());
    expect(names).toEqual([...names].sort());
  });

  test('is what the server serves', () => {
    const served: readonly ServedKind[] = KINDS;
    expect(served.length).toBe(16);
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
