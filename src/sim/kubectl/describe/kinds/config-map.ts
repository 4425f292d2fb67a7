import { compareText } from '../../../api/go-text.js';
import type { ConfigMap } from '../../../api/types/config.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a config map with all it holds. */
export function* describeConfigMap(w: DescribeWriter, request: DescribeRequest<ConfigMap>): Waiting<void> {
  const { metadata, data = {}, binaryData = {} } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, '\nData\n====\n');
  for (const key of Object.keys(data).sort(compareText)) {
    w.write(0, `${key}:\n----\n`);
    w.write(0, `${data[key]}\n`);
    w.write(0, '\n');
  }
  w.write(0, '\nBinaryData\n====\n');
  for (const key of Object.keys(binaryData).sort(compareText)) {
    w.write(0, `${key}: ${Buffer.from(binaryData[key] ?? '', 'base64').length} bytes\n`);
  }
  w.write(0, '\n');
  yield* describeEvents(w, request);
}
