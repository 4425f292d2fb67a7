import type { HttpRequest, Peer } from '../../kernel/network.js';
import type { Micros } from '../../kernel/time.js';
import type { AuditTrail } from '../audit/trail.js';
import type { ServerParts } from '../parts.js';
import type { MediaType } from './media-type.js';
import type { RequestInfo } from './request-info.js';
import type { UserInfo } from './user-info.js';

/** One request on its way through the stages. */
export interface RequestContext {
  readonly parts: ServerParts;
  readonly request: HttpRequest;
  readonly peer: Peer;
  readonly info: RequestInfo;
  readonly query: URLSearchParams;
  readonly user: UserInfo;
  readonly accept: MediaType;
  /** When the request came. */
  readonly now: Micros;
  /** Texts for `Warning` headers, in order, each once. */
  readonly warnings: Set<string>;
  /** The request's audit event; undefined when nothing is logged. */
  readonly audit?: AuditTrail | undefined;
}
