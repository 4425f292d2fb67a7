import type { KubeObject } from '../../../api/object.js';
import { isNotFound } from '../../../api/status.js';
import type { Namespace } from '../../../api/types/config.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { type DescribeWriter, longTime } from '../writer.js';
import { writeLimitRanges } from './limit-range.js';
import { writeQuotas } from './resource-quota.js';

const core = (resource: string, kind: string) => ({ group: '', version: 'v1', resource, kind, namespaced: true });

/** Describes a namespace with its quotas and limit ranges. */
export function* describeNamespace(w: DescribeWriter, request: DescribeRequest<Namespace>): Waiting<void> {
  const { metadata, status } = request.object;
  const quotas = yield* listOf(request, 'resourcequotas', 'ResourceQuota');
  const ranges = yield* listOf(request, 'limitranges', 'LimitRange');
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Status', status?.phase ?? '');
  if (status?.conditions?.length) {
    w.write(0, 'Conditions:\n');
    w.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
    w.write(1, '----\t------\t------------------\t------\t-------\n');
    for (const each of status.conditions) {
      w.write(
        1,
        `${each.type}\t${each.status}\t${longTime(each.lastTransitionTime)}\t${each.reason ?? ''}\t${each.message ?? ''}\n`,
      );
    }
  }
  if (quotas) {
    w.write(0, '\n');
    writeQuotas(w, quotas);
  }
  if (ranges) {
    w.write(0, '\n');
    writeLimitRanges(w, ranges);
  }
}

/** Undefined where the server does not have the kind. */
function* listOf(
  { session, object }: DescribeRequest<Namespace>,
  resource: string,
  kind: string,
): Waiting<readonly KubeObject[] | undefined> {
  try {
    return (yield* session.rest().list<KubeObject>(core(resource, kind), object.metadata.name)).items;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
