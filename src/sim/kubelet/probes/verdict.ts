import type { Probe } from '../../api/types/pod.js';

export type ProbeKind = 'Liveness' | 'Readiness' | 'Startup';
/** What one probe told; `error` means it could not be made at all, and its result is thrown away. */
export type ProbeOutcome =
  | { readonly result: 'success' }
  | { readonly result: 'warning' | 'failure'; readonly output: string }
  | { readonly result: 'error'; readonly message: string };

export type ProbeResult = 'success' | 'failure';

/** How often the same result came in a row. */
export interface ProbeRun {
  readonly last: ProbeResult | undefined;
  readonly count: number;
}

export const NO_RUN: ProbeRun = { last: undefined, count: 0 };

/** Adds a result; `settled` says that its threshold is reached and the container's standing follows it. */
export function addResult(run: ProbeRun, result: ProbeResult, probe: Probe): { run: ProbeRun; settled: boolean } {
  const count = run.last === result ? run.count + 1 : 1;
  const threshold = result === 'failure' ? (probe.failureThreshold ?? 3) : (probe.successThreshold ?? 1);
  return { run: { last: result, count }, settled: count >= threshold };
}
