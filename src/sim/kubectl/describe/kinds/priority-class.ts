import { formatLabels } from '../../../api/labels.js';
import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a priority class. */
export function* describePriorityClass(w: DescribeWriter, request: DescribeRequest<KubeObject>): Waiting<void> {
  const { metadata, ...priority } = request.object;
  w.field('Name', metadata.name);
  w.field('Value', priority['value']);
  w.field('GlobalDefault', priority['globalDefault'] === true);
  w.field('PreemptionPolicy', priority['preemptionPolicy']);
  w.field('Description', priority['description'] ?? '');
  w.field('Annotations', formatLabels(metadata.annotations ?? {}));
  yield* describeEvents(w, request);
}
