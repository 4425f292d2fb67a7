import { CATALOGUE } from './en/catalogue.js';
import { EXAM } from './en/exam.js';
import { GENERAL } from './en/general.js';
import { KEYS } from './en/keys.js';
import { LAB } from './en/lab.js';
import { LEARN } from './en/learn.js';
import { LINEAR } from './en/linear.js';
import { PRACTICE } from './en/practice.js';
import { PROGRESS } from './en/progress.js';
import { REAL } from './en/real.js';
import { REPLAY } from './en/replay.js';
import { TIMES } from './en/times.js';
import { TOLD } from './en/told.js';

/** All that the screens say, by key; the text of the key tables stands in these. A file for each part of the screens. */
export const ENGLISH = {
  ...GENERAL,
  ...CATALOGUE,
  ...LAB,
  ...EXAM,
  ...PRACTICE,
  ...REAL,
  ...REPLAY,
  ...LEARN,
  ...LINEAR,
  ...PROGRESS,
  ...TIMES,
  ...TOLD,
  ...KEYS,
} as const;

export type English = typeof ENGLISH;
export type MessageKey = keyof English;
