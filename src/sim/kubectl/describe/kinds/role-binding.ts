import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

interface RoleBinding extends KubeObject {
  roleRef: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

/** Describes a role binding, of a namespace or of the cluster. */
export function* describeRoleBinding(w: DescribeWriter, { object }: DescribeRequest<RoleBinding>): Waiting<void> {
  const { metadata, roleRef, subjects = [] } = object;
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, 'Role:\n');
  w.field('Kind', roleRef.kind, 1);
  w.field('Name', roleRef.name, 1);
  w.write(0, 'Subjects:\n');
  w.write(1, 'Kind\tName\tNamespace\n');
  w.write(1, '----\t----\t---------\n');
  for (const { kind, name, namespace = '' } of subjects) w.write(1, `${kind}\t${name}\t${namespace}\n`);
}
