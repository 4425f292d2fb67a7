import { formatLabels } from '../../../api/labels.js';
import type { VolumeAttributesClass } from '../../../api/types/storage.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a class of attributes that volumes may have. */
export function* describeVolumeAttributesClass(
  w: DescribeWriter,
  request: DescribeRequest<VolumeAttributesClass>,
): Waiting<void> {
  const { metadata, driverName, parameters } = request.object;
  w.field('Name', metadata.name);
  w.field('Annotations', formatLabels(metadata.annotations ?? {}));
  w.field('DriverName', driverName);
  w.field('Parameters', formatLabels(parameters ?? {}));
  yield* describeEvents(w, request);
}
