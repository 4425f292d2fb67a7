import type { ExamRecord } from '../../../src/labs/progress/exam-record.js';
import type { HistoryFacts, LabFacts } from '../../../src/labs/progress/history-facts.js';
import { type Attempt, NO_PROGRESS, type Progress } from '../../../src/labs/progress/model.js';

/** When histories are worked out; a Tuesday. */
export const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;

/** ISO 8601 of so many days ago. */
export function daysAgo(days: number): string {
  return new Date(NOW - days * DAY).toISOString();
}

/** A lab of 7 minutes that is worth 6 points. */
export function lab(id: string, domain: string, types: readonly string[], difficulty = 2): LabFacts {
  const [certification = ''] = id.split('/');
  return { id, title: `Title of ${id}`, certification, domain, types, minutes: 7, difficulty };
}

const type = (
  id: string,
  domain: string,
): [string, HistoryFacts['types'] extends ReadonlyMap<string, infer T> ? T : never] => [
  id,
  { id, certification: id.startsWith('C') ? 'cka' : 'cks', domain, does: `Does ${id}` },
];

/** Two domains of cka with four types and five labs, one of cks with one. */
export const FACTS: HistoryFacts = {
  domains: [
    { certification: 'cka', name: 'Troubleshooting', weight: 30 },
    { certification: 'cka', name: 'Storage', weight: 10 },
    { certification: 'cks', name: 'Runtime', weight: 20 },
  ],
  types: new Map([
    type('C1', 'Troubleshooting'),
    type('C2', 'Troubleshooting'),
    type('C3', 'Storage'),
    type('C9', 'Storage'),
    type('S1', 'Runtime'),
  ]),
  labs: [
    lab('cka/dns', 'Troubleshooting', ['C1']),
    lab('cka/kubelet', 'Troubleshooting', ['C2'], 3),
    lab('cka/both', 'Troubleshooting', ['C1', 'C2'], 4),
    lab('cka/volume', 'Storage', ['C3'], 1),
    lab('cks/falco', 'Runtime', ['S1']),
  ],
};

/** A graded attempt: points of 6, in so many seconds, so many days ago. */
export function graded(name: string, points: number, ago: number, more: Partial<Attempt> = {}): Attempt {
  return {
    id: `${name.replace('/', '-')}-${ago}`,
    lab: name,
    content: 'x',
    seed: '1',
    started: daysAgo(ago),
    graded: daysAgo(ago),
    seconds: 300,
    points,
    total: 6,
    passed: points === 6,
    hints: 0,
    finished: true,
    ...more,
  };
}

/** An exam of cka with one task. */
export function examOf(percent: number, ago: number, more: Partial<ExamRecord> = {}): ExamRecord {
  return {
    id: `exam-${ago}`,
    blueprint: 'cka/mock',
    title: 'CKA mock exam',
    certification: 'cka',
    seed: '7',
    started: daysAgo(ago),
    graded: daysAgo(ago),
    minutes: 120,
    seconds: 6000,
    ending: 'finished',
    coach: false,
    interruptions: 'count',
    resumed: 0,
    percent,
    passPercent: 66,
    passed: percent >= 66,
    notes: '',
    domains: [{ name: 'Troubleshooting', weight: 30, percent }],
    tasks: [
      {
        number: 1,
        lab: 'cka/dns',
        seed: '7-1',
        domain: 'Troubleshooting',
        weight: 100,
        minutes: 7,
        opened: true,
        points: 6,
        total: 6,
        seconds: 400,
        flagged: false,
      },
    ],
    ...more,
  };
}

/** What a person's file holds. */
export function progressOf(attempts: readonly Attempt[], exams: readonly ExamRecord[] = []): Progress {
  return { ...NO_PROGRESS, attempts, exams };
}
