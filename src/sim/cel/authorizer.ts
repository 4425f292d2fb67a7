/** Values by which an expression asks what somebody may do; the answers come from a callback. */
import { type CelType, structType } from './types.js';
import { Opaque, type Value } from './values.js';

/** What an expression asks. */
export interface AuthorizationQuestion {
  /** A service account asked about in place of the request's own user. */
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  readonly verb: string;
  /** The path, where it is no resource that is asked about. */
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
}

/** What the authorizers decided. */
export interface AuthorizationAnswer {
  readonly allowed: boolean;
  readonly reason: string;
  readonly error?: string;
}

/** Asks the authorizers. */
export type Ask = (question: AuthorizationQuestion) => AuthorizationAnswer;

/** The type of the variable `authorizer`. */
export const AUTHORIZER = structType('kubernetes.authorization.Authorizer');
/** The type of the variable `authorizer.requestResource`. */
export const RESOURCE_CHECK = structType('kubernetes.authorization.ResourceCheck');

/** A question that is being put together. */
export class AuthorizationCheck extends Opaque {
  constructor(
    readonly type: CelType,
    readonly ask: Ask,
    readonly question: Omit<AuthorizationQuestion, 'verb'>,
  ) {
    super();
  }

  equals(): boolean {
    return false;
  }
}

/** The value of the variable `authorizer`. */
export function authorizerValue(ask: Ask): Value {
  return new AuthorizationCheck(AUTHORIZER, ask, {});
}

/** The value of the variable `authorizer.requestResource`. */
export function requestResourceValue(
  ask: Ask,
  resource: Pick<AuthorizationQuestion, 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>,
): Value {
  return new AuthorizationCheck(RESOURCE_CHECK, ask, resource);
}
