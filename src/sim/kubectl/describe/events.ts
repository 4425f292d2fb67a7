import { compareText } from '../../api/go-text.js';
import { StatusError } from '../../api/status.js';
import type { Event } from '../../api/types/event.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { DescribeRequest } from './describer.js';
import { type DescribeWriter, since } from './writer.js';

const EVENTS = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

/** Whose events are looked for, when not simply the object's. */
export interface EventSearch {
  readonly uid?: string | undefined;
  /** False: of whatever kind. */
  readonly byKind?: boolean;
}

/** The table of an object's events, or that there are none. Without the right to see them, nothing. */
export function* describeEvents(w: DescribeWriter, request: DescribeRequest, search: EventSearch = {}): Waiting<void> {
  if (!request.showEvents) return;
  let events: Event[];
  try {
    events = yield* findEvents(request, search);
  } catch (error) {
    if (error instanceof StatusError) return;
    throw error;
  }
  writeEvents(w, events, request.session.now());
}

/** An object's events. */
export function* findEvents(
  { session, object }: DescribeRequest,
  { uid = object.metadata.uid, byKind = true }: EventSearch,
): Waiting<Event[]> {
  const { name = '', namespace = '' } = object.metadata;
  const terms = [`involvedObject.name=${name}`, `involvedObject.namespace=${namespace}`];
  if (byKind) terms.push(`involvedObject.kind=${object.kind}`);
  if (uid) terms.push(`involvedObject.uid=${uid}`);
  const { items } = yield* session
    .rest()
    .list<Event>(EVENTS, namespace, { fieldSelector: terms.join(','), limit: '500' });
  return [...items];
}

/** Writes events, those that were seen last at the end. */
export function writeEvents(w: DescribeWriter, events: readonly Event[], now: Micros): void {
  if (events.length === 0) return w.write(0, 'Events:\t<none>\n');
  w.flush();
  w.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  w.write(1, '----\t------\t----\t----\t-------\n');
  const sorted = [...events].sort((a, b) => compareText(a.lastTimestamp ?? '', b.lastTimestamp ?? ''));
  for (const event of sorted) {
    const source = event.source?.component || (event['reportingComponent'] as string | undefined) || '';
    const path = event.involvedObject.fieldPath;
    const message = `${path ? `${path}: ` : ''}${(event.message ?? '').trim()}`;
    w.write(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${ageText(event, now)}\t${source}\t${message}\n`);
  }
}

function ageText(event: Event, now: Micros): string {
  const first = event.eventTime ? since(event.eventTime, now) : since(event.firstTimestamp, now);
  if (event.series) return `${since(event.series.lastObservedTime, now)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${since(event.lastTimestamp, now)} (x${event.count} over ${first})` : first;
}
