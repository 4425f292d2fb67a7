import type { EndpointSlice } from '../../../api/types/endpoints.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes an endpoint slice. */
export function* describeEndpointSlice(w: DescribeWriter, request: DescribeRequest<EndpointSlice>): Waiting<void> {
  const { metadata, addressType, endpoints } = request.object;
  const ports = request.object.ports ?? [];
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('AddressType', addressType);
  if (ports.length === 0) w.write(0, 'Ports: <unset>\n');
  else {
    w.write(0, 'Ports:\n');
    w.write(1, 'Name\tPort\tProtocol\n');
    w.write(1, '----\t----\t--------\n');
    for (const { name, port, protocol = '' } of ports)
      w.write(1, `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol}\n`);
  }
  if (!endpoints?.length) w.write(0, 'Endpoints: <none>\n');
  else {
    w.write(0, 'Endpoints:\n');
    for (const { addresses, conditions, hostname, targetRef, nodeName, zone } of endpoints) {
      w.field('- Addresses', addresses.join(', ') || '<none>', 1);
      w.write(2, 'Conditions:\n');
      w.field('Ready', conditions?.ready ?? '<unset>', 3);
      w.field('Hostname', hostname ?? '<unset>', 2);
      if (targetRef) w.field('TargetRef', `${targetRef.kind}/${targetRef.name}`, 2);
      w.field('NodeName', nodeName ?? '<unset>', 2);
      w.field('Zone', zone ?? '<unset>', 2);
    }
  }
  yield* describeEvents(w, request);
}
