import { inFieldOrder } from '../../api/field-order.js';
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import { settleEmpties } from '../../api/stored-empties.js';
import { decodeText } from '../../kernel/bytes.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Random } from '../../kernel/random.js';
import type { Micros } from '../../kernel/time.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import { inWireOrder } from '../respond/write-object.js';
import { fromStored, type ServedKind, toStored } from '../served-kind.js';
import { randomUid } from '../storage/names.js';
import { type AuditEvent, jsonLine, legacyLine, refOf } from './event.js';
import type { AuditDecision, AuditPolicy, Level, Stage } from './policy.js';
import type { AuditLog, AuditTrail, Opening } from './trail.js';

const AGENT_MAX = 1024;
const STREAMING_VERBS: readonly string[] = ['watch', 'proxy'];
const STREAMING_SUBRESOURCES: readonly string[] = ['attach', 'exec', 'proxy', 'log', 'portforward'];
const DEPTHS: Readonly<Record<Level, number>> = { None: 0, Metadata: 1, Request: 2, RequestResponse: 3 };

/** What a log needs. */
export interface AuditParts {
  readonly policy: AuditPolicy;
  readonly format: 'json' | 'legacy';
  readonly now: () => Micros;
  readonly random: Random;
  readonly write: (line: string) => void;
}

/** The log of a server: a line for each stage of each request that the policy wants. */
export function auditLog(parts: AuditParts): AuditLog {
  return {
    open(request, opening) {
      const decision = parts.policy.decide(opening.user, opening.info);
      if (decision.level === 'None') return undefined;
      const trail = new Trail(parts, decision, request, opening);
      trail.process('RequestReceived');
      return trail;
    },
    refused(request, opening, status) {
      const nobody: UserInfo = { name: '', groups: [] };
      const decision = parts.policy.decide(nobody, opening.info);
      if (decision.level === 'None') return;
      const trail = new Trail(parts, decision, request, { ...opening, user: nobody });
      trail.answered(status);
      trail.process('ResponseStarted');
    },
  };
}

class Trail implements AuditTrail {
  private readonly event: AuditEvent;
  private readonly streams: boolean;

  constructor(
    private readonly parts: AuditParts,
    private readonly decision: AuditDecision,
    request: HttpRequest,
    { user, info, address, now }: Opening,
  ) {
    this.streams = isStreaming(info);
    const agent = request.headers['user-agent'] ?? '';
    this.event = {
      level: decision.level,
      auditID: request.headers['audit-id'] || randomUid(parts.random),
      requestURI: request.target,
      verb: info.verb,
      user,
      sourceIPs: sourcesOf(request, address),
      userAgent: agent.length > AGENT_MAX ? `${agent.slice(0, AGENT_MAX)}...TRUNCATED` : agent,
      received: now,
      impersonated: undefined,
      constraint: undefined,
      objectRef: refOf(info),
      responseStatus: undefined,
      requestObject: undefined,
      responseObject: undefined,
      annotations: {},
    };
  }

  readonly annotate = (key: string, value: string): void => {
    this.event.annotations[key] ??= value;
  };

  impersonated(user: UserInfo, constraint: string | undefined): void {
    this.event.impersonated = user;
    this.event.constraint = constraint;
  }

  sentObject(kind: ServedKind, object: KubeObject): void {
    this.refer(object);
    if (!this.reaches('Request')) return;
    const stored = toStored(kind, deepCopy(object));
    settleEmpties(stored);
    this.event.requestObject = this.shown(fromStored(kind, stored));
  }

  sent(object: object, apiVersion?: string): void {
    this.refer(object as KubeObject);
    if (!this.reaches('Request')) return;
    const { kind, ...rest } = object as KubeObject;
    this.event.requestObject = this.shown({ kind, ...rest, ...(apiVersion === undefined ? {} : { apiVersion }) });
  }

