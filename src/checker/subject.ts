import type { Cluster } from '../clusters/port.js';
import type { Baseline } from './baseline.js';
import type { Verdict } from './condition.js';
import type { ObjectReader } from './objects.js';
import type { ProbePods } from './probe-pods.js';
import type { Subject } from './rubric.js';

/** What a check is given: the cluster that is graded, and what was noted of it when the task began. */
export interface CheckContext {
  readonly cluster: Cluster;
  readonly objects: ObjectReader;
  readonly probes: ProbePods;
  readonly baseline: Baseline;
  /** A host's name in this world, given its base name. */
  host(base: string): string;
  /** Judges a part of a group. */
  judge(subject: Subject): Promise<Verdict>;
}

/** A kind of check: which subjects are its own, and how it judges one. */
export interface CheckKind<S extends Subject> {
  /** The field by which it is known. */
  readonly field: string;
  judge(subject: S, context: CheckContext): Promise<Verdict>;
}
