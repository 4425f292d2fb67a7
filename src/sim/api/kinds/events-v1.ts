/** events.k8s.io/v1 Event: the events of core/v1 under other names, checked more strictly. */
import { decodeKind } from '../decode.js';
import type { KubeObject } from '../object.js';
import type { Event } from '../types/event.js';
import { eventKind } from './event.js';
import { validateNewEvent, validateNewEventUpdate } from './event-rules.js';
import type { ApiKind } from './kind.js';
import { defineServedVersion } from './served-version.js';

/** What a field is called here, and what it is called in core/v1. */
const NAMES: readonly (readonly [here: string, kept: string])[] = [
  ['reportingController', 'reportingComponent'],
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];

/** Field labels that are called as in core/v1, the others by the names of this version. */
const SAME_LABELS = ['metadata.name', 'metadata.namespace', 'reason', 'type'];
const REGARDING_LABELS = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** The events of events.k8s.io. */
export const eventsV1Kind: ApiKind = defineServedVersion(eventKind, {
  group: 'events.k8s.io',
  version: 'v1',
  applyDefaults: () => {},
  toStored: (object) => renamed(object, 'v1', (name) => NAMES.find(([here]) => here === name)?.[1] ?? name),
  fromStored: (object) =>
    renamed(object, 'events.k8s.io/v1', (name) => NAMES.find(([, kept]) => kept === name)?.[0] ?? name),
  validateCreate: (object) => validateNewEvent(object as Event),
  validateUpdate: (object, old) => validateNewEventUpdate(object as Event, old as Event),
  fieldLabels: [...SAME_LABELS, 'reportingController', ...REGARDING_LABELS.map((field) => `regarding.${field}`)],
  selectableFields: (object) => {
    const kept = eventKind.selectableFields(object);
    const fields: Record<string, string> = { reportingController: kept['reportingComponent'] ?? '' };
    for (const label of SAME_LABELS) fields[label] = kept[label] ?? '';
    for (const field of REGARDING_LABELS) fields[`regarding.${field}`] = kept[`involvedObject.${field}`] ?? '';
    return fields;
  },
});

/** The event under other names, with its fields in the order of that version. */
function renamed(event: KubeObject, apiVersion: string, nameOf: (name: string) => string): KubeObject {
  const fields = Object.entries(event).map(([name, value]) => [nameOf(name), value] as const);
  const plain = { ...Object.fromEntries(fields), apiVersion };
  return decodeKind(apiVersion, 'Event', plain)?.object as KubeObject;
}
