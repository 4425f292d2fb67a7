import type { ServiceAccount } from '../../../api/types/config.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a service account. */
export function* describeServiceAccount(w: DescribeWriter, request: DescribeRequest<ServiceAccount>): Waiting<void> {
  const { metadata, imagePullSecrets = [] } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  const title = 'Image pull secrets:';
  if (imagePullSecrets.length === 0) w.write(0, `${title}\t<none>\n`);
  imagePullSecrets.forEach(({ name = '' }, i) => {
    w.write(0, `${i === 0 ? title : ' '.repeat(title.length)}\t${name}\n`);
  });
  yield* describeEvents(w, request);
}
