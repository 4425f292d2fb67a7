import { StatusError } from '../../api/status.js';
import { Errno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';

/** A sync that could not be finished and is worth trying again; everything else that is thrown is a bug. */
export class SyncError extends Error {}

/** Whether a sync failed for a cause in the cluster (and is retried) rather than for a bug of ours. */
export function isExpectedFailure(error: unknown): error is Error {
  return (
    error instanceof SyncError || error instanceof StatusError || error instanceof Errno || error instanceof TlsError
  );
}

/** Whether the server refused because the namespace is being deleted: trying again is useless. */
export function isNamespaceTerminating(error: unknown): boolean {
  return hasCause(error, 'NamespaceTerminating');
}

function hasCause(error: unknown, reason: string): boolean {
  if (!(error instanceof StatusError)) return false;
  return error.status.details?.causes?.some((cause) => cause.reason === reason) ?? false;
}

/** Several failures of one sync as one, worded as apimachinery's aggregate. */
export function aggregate(errors: readonly Error[]): Error | undefined {
  if (errors.length <= 1) return errors[0];
  return new SyncError(`[${[...new Set(errors.map((error) => error.message))].join(', ')}]`);
}
