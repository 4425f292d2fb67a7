import type { Micros } from '../../kernel/time.js';

/** What one pod was measured at. */
export interface PodMetric {
  /** When the measuring ended, and how long it took. */
  readonly timestamp: Micros;
  readonly window: Micros;
  /** In thousandths. */
  readonly value: number;
}

/** Measures by the names of pods. */
export type PodMetrics = Map<string, PodMetric>;
