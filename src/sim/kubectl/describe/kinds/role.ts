import type { Waiting } from '../../../kernel/wait.js';
import { listedRules, ruleColumns } from '../../rbac/policy-rule.js';
import type { RbacObject } from '../../rbac/reconciled.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a role, of a namespace or of the cluster. */
export function* describeRole(w: DescribeWriter, { object }: DescribeRequest<RbacObject>): Waiting<void> {
  w.field('Name', object.metadata.name);
  w.labels('Labels', object.metadata.labels);
  w.annotations('Annotations', object.metadata.annotations);
  w.write(0, 'PolicyRule:\n');
  w.write(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  w.write(1, '---------\t-----------------\t--------------\t-----\n');
  for (const rule of listedRules(object.rules ?? [])) w.write(1, ruleColumns(rule));
}
