/** Lines of an audit log as they are compared: without what is drawn or depends on the moment. */

/** One line of the log. */
export type Event = Record<string, unknown>;

/** What is recorded for one request. */
export interface Row {
  readonly id: string;
  readonly events: readonly Event[];
}

const MASKED: Readonly<Record<string, unknown>> = {
  requestReceivedTimestamp: 'TIME',
  stageTimestamp: 'TIME',
  resourceVersion: 'VERSION',
  continue: 'TOKEN',
};

/** Masks times, versions, ids and drawn names; keys stay in their order. */
export function maskedEvent(value: unknown, key = ''): unknown {
  if (key === 'sourceIPs') return (value as string[]).map((ip) => (/^(127|10\.0)/.test(ip) ? 'PEER' : ip));
  if (key in MASKED && typeof value === 'string') return MASKED[key];
  if (typeof value === 'string') {
    return value
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
      .replace(/drawn-[a-z0-9]{5}/g, 'drawn-XXXXX');
  }
  if (Array.isArray(value)) return value.map((one) => maskedEvent(one));
  if (typeof value !== 'object' || value === null) return value;
  if ('columnDefinitions' in value) return { kind: 'Table' };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedEvent(inner, name)]));
}

/** The header by which a request's events are found. */
export function auditIdOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9]+/g, '-');
}
