/** How an exam ended: by the candidate, or because its time was over. */
export type Ending = 'finished' | 'time';

/** A task of an exam that is over. */
export interface ExamTaskRecord {
  /** From 1. Its attempt's id is that of the exam, a dash and this. */
  readonly number: number;
  /** The lab's id. */
  readonly lab: string;
  readonly seed: string;
  readonly domain: string;
  /** Per cent of the exam. */
  readonly weight: number;
  /** What the task should take. */
  readonly minutes: number;
  /** False: it was never opened, and has earned nothing. */
  readonly opened: boolean;
  readonly points: number;
  readonly total: number;
  /** How long it was in front, of the exam's clock. */
  readonly seconds: number;
  readonly flagged: boolean;
}

/** What an exam earned in a domain. */
export interface ExamDomainRecord {
  readonly name: string;
  /** What the blueprint gives it, in per cent of the exam. */
  readonly weight: number;
  /** What its tasks earned of their own weight, in whole per cent rounded down; undefined where no task was asked. */
  readonly percent: number | undefined;
}

/** An exam that is over. */
export interface ExamRecord {
  /** Names its file too. */
  readonly id: string;
  /** The blueprint's id: `cka/mock`. */
  readonly blueprint: string;
  readonly title: string;
  readonly certification: string;
  readonly seed: string;
  /** The real cluster that its tasks shared, as it is written after `--cluster`; without it, they were simulated. */
  readonly cluster?: string;
  /** ISO 8601. */
  readonly started: string;
  /** When it was graded. ISO 8601. */
  readonly graded: string;
  /** What was given. */
  readonly minutes: number;
  /** What was taken, of the exam's clock. */
  readonly seconds: number;
  readonly ending: Ending;
  /** The pace was shown. */
  readonly coach: boolean;
  /** Whether the clock ran on while kubedrill did not. */
  readonly interruptions: 'count' | 'pause';
  /** How often it was gone on with. */
  readonly resumed: number;
  /** Of the exam, in whole per cent rounded down: nobody passes by rounding. */
  readonly percent: number;
  readonly passPercent: number;
  readonly passed: boolean;
  /** The notepad as it was left. */
  readonly notes: string;
  readonly domains: readonly ExamDomainRecord[];
  readonly tasks: readonly ExamTaskRecord[];
}

const TEXTS = ['id', 'blueprint', 'certification', 'seed', 'started', 'graded', 'ending'] as const;
const NUMBERS = ['minutes', 'seconds', 'percent', 'passPercent'] as const;

/** Whether a value read from a file is an exam as far as it is relied on. */
export function isExamRecord(value: unknown): value is ExamRecord {
  if (!isRecord(value)) return false;
  const { passed, domains, tasks } = value;
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    NUMBERS.every((name) => typeof value[name] === 'number') &&
    typeof passed === 'boolean' &&
    Array.isArray(domains) &&
    domains.every((domain) => isRecord(domain) && typeof domain['name'] === 'string') &&
    Array.isArray(tasks) &&
    tasks.every(isTask)
  );
}

function isTask(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const numbers = ['number', 'weight', 'points', 'total', 'seconds'].every((name) => typeof value[name] === 'number');
  return numbers && typeof value['lab'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}

/** Ids of the labs that a certification's last exams asked, by when they began. */
export function recentTasks(exams: readonly ExamRecord[], certification: string, last = 2): ReadonlySet<string> {
  const recent = exams
    .filter((exam) => exam.certification === certification)
    .sort((one, other) => (one.started < other.started ? 1 : -1))
    .slice(0, last);
  return new Set(recent.flatMap(({ tasks }) => tasks.map(({ lab }) => lab)));
}
