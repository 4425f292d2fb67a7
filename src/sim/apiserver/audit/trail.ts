import type { KubeObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import type { ServedKind } from '../served-kind.js';

/**
 * Adds an annotation to the audit event of a request, such as `pod-security.kubernetes.io/enforce-policy`: keys are
 * qualified by who says it, the first value of a key stays. Nobody has one when nothing is logged: `annotate?.(…)` then
 * does not even put its arguments together.
 */
export type Annotate = (key: string, value: string) => void;

/** What a request tells the audit log while it is answered. */
export interface AuditTrail {
  readonly annotate: Annotate;
  /** For whom somebody acts, and what let him. */
  impersonated(user: UserInfo, constraint: string | undefined): void;
  /** What was sent, as it was decoded; nothing of it is changed. */
  sentObject(kind: ServedKind, object: KubeObject): void;
  /** Something that was sent and is no object of the kind: a binding, options. */
  sent(object: object, apiVersion?: string): void;
  /** A patch as it came. */
  sentPatch(request: HttpRequest): void;
  /** The object that is answered, a Status among them. */
  answered(object: object): void;
  /** The end: whatever has not been written yet is written, for a stream when it ends. Adds the event's id. */
  complete(response: HttpResponse): HttpResponse;
  /** A handler that failed in a way that nobody has thought of. */
  panicked(error: unknown): void;
}

/** Where the events of a server go. */
export interface AuditLog {
  /** The trail of a request, or undefined when the policy wants nothing of it. */
  open(request: HttpRequest, opening: Opening): AuditTrail | undefined;
  /** A request whose sender could not be told. */
  refused(request: HttpRequest, opening: Omit<Opening, 'user'>, status: Status): void;
}

/** What is known when a request begins. */
export interface Opening {
  readonly user: UserInfo;
  readonly info: RequestInfo;
  readonly address: string;
  readonly now: number;
}
