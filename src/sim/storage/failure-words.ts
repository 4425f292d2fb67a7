import { StatusError } from '../api/status.js';
import { isErrno } from '../kernel/errno.js';
import { type UnprocessedError, VolumeError } from './sources.js';

/** Several reasons as one (utilerrors.NewAggregate). */
export function aggregated(reasons: readonly string[]): string {
  return reasons.length === 1 ? (reasons[0] as string) : `[${reasons.join(', ')}]`;
}

/** What is said of volumes whose sources are not known (WaitForAttachAndMount). */
export function unprocessedWords(errors: readonly UnprocessedError[], unattached: readonly string[]): string {
  const names = errors
    .map(({ volume }) => volume)
    .sort()
    .join(' ');
  const waiting = [...unattached].sort().join(' ');
  const unmounted = [...errors.map(({ volume }) => volume), ...unattached].sort().join(' ');
  const why = aggregated(errors.map(({ message }) => message));
  return `Unable to attach or mount volumes: unmounted volumes=[${unmounted}], unattached volumes=[${waiting}], failed to process volumes=[${names}]: ${why}`;
}

/** kubelet's words for what an error of the API or of a volume is; undefined for errors of ours. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof VolumeError) return error.message;
  if (error instanceof StatusError || isErrno(error)) return error.message;
  return error instanceof Error && error.constructor === Error ? error.message : undefined;
}
