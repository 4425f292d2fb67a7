import { PATTERNS } from './patterns.js';
import { TEXT } from './text.js';

/** The tables of command lines, by the name of their recording. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  patterns: PATTERNS,
  text: TEXT,
};
