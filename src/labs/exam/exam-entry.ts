import type { Certification } from '../format/lab.js';
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
  readonly tasks: readonly (ExamTask & {
    /** Of the lab's file. */
    readonly content: string;
  })[];
  /** Real time, ISO 8601. */
  readonly started: string;
}

/** How an exam ended: by the candidate, or because its time was over. */
export type Ending = 'finished' | 'time';

/** What happened in an exam beside its terminals. `at` is the exam's own clock in milliseconds. */
export type ExamEvent =
  /** Time passed up to here. */
  | { readonly clock: true }
  /** A task is in front now. */
  | { readonly opened: number }
  | { readonly flag: number; readonly on: boolean }
  /** The whole notepad as it is now. */
  | { readonly notes: string }
  | { readonly ended: Ending };

/** A line after the header; `n` counts from 1. */
export type ExamEntry = ExamEvent & { readonly n: number; readonly at: number };
