import type { Store } from '../../store/store.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';

/** What is asked for: a request's info, or what a review describes. */
export interface AccessRequest {
  readonly user: UserInfo;
  readonly info: Pick<
    RequestInfo,
    'isResource' | 'path' | 'verb' | 'group' | 'version' | 'namespace' | 'resource' | 'subresource' | 'name'
  >;
  /** For authorizers that look at objects; undefined while etcd is away. */
  readonly store: Store | undefined;
}

export interface Decision {
  readonly decision: 'allow' | 'deny' | 'no-opinion';
  readonly reason?: string;
}

/** One authorization mode. The first that does not say "no opinion" decides; nobody deciding denies. */
export interface Authorizer {
  readonly mode: string;
  authorize(request: AccessRequest): Decision;
}
