import type { Tree } from '../tree.js';
import { COMPOSITION } from './composition.js';
import { FILES } from './file.js';
import { GENERATORS } from './generators.js';
import { LABELS } from './labels.js';
import { NAMES } from './names.js';
import { PATCHES } from './patches.js';
import { RESOURCES } from './resources.js';

/** All trees. */
export const TREES: readonly Tree[] = [
  ...COMPOSITION,
  ...FILES,
  ...GENERATORS,
  ...LABELS,
  ...NAMES,
  ...PATCHES,
  ...RESOURCES,
];
