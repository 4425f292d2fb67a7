import type { KubeObject } from '../../../api/object.js';
import { isNotFound } from '../../../api/status.js';
import type { Namespace } from '../../../api/types/config.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { type DescribeWriter, longTime } from '../writer.js';

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
    describeQuotas(w, quotas);
  }
  if (ranges) {
    w.write(0, '\n');
    w.write(0, ranges.length === 0 ? 'No LimitRange resource.\n' : 'Resource Limits\n');
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

function describeQuotas(w: DescribeWriter, quotas: readonly KubeObject[]): void {
  if (quotas.length === 0) return w.write(0, 'No resource quota.\n');
  w.write(0, 'Resource Quotas\n');
  for (const { metadata, ...quota } of quotas) {
    const { hard = {}, used = {} } = (quota['status'] ?? {}) as {
      hard?: Record<string, string>;
      used?: Record<string, string>;
    };
    w.write(0, `  Name:\t${metadata.name}\n`);
    w.write(0, '  Resource\tUsed\tHard\n');
    w.write(0, '  --------\t---\t---\n');
    for (const name of Object.keys(hard).sort()) w.write(0, `  ${name}\t${used[name] ?? '0'}\t${hard[name]}\n`);
  }
}
