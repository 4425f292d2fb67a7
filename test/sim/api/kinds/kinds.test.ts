import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { findKind, KINDS } from '../../../../src/sim/api/kinds.js';
import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { ServedKind } from '../../../../src/sim/apiserver/served-kind.js';
import { validObjects } from '../../../reference/valid-objects.js';

describe('the register of kinds', () => {
  test('holds a kind of every file of the folder that defines one', () => {
    const folder = new URL('../../../../src/sim/api/kinds/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const register = readFileSync(new URL('../kinds.ts', folder), 'utf8');
    const registered = [...register.matchAll(/^ {2}(\w+)Kind,$/gm)].map(([, kind]) => kind);
    const forgotten = files.filter((name) => {
      const source = readFileSync(new URL(name, folder), 'utf8');
      const defined = [...source.matchAll(/^export const (\w+)Kind: ApiKind/gm)].map(([, kind]) => kind);
      return defined.length > 0 && !defined.some((kind) => registered.includes(kind));
    });
    expect(forgotten).toEqual([]);
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

  const valid = validObjects().map(({ object }) => object as unknown as KubeObject);
  const printed = valid.flatMap((object) => {
    const kind = findKind(object.apiVersion, object.kind);
    return kind?.printer && !kind.storedAs ? [[`${object.apiVersion} ${object.kind}`, kind, object] as const] : [];
  });
  test.each(printed)('%s prints as many cells as it has columns', (_, kind, object) => {
    const decoded = decodeKind(object.apiVersion, object.kind, object)?.object as KubeObject;
    kind.applyDefaults(decoded);
    const rows = kind.printer?.rows(decoded, 0) ?? [];
    // The real server has a cell too many here.
    const more = kind.kind === 'IPAddress' ? 1 : 0;
    expect(rows.map(({ cells }) => cells.length - more)).toEqual([kind.printer?.columns.length]);
  });
});
