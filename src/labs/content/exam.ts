import type { Certification } from '../format/lab.js';
import { type ContentFile, readContentFile } from './content-file.js';
import { EXAM_SCHEMA } from './exam-schema.js';
import { shippedFile } from './shipped-file.js';

/** What is known of a certification's exam. */
export interface ExamFacts {
  /** The certification's whole name. */
  readonly name: string;
  /** The minor version of Kubernetes that the exam runs: `1.35`. */
  readonly version: string;
  /** When somebody last looked: `2026-08-17`. */
  readonly as_of: string;
  readonly minutes: number;
  /** How many tasks the exam has, and how many one of ours. */
  readonly tasks: { readonly min: number; readonly max: number; readonly usual: number };
  readonly pass_percent: number;
  /** Addresses without `https://`; everything below them may be opened during the exam. */
  readonly sites: readonly string[];
  /** Addresses that the box beside every task links. */
  readonly quick_reference: readonly string[];
}

/** The exams by certification. */
export type Exams = Readonly<Record<Certification, ExamFacts>>;

/** Reads the text of the file of exams. `file` is the name used in problems. */
export function readExams(file: string, source: string): ContentFile<Exams> {
  const read = readContentFile<{ readonly exams: Exams }>(file, source, EXAM_SCHEMA, inconsistencies);
  return read.value ? { value: read.value.exams, problems: [] } : read;
}

/** What ships with the program, read once. Throws when its file is missing or broken. */
export const exams: () => Exams = shippedFile('exam.yaml', readExams);

/**
 * Whether an address lies below one of the sites that an exam allows: by whole parts of its path, over https, and with
 * nothing in it that another program could read as a name, a password or a way up.
 */
export function allowedAddress(address: string, { sites }: Pick<ExamFacts, 'sites'>): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return false;
  const place = `${url.hostname}${url.pathname}`;
  return sites.some((site) => place === site || place.startsWith(`${site}/`));
}

function inconsistencies({ exams: all }: { readonly exams: Exams }): { path: string; message: string }[] {
  return Object.entries(all).flatMap(([certification, facts]) => {
    const path = `exams/${certification}`;
    const { min, max, usual } = facts.tasks;
    const tasks =
      min <= usual && usual <= max
        ? []
        : [{ path: `${path}/tasks/usual`, message: `must lie between min and max, ${min} and ${max}` }];
    const links = facts.quick_reference.flatMap((address, index) =>
      allowedAddress(address, facts)
        ? []
        : [{ path: `${path}/quick_reference/${index}`, message: `${address} lies below none of the exam's sites` }],
    );
    return [...tasks, ...links];
  });
}
