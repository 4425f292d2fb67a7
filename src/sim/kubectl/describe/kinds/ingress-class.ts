import type { IngressClass } from '../../../api/types/networking.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes an ingress class. */
export function* describeIngressClass(w: DescribeWriter, request: DescribeRequest<IngressClass>): Waiting<void> {
  const { metadata, spec } = request.object;
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Controller', spec.controller ?? '');
  if (spec.parameters) {
    w.write(0, 'Parameters:\n');
    if (spec.parameters.apiGroup) w.field('APIGroup', spec.parameters.apiGroup, 1);
    w.field('Kind', spec.parameters.kind, 1);
    w.field('Name', spec.parameters.name, 1);
  }
  yield* describeEvents(w, request);
}
