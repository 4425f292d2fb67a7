import { PROGRESS_VERSION, type Progress, progressOf } from './model.js';

/** The version of an archive's own form. */
const ARCHIVE_VERSION = 1;

/** Progress as it is carried from one computer to another: `kubedrill progress export`. */
export interface ProgressArchive {
  readonly kubedrill: 'progress';
  readonly version: number;
  /** The version of the program that wrote it. */
  readonly program: string;
  /** ISO 8601. */
  readonly exported: string;
  readonly progress: Progress;
}

/** An archive, or why a text is none: a clause that begins in lower case and has no full stop. */
export type ReadArchive =
  | { readonly progress: Progress; readonly exported: string | undefined; readonly refusal?: undefined }
  | { readonly progress?: undefined; readonly refusal: string };

/** An id names a file. */
const ID = /^[\w-]{1,80}$/;

/** The text of an archive. */
export function archiveText(progress: Progress, program: string, exported: string): string {
  const archive: ProgressArchive = { kubedrill: 'progress', version: ARCHIVE_VERSION, program, exported, progress };
  return `${JSON.stringify(archive, undefined, 2)}\n`;
}

/** Reads an archive, or a progress file as it lies in a home: a copy that was kept of one. */
export function readArchive(text: string): ReadArchive {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refusal: 'it is no whole JSON; perhaps it was cut off on its way' };
  }
  if (value === null || typeof value !== 'object') return { refusal: 'no progress of kubedrill stands in it' };
  const { kubedrill, version, exported, progress = value } = value as Partial<Record<keyof ProgressArchive, unknown>>;
  const isArchive = kubedrill === 'progress';
  const form = isArchive ? (progress as { readonly version?: unknown } | null)?.version : version;
  if ((isArchive && isAbove(version, ARCHIVE_VERSION)) || isAbove(form, PROGRESS_VERSION))
    return { refusal: 'a newer kubedrill wrote it; update this one' };
  const read = progressOf(isArchive ? progress : value);
  if (!read) return { refusal: isArchive ? 'the progress in it is damaged' : 'no progress of kubedrill stands in it' };
  const odd = [...read.attempts, ...read.exams].find(({ id }) => !ID.test(id));
  if (odd) return { refusal: `"${odd.id}" in it can be the name of no attempt` };
  return { progress: read, exported: typeof exported === 'string' ? exported : undefined };
}

function isAbove(version: unknown, known: number): boolean {
  return typeof version === 'number' && version > known;
}
