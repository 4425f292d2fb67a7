import type { Chart, Values } from '../chart/chart.js';

export type ReleaseStatus =
  | 'unknown'
  | 'deployed'
  | 'uninstalled'
  | 'superseded'
  | 'failed'
  | 'uninstalling'
  | 'pending-install'
  | 'pending-upgrade'
  | 'pending-rollback';

export type HookEvent =
  | 'pre-install'
  | 'post-install'
  | 'pre-delete'
  | 'post-delete'
  | 'pre-upgrade'
  | 'post-upgrade'
  | 'pre-rollback'
  | 'post-rollback'
  | 'test';

/** One hook of a release: an object that is made at an event, and waited for. */
export interface Hook {
  name: string;
  kind: string;
  path: string;
  manifest: string;
  events: HookEvent[];
  last_run: { started_at?: string; completed_at?: string; phase: string };
  weight: number;
  delete_policies: string[];
  output_log_policies: string[];
}

/** A chart as a release remembers it: without the charts in it. */
export type StoredChart = Pick<Chart, 'metadata' | 'values'> & Partial<Chart>;

/** A revision of a release. Instants are RFC 3339 with nanoseconds, as Go writes them. */
export interface Release {
  name: string;
  info: {
    first_deployed?: string;
    last_deployed?: string;
    deleted?: string;
    description?: string;
    status: ReleaseStatus;
    notes?: string;
  };
  chart: StoredChart;
  config: Values;
  manifest: string;
  hooks: Hook[];
  version: number;
  namespace: string;
  apply_method?: string;
  /** Labels of its own; helm's are not among them (but are, where it was listed). */
  labels: Readonly<Record<string, string>>;
}

/** Whether somebody is at work on it, or stopped in the middle. */
export function isPending({ info }: Release): boolean {
  return info.status.startsWith('pending-');
}

/** Newest last. */
export function byRevision(a: Release, b: Release): number {
  return a.version - b.version;
}
