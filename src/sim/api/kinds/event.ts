/** core/v1 Event; events.k8s.io shows the same objects under another shape. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { labelKey, pathSegmentName } from '../names.js';
import type { Event } from '../types/event.js';
import { type ApiKind, column, defineKind, fieldLabelNotSupported, metadataFields, type Row } from './kind.js';
import { checkText, validateMeta } from './meta.js';

const ACTION_LENGTH_MAX = 128;
const REASON_LENGTH_MAX = 128;
const NOTE_LENGTH_MAX = 1024;
const INSTANCE_LENGTH_MAX = 128;

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
  validateCreate: (object) => validateEvent(object as Event),
  validateUpdate: (object) => validateEvent(object as Event),
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

/** Events of the old API are checked for little: that they are where their object is. */
function validateEvent(event: Event): FieldError[] {
  const errors = validateMeta(event, true, (name) => pathSegmentName(name));
  const { namespace = '' } = event.metadata;
  const about = event.involvedObject?.namespace ?? '';
  const path = 'involvedObject.namespace';
  const mismatch = () => errors.push(invalid(path, about, 'does not match event.namespace'));
  if (!event.eventTime) {
    if (about === '' ? namespace !== '' && namespace !== 'default' : namespace !== about) mismatch();
    return errors;
  }
  if (about === '' && namespace !== 'default' && namespace !== 'kube-system') mismatch();
  else if (about !== '' && namespace !== about) mismatch();
  return [...errors, ...validateNewEvent(event)];
}

function validateNewEvent(event: Event): FieldError[] {
  const { reportingComponent = '', reportingInstance = '', action = '', reason = '', message = '' } = event;
  const errors: FieldError[] = reportingComponent ? [] : [required('reportingComponent')];
  errors.push(...checkText('reportingComponent', reportingComponent, labelKey));
  const limits: [string, string, number, boolean][] = [
    ['reportingInstance', reportingInstance, INSTANCE_LENGTH_MAX, true],
    ['action', action, ACTION_LENGTH_MAX, true],
    ['reason', reason, REASON_LENGTH_MAX, true],
    ['message', message, NOTE_LENGTH_MAX, false],
  ];
  for (const [field, value, limit, needed] of limits) {
    if (needed && !value) errors.push(required(field));
    if (value.length > limit) errors.push(invalid(field, '', `can have at most ${limit} characters`));
  }
  return errors;
}

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
