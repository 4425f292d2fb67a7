import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/discovery/v1, v0.36.0. */
export const DISCOVERY_V1: FactPackage = {
  id: 'discovery.v1',
  group: 'discovery.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.discovery.v1',
  kinds: 'EndpointSlice EndpointSliceList',
  types: `
!AddressType FQDN|IPv4|IPv6
Endpoint addresses:1:[s::L=set conditions:2:@EndpointConditions:o hostname:3:*s:o targetRef:4:*@core.v1.ObjectReference:o deprecatedTopology:5:{s:o nodeName:6:*s:o zone:7:*s:o hints:8:*@EndpointHints:o
EndpointConditions ready:1:*b:o serving:2:*b:o terminating:3:*b:o
EndpointHints forZones:1:[@ForZone:o:L=atomic forNodes:2:[@ForNode:o:L=atomic
EndpointPort name:1:*s:o protocol:2:*s~v1.Protocol!:o port:3:*i:o appProtocol:4:*s:o
EndpointSlice :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o addressType:4:s~AddressType!: endpoints:2:[@Endpoint::L=atomic ports:3:[@EndpointPort::L=atomic
EndpointSliceList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@EndpointSlice:
ForNode name:1:s:
ForZone name:1:s:
`,
};
