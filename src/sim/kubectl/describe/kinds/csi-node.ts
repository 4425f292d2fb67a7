import type { CSINode } from '../../../api/types/storage.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { type DescribeWriter, longTime } from '../writer.js';

/** Describes what CSI drivers a node has. */
export function* describeCsiNode(w: DescribeWriter, request: DescribeRequest<CSINode>): Waiting<void> {
  const { metadata, spec } = request.object;
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.write(0, 'Spec:\n');
  if (spec.drivers) w.write(1, 'Drivers:\n');
  for (const { name, nodeID, allocatable, topologyKeys } of spec.drivers ?? []) {
    w.write(2, `${name}:\n`);
    w.field('Node ID', nodeID, 3);
    if (allocatable?.count !== undefined) {
      w.write(3, 'Allocatables:\n');
      w.field('Count', allocatable.count, 4);
    }
    if (topologyKeys) w.field('Topology Keys', `[${topologyKeys.join(' ')}]`, 3);
  }
  yield* describeEvents(w, request);
}
