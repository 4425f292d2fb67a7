/** Conflicts of an apply, in the words of apimachinery's managedfields. */
import { compareText } from '../go-text.js';
import type { ManagedFieldsEntry } from '../object.js';
import { failure, type Status, type StatusCause } from '../status.js';
import { pathText } from './path-text.js';

/** One field that somebody else manages and that an apply would change. */
export interface Conflict {
  readonly entry: ManagedFieldsEntry;
  readonly path: readonly string[];
}

/** Thrown by an apply that was not forced. */
export class ApplyConflict extends Error {
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super('apply conflict');
    this.conflicts = conflicts;
  }
}

/** 409: `Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas`. */
export function conflictStatus(conflicts: readonly Conflict[]): Status {
  const causes = conflicts.map(
    ({ entry, path }): StatusCause => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${managerText(entry)}`,
      field: pathText(path),
    }),
  );
  return failure(409, 'Conflict', conflictMessage(conflicts), { causes });
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (first && conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${managerText(first.entry)}: ${pathText(first.path)}`;
  }
  const entries = [...new Set(conflicts.map(({ entry }) => entry))].sort((a, b) =>
    compareText(identity(a), identity(b)),
  );
  const lines = entries.flatMap((entry) => [
    `conflicts with ${managerText(entry)}:`,
    ...conflicts.filter((one) => one.entry === entry).map(({ path }) => `- ${pathText(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** What tells managers apart, as text that sorts as the real server's does. */
function identity({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  return JSON.stringify({ manager, operation, ...(operation === 'Update' ? { apiVersion } : {}), subresource });
}

function managerText({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  const name = JSON.stringify(manager ?? '') + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
