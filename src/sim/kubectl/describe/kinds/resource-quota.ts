import { compareText } from '../../../api/go-text.js';
import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

/** What describing needs of a quota. */
interface ResourceQuota extends KubeObject {
  spec?: { readonly scopes?: readonly string[] };
  status?: { readonly hard?: Readonly<Record<string, string>>; readonly used?: Readonly<Record<string, string>> };
}

const SCOPES: Readonly<Record<string, string>> = {
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
};

/** Describes a quota. */
export function* describeResourceQuota(w: DescribeWriter, { object }: DescribeRequest<ResourceQuota>): Waiting<void> {
  w.field('Name', object.metadata.name);
  w.field('Namespace', object.metadata.namespace);
  writeScopes(w, 0, object, ' * ');
  w.write(0, 'Resource\tUsed\tHard\n');
  w.write(0, '--------\t----\t----\n');
  writeAmounts(w, 0, object);
}

/** The quotas of a namespace. */
export function writeQuotas(w: DescribeWriter, quotas: readonly ResourceQuota[]): void {
  if (quotas.length === 0) return w.write(0, 'No resource quota.\n');
  w.write(0, 'Resource Quotas\n');
  for (const quota of [...quotas].sort((a, b) => compareText(a.metadata.name ?? '', b.metadata.name ?? ''))) {
    w.field('Name', quota.metadata.name, 1);
    writeScopes(w, 1, quota, '* ');
    w.write(1, 'Resource\tUsed\tHard\n');
    w.write(1, '--------\t---\t---\n');
    writeAmounts(w, 1, quota);
  }
}

function writeScopes(w: DescribeWriter, level: number, { spec }: ResourceQuota, bullet: string): void {
  const scopes = [...(spec?.scopes ?? [])].sort(compareText);
  if (scopes.length === 0) return;
  w.field('Scopes', scopes.join(', '), level);
  for (const scope of scopes) if (SCOPES[scope]) w.write(level, `${bullet}${SCOPES[scope]}\n`);
}

function writeAmounts(w: DescribeWriter, level: number, { status }: ResourceQuota): void {
  const { hard = {}, used = {} } = status ?? {};
  for (const name of Object.keys(hard).sort(compareText))
    w.write(level, `${name}\t${used[name] ?? '0'}\t${hard[name]}\n`);
}
