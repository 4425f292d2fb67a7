import { describe, expect, it } from 'vitest';
import { entriesAfterUpdate } from '../../../../src/sim/api/managed-fields/managers.js';
import type { ManagedFieldsEntry } from '../../../../src/sim/api/object.js';

const NONE = { removed: {}, modified: {}, added: {} };

function update(
  manager: string,
  entries: readonly ManagedFieldsEntry[],
  changes: object,
  time = '2026-01-01T00:00:00Z',
) {
  const updater = { manager, apiVersion: 'v1', subresource: '', time, reset: [['status']] };
  return entriesAfterUpdate(entries, { ...NONE, ...changes }, updater);
}

describe('who manages fields after an update', () => {
  const first = update('a', [], { added: { 'f:data': { '.': {}, 'f:x': {}, 'f:y': {} } } });

  it('is who added them', () => {
    expect(first).toMatchObject([{ manager: 'a', operation: 'Update', fieldsV1: { 'f:data': { 'f:x': {} } } }]);
  });

  it('is who changed them last, and nobody else', () => {
    const entries = update('b', first, { modified: { 'f:data': { 'f:x': {} } } });
    expect(entries.map(({ manager, fieldsV1 }) => [manager, fieldsV1])).toEqual([
      ['a', { 'f:data': { '.': {}, 'f:y': {} } }],
      ['b', { 'f:data': { 'f:x': {} } }],
    ]);
  });

  it('is nobody when they are gone', () => {
    expect(update('b', first, { removed: { 'f:data': { '.': {}, 'f:x': {}, 'f:y': {} } } })).toEqual([]);
  });

  it('does not count what the write resets, nor what is the server alone to write', () => {
    expect(update('b', [], { added: { 'f:status': { 'f:x': {} }, 'f:metadata': { 'f:uid': {} } } })).toEqual([]);
  });

  it('joins the oldest of more than ten', () => {
    let entries: ManagedFieldsEntry[] = [];
    for (let index = 0; index < 12; index += 1) {
      const time = `2026-01-01T00:00:${String(index).padStart(2, '0')}Z`;
      entries = update(`m${index}`, entries, { added: { [`f:f${index}`]: {} } }, time);
    }
    expect(entries).toHaveLength(10);
    expect(entries[0]).toMatchObject({ manager: 'ancient-changes', fieldsV1: { 'f:f0': {}, 'f:f1': {}, 'f:f2': {} } });
  });
});
