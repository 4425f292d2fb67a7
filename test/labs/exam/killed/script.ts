import type { ExamSession } from '../../../../src/labs/exam/exam-session.js';
import type { ExamStep } from '../exam-script.js';

/** What the killed candidate does. Done twice, each step comes to the same. */
export function scriptFor({ instances }: Pick<ExamSession, 'instances'>): ExamStep[] {
  const host = (number: number, base = 'controlplane'): string => instances[number - 1]?.hosts[base] ?? '';
  return [
    { open: 2 },
    { notes: 'begun with 2' },
    { line: `ssh ${host(2)}`, at: host(2) },
    { line: `k cordon ${host(2, 'node01')}` },
    { flag: 2 },
    { open: 1 },
    { line: 'echo on the base > note; cat note' },
    { line: `ssh ${host(3)} kubectl cordon ${host(3, 'node01')}` },
    { line: 'for i in 1 2 3 4 5; do echo $i; sleep 0.1; done' },
    { open: 3 },
    { line: `ssh ${host(3)}`, at: host(3) },
    { line: 'k get nodes' },
    { flag: 1 },
    { notes: 'the first is left' },
    { open: 2 },
    { line: 'cat note; k get nodes' },
  ];
}

/** What it must come to. */
export const SCORE = { percent: 66, points: [0, 2, 2] };

/** What a candidate tells whoever started him, a line of JSON each. */
export type Told =
  /** What was there when he sat down, again or for the first time. */
  | {
      readonly here: {
        readonly script: readonly ExamStep[];
        readonly opened: readonly number[];
        readonly flagged: readonly number[];
        readonly notes: string;
        /** What was typed into each task's terminal, by the tasks' numbers. */
        readonly typed: Readonly<Record<number, string>>;
      };
    }
  /** The step of this place has been done. */
  | { readonly done: number }
  | { readonly score: { readonly percent: number; readonly points: readonly number[] } };
