import type { Baseline } from '../../checker/baseline.js';
import type { Place } from '../../clusters/real/real-cluster.js';
import type { Certification } from '../format/lab.js';
import type { Ending } from '../progress/exam-record.js';
import type { ExamTask } from './draw-exam.js';

/** The version of an exam's file; one of another is kept and not continued. */
export const EXAM_VERSION = 1;

/** Whether the time counts during which kubedrill was not running or the computer slept. */
export type Interruptions = 'count' | 'pause';

/** An exam's first line: all that was settled when it began. */
export interface ExamHeader {
  readonly kubedrill: 'exam';
  readonly version: number;
  /** The program that wrote it; its tasks' journals are continued by the same one only. */
  readonly program: string;
  /** The blueprint's id: `cka/mock`. */
  readonly blueprint: string;
  readonly title: string;
  readonly certification: Certification;
  readonly seed: string;
  readonly minutes: number;
  readonly passPercent: number;
  /** The pace is shown. */
  readonly coach: boolean;
  readonly interruptions: Interruptions;
  /** The blueprint's, in the curriculum's order; the weights come to 100. */
  readonly domains: readonly { readonly name: string; readonly weight: number }[];
  readonly tasks: readonly (ExamTask & {
    /** Of the lab's file. */
    readonly content: string;
    readonly domain: string;
    /** What it should take. */
    readonly minutes: number;
    /** What it can earn. */
    readonly points: number;
  })[];
  /** Real time, ISO 8601. */
  readonly started: string;
  /** There only where all tasks share one real cluster. */
  readonly real?: RealExam;
}

/** The real cluster that the tasks of an exam share. */
export interface RealExam {
  /** As it is written after `--cluster`. */
  readonly cluster: string;
  /** What of it the tasks know; each task's answers lie in a folder of their own below those. */
  readonly place: Place;
  /** How things were when each task was handed over, in the order of the tasks. */
  readonly baselines: readonly Baseline[];
}

/** What happened in an exam beside its terminals. `at` is the exam's own clock in milliseconds. */
export type ExamEvent =
  /** Time passed up to here. */
  | { readonly clock: true }
  /** A task is in front now. */
  | { readonly opened: number }
  /** A task that was not opened yet was called by ssh from another one's base. */
  | { readonly reached: number }
  | { readonly flag: number; readonly on: boolean }
  /** The whole notepad as it is now. */
  | { readonly notes: string }
  /** It is gone on with: what passed meanwhile belongs to no task. */
  | { readonly resumed: true }
  /** It will not be gone on with where it was given up: nothing is graded then. */
  | { readonly ended: Ending | 'given-up' };

/** A line after the header; `n` counts from 1. */
export type ExamEntry = ExamEvent & { readonly n: number; readonly at: number };
