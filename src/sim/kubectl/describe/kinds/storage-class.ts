import { isDefaultClass } from '../../../api/kinds/storage-class.js';
import { formatLabels } from '../../../api/labels.js';
import type { StorageClass } from '../../../api/types/storage.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { boolText, type DescribeWriter } from '../writer.js';

/** Describes a storage class. */
export function* describeStorageClass(w: DescribeWriter, request: DescribeRequest<StorageClass>): Waiting<void> {
  const { metadata, ...its } = request.object;
  w.field('Name', metadata.name);
  w.field('IsDefaultClass', isDefaultClass(request.object) ? 'Yes' : 'No');
  w.field('Annotations', formatLabels(metadata.annotations ?? {}));
  w.field('Provisioner', its.provisioner);
  w.field('Parameters', formatLabels(its.parameters ?? {}));
  const expands = its.allowVolumeExpansion;
  w.field('AllowVolumeExpansion', expands === undefined ? '<unset>' : boolText(expands));
  if (its.mountOptions?.length) {
    w.write(0, 'MountOptions:\n');
    for (const option of its.mountOptions) w.write(1, `${option}\n`);
  } else w.field('MountOptions', '<none>');
  if (its.reclaimPolicy !== undefined) w.field('ReclaimPolicy', its.reclaimPolicy);
  if (its.volumeBindingMode !== undefined) w.field('VolumeBindingMode', its.volumeBindingMode);
  if (its.allowedTopologies) describeTopologies(w, its.allowedTopologies);
  yield* describeEvents(w, request);
}

function describeTopologies(w: DescribeWriter, terms: NonNullable<StorageClass['allowedTopologies']>): void {
  if (terms.length === 0) return w.field('AllowedTopologies', '<none>');
  w.field('AllowedTopologies', '');
  for (const [at, { matchLabelExpressions = [] }] of terms.entries()) {
    if (matchLabelExpressions.length === 0) w.field(`Term ${at}`, '<none>', 1);
    matchLabelExpressions.forEach(({ key, values = [] }, index) => {
      const text = `${key} in${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;
      if (index === 0) w.field(`Term ${at}`, text, 1);
      else w.write(1, `\t${text}\n`);
    });
  }
}
