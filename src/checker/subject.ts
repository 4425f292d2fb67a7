import type { Capability, Cluster } from '../clusters/port.js';
import type { Baseline, BaselineReference } from './baseline.js';
import type { Verdict } from './condition.js';
import type { TaskPlace } from './needs/host-needs.js';
import type { ObjectReader } from './objects.js';
import type { ProbePods } from './probe-pods.js';
import type { Subject } from './rubric.js';
import type { Schema } from './schema/words.js';

/** What a check is given: the cluster that is graded, and what was noted of it when the task began. */
export interface CheckContext {
  readonly cluster: Cluster;
  readonly objects: ObjectReader;
  readonly probes: ProbePods;
  readonly baseline: Baseline;
  /** A host's name in this world, given its base name. */
  host(base: string): string;
  /** What a subject's kind noted before the check acted; undefined where it did not act. */
  noted(subject: Subject): unknown;
  /** Judges a part of a group. */
  judge(subject: Subject): Promise<Verdict>;
}

/** What can be wrong with a subject that its schema allows, by the name that a lab's problem has. */
export type SubjectRule = 'condition-status' | 'senseless-check' | 'two-conditions' | 'unread-field' | 'wrong-pattern';

/** Tells what is wrong in a lab's file, by the field's path (`spec/checks/0/jsonpath`); `senseless-check` when no rule is named. */
export type Report = (path: string, message: string, rule?: SubjectRule) => void;

/** What a check does to the cluster in order to look. */
export type Touch = 'probes' | 'acts';

/** A kind of check: how a subject of it is written, what it needs, and how it is judged. */
export interface CheckKind<S = Subject> {
  /** The field by which it is known. */
  readonly field: string;
  /** Of what stands behind the field. */
  readonly schema: Schema;
  /** Fields that may stand beside it, with their schemas. */
  readonly beside?: Readonly<Record<string, Schema>>;
  /**
   * What it does to the cluster in order to look, and so when it is judged: nothing (the first), it makes pods of its own
   * and takes them away (`probes`, after those), or whatever a learner's script does (`acts`, on a copy).
   */
  readonly touches?: Touch | ((subject: S) => Touch);
  /** What a cluster must be able to do, so that it can be judged where the task is done; that it acts is known anyway. */
  needs?(subject: S, place: TaskPlace): readonly Capability[];
  /** For how many seconds of the cluster's time it may have to wait for answers while it looks; hardly any when left out. */
  waits?(subject: S): number;
  /** What no schema can say of it. */
  lint?(subject: S, path: string, report: Report): void;
  /** The subjects a group is made of, with the path of each below the group's. */
  parts?(subject: S): readonly { readonly path: string; readonly subject: Subject }[];
  /** What must be noted when the task begins. */
  references?(subject: S): readonly BaselineReference[];
  /** What is noted right before the check's own acting (`before`), and given to `judge` in the context. */
  note?(subject: S, context: CheckContext): Promise<unknown>;
  judge(subject: S, context: CheckContext): Promise<Verdict>;
}
