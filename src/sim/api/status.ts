/** Kubernetes `Status` answers, in the words of apimachinery's api/errors. */
import { aggregateErrors, type FieldError } from './field-error.js';
import { goQuote } from './go-text.js';

/** meta/v1 StatusCause. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** meta/v1 StatusDetails; for errors about a resource, `kind` holds the plural resource name. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** meta/v1 Status. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  /** A delete that succeeds leaves it out. */
  code?: number;
}

/** A resource without its version, such as deployments in apps; the core group is ''. */
export interface GroupResource {
  group: string;
  resource: string;
}

/** An error that carries the Status a client gets to see. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(status: Status) {
    // What a server refuses is everyday life: who asked is known without a stack, which costs more than the refusal.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(status.message ?? status.reason ?? 'unknown');
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'StatusError';
    this.status = status;
  }
}

/** A resource as messages name it: `pods`, `deployments.apps`. */
function resourceName(resource: GroupResource): string {
  return resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;
}

/** A refusal by its code, reason and message; what it is about is left out where a real server names nothing. */
export function failure(code: number, reason: string, message: string, details?: StatusDetails): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  };
}

function about(resource: GroupResource, name?: string): StatusDetails {
  const details: StatusDetails = {};
  if (name) details.name = name;
  if (resource.group !== '') details.group = resource.group;
  if (resource.resource !== '') details.kind = resource.resource;
  return details;
}

/** 200: what a delete answers when it does not answer with the object. */
export function success(details?: StatusDetails): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details ? { details } : {}),
  };
}

/** 404: `pods "x" not found`. */
export function notFound(resource: GroupResource, name: string): Status {
  return failure(404, 'NotFound', `${resourceName(resource)} ${goQuote(name)} not found`, about(resource, name));
}

/** 404 for a path the server does not serve at all. */
export function notFoundPath(): Status {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 409: `pods "x" already exists`. */
export function alreadyExists(resource: GroupResource, name: string): Status {
  const message = `${resourceName(resource)} ${goQuote(name)} already exists`;
  return failure(409, 'AlreadyExists', message, about(resource, name));
}

/** 409 when no free name could be made from generateName. */
export function generateNameConflict(resource: GroupResource, name: string): Status {
  const message = `${resourceName(resource)} ${goQuote(name)} already exists, the server was not able to generate a unique name for the object`;
  return failure(409, 'AlreadyExists', message, { ...about(resource, name), retryAfterSeconds: 1 });
}

/** The words of a lost race on resourceVersion. */
const OBJECT_MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

/** 409: `Operation cannot be fulfilled on pods "x": …`. */
export function conflict(resource: GroupResource, name: string, why: string = OBJECT_MODIFIED): Status {
  const message = `Operation cannot be fulfilled on ${resourceName(resource)} ${goQuote(name)}: ${why}`;
  return failure(409, 'Conflict', message, about(resource, name));
}

/** 422: `Deployment.apps "x" is invalid: …` with one cause a field. */
export function invalidObject(group: string, kind: string, name: string, errors: readonly FieldError[]): Status {
  const qualified = group === '' ? kind : `${kind}.${group}`;
  const detail = errors.length > 0 ? `: ${aggregateErrors(errors)}` : '';
  const details: StatusDetails = {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    causes: errors.map((error) => ({ reason: error.type, message: error.body, field: error.field })),
  };
  return failure(422, 'Invalid', `${qualified} ${goQuote(name)} is invalid${detail}`, details);
}

/** 403: `pods "x" is forbidden: …`. */
export function forbiddenRequest(resource: GroupResource, name: string, why: string): Status {
  const what =
    resource.resource === '' ? 'forbidden' : `${resourceName(resource)}${name ? ` ${goQuote(name)}` : ''} is forbidden`;
  return failure(403, 'Forbidden', `${what}: ${why}`, about(resource, name));
}

/** 400. */
export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message);
}

/** 401; the server always answers with the single word. */
export function unauthorized(message = 'Unauthorized'): Status {
  return failure(401, 'Unauthorized', message);
}

/** 405: `create is not supported on resources of kind "nodes"`. */
export function methodNotSupported(resource: GroupResource, action: string): Status {
  const message = `${action} is not supported on resources of kind ${goQuote(resourceName(resource))}`;
  return failure(405, 'MethodNotAllowed', message, about(resource));
}

/** 405 for a verb a path does not know. */
export function methodNotAllowed(): Status {
  return failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** 406 with the media types that would do. */
export function notAcceptable(accepted: readonly string[]): Status {
  return failure(406, 'NotAcceptable', `only the following media types are accepted: ${accepted.join(', ')}`);
}

/** 410 Expired, for instance `too old resource version: 5 (100)`. */
export function expired(message: string): Status {
  return failure(410, 'Expired', message);
}

/** 410 for a resourceVersion the history no longer reaches. */
export function tooOldResourceVersion(requested: number, oldest: number): Status {
  return expired(`too old resource version: ${requested} (${oldest})`);
}

/** 413: `Request entity too large: limit is 3145728`. */
export function requestEntityTooLarge(message: string): Status {
  return failure(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);
}

/** 415 with the media types that would do. */
export function unsupportedMediaType(accepted: readonly string[]): Status {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return failure(415, 'UnsupportedMediaType', message);
}

/** 429 with the seconds after which to try again. */
export function tooManyRequests(message: string, retryAfterSeconds: number): Status {
  return failure(429, 'TooManyRequests', message, retryAfterSeconds ? { retryAfterSeconds } : {});
}

/** 429 of an eviction a budget does not allow. */
export function disruptionBudgetViolated(budget: string, needed: number, healthy: number): Status {
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  const cause = `The disruption budget ${budget} needs ${needed} healthy pods and has ${healthy} currently`;
  return failure(429, 'TooManyRequests', message, { causes: [{ reason: 'DisruptionBudget', message: cause }] });
}

/** 500 without a reason: an error that is none of the API's own. */
export function unnamedError(message: string): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 };
}

/** 500: `Internal error occurred: …`. */
export function internalError(why: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** 500 ServerTimeout: the operation could not be done just now. */
export function serverTimeout(resource: GroupResource, operation: string, retryAfterSeconds: number): Status {
  const message = `The ${operation} operation against ${resourceName(resource)} could not be completed at this time, please try again.`;
  const details = { ...about(resource, operation), ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
  return failure(500, 'ServerTimeout', message, details);
}

/** 504: `Timeout: …`. */
export function timeout(message: string, retryAfterSeconds = 0): Status {
  return failure(504, 'Timeout', `Timeout: ${message}`, retryAfterSeconds ? { retryAfterSeconds } : {});
}

/** Whether an error is a StatusError with this reason. */
export function hasReason(error: unknown, reason: string): error is StatusError {
  return error instanceof StatusError && error.status.reason === reason;
}

/** Whether the API said the object is not there. */
export function isNotFound(error: unknown): error is StatusError {
  return hasReason(error, 'NotFound');
}

/** Whether the API said the object is there already. */
export function isAlreadyExists(error: unknown): error is StatusError {
  return hasReason(error, 'AlreadyExists');
}

/** Whether the API said somebody else was faster. */
export function isConflict(error: unknown): error is StatusError {
  return hasReason(error, 'Conflict');
}
