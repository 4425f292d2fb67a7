import { compareText } from '../../../api/go-text.js';
import type { Secret } from '../../../api/types/config.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a secret: sizes only, but for the token of a service account. */
export function* describeSecret(w: DescribeWriter, request: DescribeRequest<Secret>): Waiting<void> {
  const { metadata, data = {}, type = '' } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, `\nType:\t${type}\n`);
  w.write(0, '\nData\n====\n');
  for (const key of Object.keys(data).sort(compareText)) {
    const value = Buffer.from(data[key] ?? '', 'base64');
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    w.field(key, isToken ? value.toString('utf8') : `${value.length} bytes`);
  }
}
