import { AWK } from './awk.js';
import { FILES } from './files.js';
import { PATTERNS } from './patterns.js';
import { TEXT } from './text.js';
import { TOOLS } from './tools.js';

/** The tables of command lines, by the name of their recording. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  awk: AWK,
  files: FILES,
  patterns: PATTERNS,
  text: TEXT,
  tools: TOOLS,
};
