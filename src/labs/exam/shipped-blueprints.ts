import { curriculum } from '../content/curriculum.js';
import { exams } from '../content/exam.js';
import { shippedFile } from '../content/shipped-file.js';
import type { Certification } from '../format/lab.js';
import { type Blueprint, readBlueprint } from './blueprint.js';

/** The exams of a certification that ship with the program: a whole one, and a shorter one for a pool that is too small. */
export interface CertificationExams {
  readonly whole: Blueprint;
  readonly shorter: Blueprint;
}

const READ = {
  cka: examsOf('cka'),
  ckad: examsOf('ckad'),
  cks: examsOf('cks'),
} as const satisfies Record<Certification, () => CertificationExams>;

/** Reads what ships, once. Throws where a file is missing or broken. */
export function shippedExams(certification: Certification): CertificationExams {
  return READ[certification]();
}

function examsOf(certification: Certification): () => CertificationExams {
  const named = (name: string): (() => Blueprint) =>
    shippedFile(`${certification}/exams/${name}.yaml`, (file, source) =>
      readBlueprint(file, source, { curriculum: curriculum(), exams: exams() }),
    );
  const whole = named('mock');
  const shorter = named('short');
  return () => ({ whole: whole(), shorter: shorter() });
}
