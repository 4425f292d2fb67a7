import { formatTime } from '../../api/time.js';
import type { NamespaceStatus } from '../../api/types/config.js';
import type { Micros } from '../../kernel/time.js';

type NamespaceCondition = NonNullable<NamespaceStatus['conditions']>[number];

/** What one pass over a namespace's content came to. */
export interface DeletionReport {
  readonly discoveryFailure: string | undefined;
  readonly contentFailures: readonly string[];
  /** Objects left, by `resource.group`. Undefined when not all kinds were looked at. */
  readonly remaining: ReadonlyMap<string, number> | undefined;
  readonly finalizers: ReadonlyMap<string, number> | undefined;
}

interface Words {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** The conditions in their order, with what they say when all is well. */
const FINE: readonly Words[] = [
  {
    type: 'NamespaceDeletionDiscoveryFailure',
    reason: 'ResourcesDiscovered',
    message: 'All resources successfully discovered',
  },
  {
    type: 'NamespaceDeletionGroupVersionParsingFailure',
    reason: 'ParsedGroupVersions',
    message: 'All legacy kube types successfully parsed',
  },
  {
    type: 'NamespaceDeletionContentFailure',
    reason: 'ContentDeleted',
    message: 'All content successfully deleted, may be waiting on finalization',
  },
  { type: 'NamespaceContentRemaining', reason: 'ContentRemoved', message: 'All content successfully removed' },
  {
    type: 'NamespaceFinalizersRemaining',
    reason: 'ContentHasNoFinalizers',
    message: 'All content-preserving finalizers finished',
  },
];

/** The conditions of a namespace after a pass; undefined when none changed. */
export function deletionConditions(
  before: readonly NamespaceCondition[] = [],
  report: DeletionReport,
  now: Micros,
): NamespaceCondition[] | undefined {
  const troubles = troublesOf(report);
  const conditions = [...before];
  let changed = false;
  for (const fine of FINE) {
    const trouble = troubles.find(({ type }) => type === fine.type);
    const wanted = { ...(trouble ?? fine), status: trouble ? 'True' : 'False' };
    const at = conditions.findIndex(({ type }) => type === fine.type);
    const old = conditions[at];
    if (old && old.status === wanted.status && old.reason === wanted.reason && old.message === wanted.message) continue;
    changed = true;
    const kept = old?.status === wanted.status ? old.lastTransitionTime : undefined;
    const condition = { ...wanted, lastTransitionTime: kept ?? formatTime(now) };
    if (old) conditions[at] = condition;
    else conditions.push(condition);
  }
  return changed ? conditions : undefined;
}

function troublesOf(report: DeletionReport): Words[] {
  const troubles: Words[] = [];
  if (report.discoveryFailure !== undefined) {
    troubles.push({
      type: 'NamespaceDeletionDiscoveryFailure',
      reason: 'DiscoveryFailed',
      message: report.discoveryFailure,
    });
  }
  const remaining = counted(report.remaining, (what, count) => `${what} has ${count} resource instances`);
  if (remaining !== '') {
    troubles.push({
      type: 'NamespaceContentRemaining',
      reason: 'SomeResourcesRemain',
      message: `Some resources are remaining: ${remaining}`,
    });
  }
  const finalizers = counted(report.finalizers, (what, count) => `${what} in ${count} resource instances`);
  if (finalizers !== '') {
    troubles.push({
      type: 'NamespaceFinalizersRemaining',
      reason: 'SomeFinalizersRemain',
      message: `Some content in the namespace has finalizers remaining: ${finalizers}`,
    });
  }
  if (report.contentFailures.length > 0) {
    const list = [...report.contentFailures].sort().join(', ');
    troubles.push({
      type: 'NamespaceDeletionContentFailure',
      reason: 'ContentDeletionFailed',
      message: `Failed to delete all resource types, ${report.contentFailures.length} remaining: ${list}`,
    });
  }
  return troubles;
}

function counted(
  counts: ReadonlyMap<string, number> | undefined,
  words: (what: string, count: number) => string,
): string {
  const parts = [...(counts ?? [])].filter(([, count]) => count > 0).map(([what, count]) => words(what, count));
  return parts.sort().join(', ');
}
