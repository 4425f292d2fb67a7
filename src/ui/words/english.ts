import { EXAM } from './en/exam.js';
import { REPLAY } from './en/replay.js';

/** All that the screens say, by key; the text of the key tables stands in these. A file for each part of the screens. */
export const ENGLISH = { ...EXAM, ...REPLAY } as const;

export type English = typeof ENGLISH;
export type MessageKey = keyof English;
