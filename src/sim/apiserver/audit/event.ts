import { goJson, goQuote } from '../../api/go-text.js';
import type { Status } from '../../api/status.js';
import { formatMicroTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import type { Level, Stage } from './policy.js';

/** What is known of a request so far. */
export interface AuditEvent {
  readonly level: Level;
  readonly auditID: string;
  readonly requestURI: string;
  readonly verb: string;
  readonly user: UserInfo | undefined;
  readonly sourceIPs: readonly string[];
  readonly userAgent: string;
  readonly received: Micros;
  impersonated: UserInfo | undefined;
  /** Which right let somebody act for another. */
  constraint: string | undefined;
  objectRef: ObjectRef | undefined;
  responseStatus: Partial<Status> | undefined;
  requestObject: unknown;
  responseObject: unknown;
  readonly annotations: Record<string, string>;
}

/** What a request is about; fields that are empty are left out. */
export type ObjectRef = Partial<
  Record<
    'resource' | 'namespace' | 'name' | 'uid' | 'apiGroup' | 'apiVersion' | 'resourceVersion' | 'subresource',
    string
  >
>;

const REF_ORDER = [
  'resource',
  'namespace',
  'name',
  'uid',
  'apiGroup',
  'apiVersion',
  'resourceVersion',
  'subresource',
] as const;

/** What a request says of its object before anybody has read the object. */
export function refOf(info: RequestInfo): ObjectRef | undefined {
  if (!info.isResource) return undefined;
  const { resource, namespace, name, group: apiGroup, version: apiVersion, subresource } = info;
  return { resource, namespace, name, apiGroup, apiVersion, subresource };
}

/** One line of JSON, its fields in the order of the Go struct. */
export function jsonLine(event: AuditEvent, stage: Stage, at: Micros): string {
  const { impersonated, objectRef, responseStatus, requestObject, responseObject, annotations } = event;
  const keys = Object.keys(annotations).sort();
  return `${goJson({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: event.level,
    auditID: event.auditID,
    stage,
    requestURI: event.requestURI,
    verb: event.verb,
    user: userOf(event.user),
    ...(impersonated ? { impersonatedUser: userOf(impersonated) } : {}),
    ...(event.constraint ? { authenticationMetadata: { impersonationConstraint: event.constraint } } : {}),
    ...(event.sourceIPs.length > 0 ? { sourceIPs: event.sourceIPs } : {}),
    ...(event.userAgent === '' ? {} : { userAgent: event.userAgent }),
    ...(objectRef ? { objectRef: ordered(objectRef) } : {}),
    ...(responseStatus ? { responseStatus: statusOf(responseStatus) } : {}),
    ...(requestObject === undefined ? {} : { requestObject }),
    ...(responseObject === undefined ? {} : { responseObject }),
    requestReceivedTimestamp: formatMicroTime(event.received),
    stageTimestamp: formatMicroTime(at),
    ...(keys.length > 0 ? { annotations: Object.fromEntries(keys.map((key) => [key, annotations[key]])) } : {}),
  })}\n`;
}

/** One line of the old format. */
export function legacyLine(event: AuditEvent, stage: Stage): string {
  const { user, impersonated, responseStatus } = event;
  const list = (groups: readonly string[]): string => groups.map(goQuote).join(',');
  const named = user !== undefined && user.name !== '';
  const fields: readonly (readonly [name: string, value: string])[] = [
    ['id', event.auditID],
    ['stage', stage],
    ['ip', event.sourceIPs[0] ?? '<unknown>'],
    ['method', event.verb],
    ['user', named ? user.name : '<none>'],
    ['groups', named && user.groups.length > 0 ? list(user.groups) : '<none>'],
    ['as', impersonated ? impersonated.name : '<self>'],
    ['asgroups', impersonated ? list(impersonated.groups) : '<lookup>'],
    ['user-agent', event.userAgent],
    ['namespace', event.objectRef?.namespace || '<none>'],
    ['uri', event.requestURI],
    ['response', responseStatus ? String(responseStatus.code ?? 0) : '<deferred>'],
  ];
  const time = formatMicroTime(event.received).replace(/\.?0+Z$/, 'Z');
  return `${time} AUDIT: ${fields.map(([name, value]) => `${name}=${goQuote(value)}`).join(' ')}\n`;
}

function userOf(user: UserInfo | undefined): object {
  const { name, uid, groups = [], extra = {} } = user ?? { name: '' };
  return {
    ...(name ? { username: name } : {}),
    ...(uid ? { uid } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

function ordered(ref: ObjectRef): object {
  return Object.fromEntries(REF_ORDER.flatMap((key) => (ref[key] ? [[key, ref[key]]] : [])));
}

function statusOf({ status, message, reason, details, code }: Partial<Status>): object {
  return {
    metadata: {},
    ...(status ? { status } : {}),
    ...(message ? { message } : {}),
    ...(reason ? { reason } : {}),
    ...(details ? { details } : {}),
    ...(code ? { code } : {}),
  };
}
