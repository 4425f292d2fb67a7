import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { findKind, KINDS } from '../../../../src/sim/api/kinds.js';
import type { KubeObject } from '../../../../src/sim/api/object.js';

interface Printed {
  readonly now: number;
  /** Name, type, format and priority with bars between. */
  readonly columns: Record<string, string[]>;
  readonly rows: { readonly object: KubeObject; readonly cells: unknown[]; readonly conditions?: object[] }[];
}

// Recorded from the table printers of k8s.io/kubernetes v1.36.0, at the instant `now`.
const printed = JSON.parse(readFileSync(new URL('fixtures/printed.json', import.meta.url), 'utf8')) as Printed;

describe('tables', () => {
  test.each(Object.entries(printed.columns))('%s has the columns of the real server', (kind, columns) => {
    const printer = KINDS.find((item) => item.kind === kind)?.printer;
    const found = printer?.columns.map(({ name, type, format, priority }) => `${name}|${type}|${format}|${priority}`);
    expect(found).toEqual(columns);
  });

  test.each(printed.rows.map((row, index) => [`${index} ${row.object.kind}`, row] as const))('row %s', (_, row) => {
    const { apiVersion, kind } = row.object;
    const object = decodeKind(apiVersion, kind, row.object)?.object as unknown as KubeObject;
    const [found] = findKind(apiVersion, kind)?.printer?.rows(object, printed.now) ?? [];
    expect(found?.cells).toEqual(row.cells);
    expect(found?.conditions?.map((condition) => ({ ...condition }))).toEqual(row.conditions);
  });
});
