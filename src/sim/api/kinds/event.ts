/** core/v1 Event; events.k8s.io shows the same objects under another shape. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import type { Event } from '../types/event.js';
import { validateOldEvent, validateOldEventUpdate } from './event-rules.js';
import { type ApiKind, column, defineKind, fieldLabelNotSupported, metadataFields, type Row } from './kind.js';

/** The strategy of events. */
export const eventKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
  shortNames: ['ev'],
  expires: true,
  createOnUpdate: true,
  validateCreate: (object) => validateOldEvent(object as Event),
  validateUpdate: (object, old) => validateOldEventUpdate(object as Event, old as Event),
  selectableFields: (object) => selectableFields(object as Event),
  fieldLabels: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
    'metadata.namespace',
    'metadata.name',
  ],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Last Seen', 'string', 0, 'core.v1.Event.lastTimestamp'),
      column('Type', 'string', 0, 'core.v1.Event.type'),
      column('Reason', 'string', 0, 'core.v1.Event.reason'),
      column('Object', 'string', 0, 'core.v1.Event.involvedObject'),
      column('Subobject', 'string', 1, 'core.v1.ObjectReference.fieldPath'),
      column('Source', 'string', 1, 'core.v1.Event.source'),
      column('Message', 'string', 0, 'core.v1.Event.message'),
      column('First Seen', 'string', 1, 'core.v1.Event.firstTimestamp'),
      column('Count', 'string', 1, 'core.v1.Event.count'),
      column('Name', 'string', 1),
    ],
    rows: (object, now) => [eventRow(object as Event, now)],
  },
});

function selectableFields(event: Event): Record<string, string> {
  const about = event.involvedObject ?? {};
  const reporter = event.reportingComponent ?? '';
  return {
    ...metadataFields(event),
    'involvedObject.kind': about.kind ?? '',
    'involvedObject.namespace': about.namespace ?? '',
    'involvedObject.name': about.name ?? '',
    'involvedObject.uid': about.uid ?? '',
    'involvedObject.apiVersion': about.apiVersion ?? '',
    'involvedObject.resourceVersion': about.resourceVersion ?? '',
    'involvedObject.fieldPath': about.fieldPath ?? '',
    reason: event.reason ?? '',
    reportingComponent: reporter,
    source: event.source?.component || reporter,
    type: event.type ?? '',
  };
}

function eventRow(event: Event, now: Micros): Row {
  const first = ageOf(event.firstTimestamp || event.eventTime, now);
  const last = event.series
    ? ageOf(event.series.lastObservedTime, now)
    : event.lastTimestamp
      ? ageOf(event.lastTimestamp, now)
      : first;
  const about = event.involvedObject ?? {};
  const kind = (about.kind ?? '').toLowerCase();
  const component = event.source?.component || event.reportingComponent || '';
  const host = event.source?.host || event.reportingInstance || '';
  return {
    cells: [
      last,
      event.type ?? '',
      event.reason ?? '',
      about.name ? `${kind}/${about.name}` : kind,
      about.fieldPath ?? '',
      host ? `${component}, ${host}` : component,
      (event.message ?? '').trim(),
      first,
      event.series ? (event.series.count ?? 0) : event.count || 1,
      event.metadata.name,
    ],
  };
}
