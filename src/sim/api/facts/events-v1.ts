import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/events/v1, v0.36.0. */
export const EVENTS_V1: FactPackage = {
  id: 'events.v1',
  group: 'events.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.events.v1',
  kinds: 'Event EventList',
  types: `
Event :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta: eventTime:2:M: series:3:*@EventSeries:o reportingController:4:s:o reportingInstance:5:s:o action:6:s:o reason:7:s:o regarding:8:@core.v1.ObjectReference:o related:9:*@core.v1.ObjectReference:o note:10:s:o type:11:s:o deprecatedSource:12:@core.v1.EventSource:o deprecatedFirstTimestamp:13:T:o deprecatedLastTimestamp:14:T:o deprecatedCount:15:i:o
EventList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Event:
EventSeries count:1:i: lastObservedTime:2:M:
`,
};
