import type { EndpointAddress, Endpoints } from '../../../api/types/endpoints.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes endpoints. */
export function* describeEndpoints(w: DescribeWriter, request: DescribeRequest<Endpoints>): Waiting<void> {
  const { metadata, subsets = [] } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, 'Subsets:\n');
  for (const { addresses, notReadyAddresses, ports = [] } of subsets) {
    w.field('Addresses', addressesText(addresses), 1);
    w.field('NotReadyAddresses', addressesText(notReadyAddresses), 1);
    if (ports.length > 0) {
      w.write(1, 'Ports:\n');
      w.write(2, 'Name\tPort\tProtocol\n');
      w.write(2, '----\t----\t--------\n');
      for (const { name, port, protocol = '' } of ports) w.write(2, `${name || '<unset>'}\t${port}\t${protocol}\n`);
    }
    w.write(0, '\n');
  }
  yield* describeEvents(w, request);
}

function addressesText(addresses: readonly EndpointAddress[] | undefined): string {
  return (addresses ?? []).map(({ ip }) => ip).join(',') || '<none>';
}