  sentPatch({ body, object }: HttpRequest): void {
    if (!this.reaches('Request')) return;
    if (object !== undefined) this.event.requestObject = object;
    else this.event.requestObject = readPatchText(body === undefined ? '' : decodeText(body));
  }

  answered(object: object): void {
    const { kind, apiVersion } = object as Partial<KubeObject>;
    if (kind === 'Status' && apiVersion === 'v1') this.event.responseStatus = { ...(object as Status) };
    if (this.reaches('RequestResponse')) this.event.responseObject = this.shown(object);
  }

  complete(response: HttpResponse): HttpResponse {
    const headers = { ...response.headers, 'audit-id': this.event.auditID };
    this.event.responseStatus = { ...this.event.responseStatus, code: response.status };
    if (this.streams) this.process('ResponseStarted');
    const channel = response.stream?.items ?? response.upgrade;
    if (!channel || channel.closed) this.process('ResponseComplete');
    else channel.whenClosed(() => this.process('ResponseComplete'));
    return { ...response, headers };
  }

  panicked(error: unknown): void {
    const message = `APIServer panic'd: ${(error as Error).message}`;
    this.event.responseStatus = { status: 'Failure', message, reason: 'InternalError', code: 500 };
    this.process('Panic');
  }

  process(stage: Stage): void {
    if (this.decision.omitStages.includes(stage)) return;
    const { format, write, now } = this.parts;
    if (format === 'json' && this.event.requestObject === UNWRITABLE) return;
    const at = stage === 'RequestReceived' ? this.event.received : now();
    write(format === 'legacy' ? legacyLine(this.event, stage) : jsonLine(this.event, stage, at));
  }

  private reaches(level: Level): boolean {
    return DEPTHS[this.decision.level] >= DEPTHS[level];
  }

  /** What the object itself says of itself, where the request did not. */
  private refer({ metadata }: Partial<KubeObject>): void {
    const ref = this.event.objectRef;
    if (!ref || !isJsonObject(metadata)) return;
    for (const field of ['namespace', 'name', 'uid', 'resourceVersion'] as const) {
      if (!ref[field] && typeof metadata[field] === 'string') ref[field] = metadata[field] as string;
    }
  }

  private shown(object: object): object {
    const ordered = inWireOrder(inFieldOrder(object as JsonObject));
    return this.decision.omitManagedFields ? withoutManagers(ordered) : ordered;
  }
}

/** A patch that is no JSON cannot be written into a line: the real server loses such events, too. */
const UNWRITABLE = Symbol('a patch that is no JSON');

function readPatchText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return UNWRITABLE;
  }
}

/** Requests that are told when they begin to be answered as well as when that ends. */
function isStreaming({ isResource, verb, subresource, path }: RequestInfo): boolean {
  if (!isResource) return path.startsWith('/debug/pprof/');
  return STREAMING_VERBS.includes(verb) || STREAMING_SUBRESOURCES.includes(subresource);
}

/** Where a request comes from: what proxies say, then who is at the other end. */
function sourcesOf({ headers }: HttpRequest, address: string): string[] {
  const forwarded = (headers['x-forwarded-for'] ?? '').split(',').map((one) => one.trim());
  const said = [...forwarded, (headers['x-real-ip'] ?? '').trim()].filter(isAddress);
  const real = headers['x-real-ip']?.trim();
  const all = real !== undefined && forwarded.includes(real) ? said.slice(0, -1) : said;
  return all.at(-1) === address ? all : [...all, address];
}

function isAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-fA-F]*:[0-9a-fA-F:.]*$/.test(text);
}

function withoutManagers(object: object): object {
  const { metadata, items } = object as { metadata?: object; items?: unknown };
  const copy = { ...object } as { metadata?: object; items?: unknown };
  if (isJsonObject(metadata) && 'managedFields' in metadata) {
    const { managedFields: _managers, ...rest } = metadata;
    copy.metadata = rest;
  }
  if (Array.isArray(items)) copy.items = items.map((item) => (isJsonObject(item) ? withoutManagers(item) : item));
  return copy;
}
