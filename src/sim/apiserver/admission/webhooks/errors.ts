import { goQuote } from '../../../api/go-text.js';
import { badRequest, type Status, StatusError } from '../../../api/status.js';

/** A webhook could not be asked, or gave no answer: what its failurePolicy is for. */
export class CallError extends Error {
  constructor(name: string, reason: string) {
    super(`failed calling webhook ${goQuote(name)}: ${reason}`);
  }
}

/** 400 for a dry run that a webhook with side effects would have to be asked about. */
export function dryRunUnsupported(name: string): StatusError {
  return new StatusError(badRequest(`admission webhook ${goQuote(name)} does not support dry run`));
}

/** What a client sees of a webhook's no: the webhook's own Status, with its name before the message. */
export function denial(name: string, given: Partial<Status> | undefined): StatusError {
  const { code = 0, status, message, reason } = given ?? {};
  const denied = `admission webhook ${goQuote(name)} denied the request`;
  const why = message ? `: ${message}` : reason ? `: ${reason}` : ' without explanation';
  return new StatusError({
    ...given,
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: status === 'Failure' || !status || status === 'Success' ? 'Failure' : status,
    message: `${denied}${why}`,
    code: code < 400 ? 400 : code,
  });
}
