/** Flags with which kube-apiserver does not start, or does, and the files that they name. */
import { ACCESS_CASES } from './access-cases.js';
import { ENCRYPTION_CASES } from './encryption-cases.js';
import { SERVING_CASES } from './serving-cases.js';

/** One start: `FOLDER` in flags stands for the folder of its files. */
export interface FlagCase {
  readonly id: string;
  readonly flags: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

/** Every start, in the order in which it is recorded. */
export const FLAG_CASES: readonly FlagCase[] = [...ENCRYPTION_CASES, ...ACCESS_CASES, ...SERVING_CASES];
