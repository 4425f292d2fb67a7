/** What is checked of events: little for those of core/v1, all of it for those that come by events.k8s.io/v1. */
import { type FieldError, invalid, required } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { dns1123Subdomain, labelKey, pathSegmentName } from '../names.js';
import { semanticEqual } from '../object.js';
import type { Event, ObjectReference } from '../types/event.js';
import { checkText, immutable, validateMeta, validateMetaUpdate } from './meta.js';

const ACTION_LENGTH_MAX = 128;
const REASON_LENGTH_MAX = 128;
const NOTE_LENGTH_MAX = 1024;
const INSTANCE_LENGTH_MAX = 128;
const UNSET = 'needs to be unset';

/** A new event of the old API. */
export function validateOldEvent(event: Event): FieldError[] {
  const errors = validateEvent(event, 'reportingComponent');
  return errors.length > 0 ? errors : validateMeta(event, true, (name) => pathSegmentName(name));
}

/** A changed event of the old API: anything may change. */
export function validateOldEventUpdate(event: Event, old: Event): FieldError[] {
  return [...validateMetaUpdate(event, old), ...validateEvent(event, 'reportingComponent')];
}

/** A new event of events.k8s.io. Paths are those of the kept form. */
export function validateNewEvent(event: Event): FieldError[] {
  const errors = [
    ...validateEvent(event, 'reportingController'),
    ...validateMeta(event, true),
    ...validateSeries(event),
  ];
  if (!event.eventTime) errors.push(required('eventTime'));
  const { type = '', source } = event;
  if (type !== 'Normal' && type !== 'Warning') errors.push(invalid('type', '', `has invalid value: ${type}`));
  for (const field of ['firstTimestamp', 'lastTimestamp', 'count'] as const) {
    if (event[field]) errors.push(invalid(field, '', UNSET));
  }
  if (source?.component || source?.host) errors.push(invalid('source', '', UNSET));
  return errors;
}

/** A changed event of events.k8s.io: only the series goes on. */
export function validateNewEventUpdate(event: Event, old: Event): FieldError[] {
  const errors = [...validateMetaUpdate(event, old), ...validateEvent(event, 'reportingController')];
  if (!semanticEqual(event.series, old.series)) errors.push(...validateSeries(event));
  const reference = (field: 'involvedObject' | 'related') =>
    semanticEqual(event[field], old[field]) ? [] : immutable(field, internalReference(event[field]), old[field]);
  const fixed = (field: keyof Event & string, path = field) =>
    semanticEqual(event[field] || undefined, old[field] || undefined)
      ? []
      : immutable(path, event[field] ?? (field.endsWith('Timestamp') ? null : ''), old[field]);
  const source = (of: Event) => ({ Component: of.source?.component ?? '', Host: of.source?.host ?? '' });
  return [
    ...errors,
    ...reference('involvedObject'),
    ...fixed('reason'),
    ...fixed('message'),
    ...immutable('source', source(event), source(old)),
    ...fixed('firstTimestamp'),
    ...fixed('lastTimestamp'),
    ...immutable('count', event.count ?? 0, old.count ?? 0),
    ...fixed('reason'),
    ...fixed('type'),
    ...immutable('eventTime', event.eventTime ?? null, old.eventTime ?? null),
    ...fixed('action'),
    ...reference('related'),
    ...fixed('reportingComponent', 'reportingController'),
    ...fixed('reportingInstance'),
  ];
}

/** A reference as messages print it: the server's own form, whose fields have no JSON names. */
function internalReference(reference: ObjectReference | undefined): object | null {
  if (!reference) return null;
  const { kind = '', namespace = '', name = '', uid = '', apiVersion = '', resourceVersion = '' } = reference;
  return {
    Kind: kind,
    Namespace: namespace,
    Name: name,
    UID: uid,
    APIVersion: apiVersion,
    ResourceVersion: resourceVersion,
    FieldPath: reference.fieldPath ?? '',
  };
}

function validateSeries({ series }: Event): FieldError[] {
  if (!series) return [];
  const errors = (series.count ?? 0) < 2 ? [invalid('series.count', '', 'should be at least 2')] : [];
  return series.lastObservedTime ? errors : [...errors, required('series.lastObservedTime')];
}

/** Where the event is, and what one with a time of its own has to say. */
function validateEvent(event: Event, controllerField: string): FieldError[] {
  const errors = [...validatePlace(event), ...(event.eventTime ? validateReport(event, controllerField) : [])];
  return [...errors, ...checkText('namespace', event.metadata.namespace ?? '', dns1123Subdomain)];
}

function validatePlace({ metadata, involvedObject, eventTime }: Event): FieldError[] {
  const { namespace = '' } = metadata;
  const about = involvedObject?.namespace ?? '';
  const mismatch = [invalid('involvedObject.namespace', about, 'does not match event.namespace')];
  if (about === '') {
    const allowed = eventTime ? ['default', 'kube-system'] : ['', 'default'];
    return allowed.includes(namespace) ? [] : mismatch;
  }
  return eventTime || namespace === about ? [] : mismatch;
}

function validateReport(event: Event, controllerField: string): FieldError[] {
  const { reportingComponent = '', reportingInstance = '', action = '', reason = '', message = '' } = event;
  const errors: FieldError[] = reportingComponent ? [] : [required(controllerField)];
  errors.push(...checkText(controllerField, reportingComponent, labelKey));
  const limits: [string, string, number, boolean][] = [
    ['reportingInstance', reportingInstance, INSTANCE_LENGTH_MAX, true],
    ['action', action, ACTION_LENGTH_MAX, true],
    ['reason', reason, REASON_LENGTH_MAX, true],
    ['message', message, NOTE_LENGTH_MAX, false],
  ];
  for (const [field, value, limit, needed] of limits) {
    if (needed && !value) errors.push(required(field));
    if (utf8Length(value) > limit) errors.push(invalid(field, '', `can have at most ${limit} characters`));
  }
  return errors;
}
