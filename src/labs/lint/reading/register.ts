import type { LabRule } from '../rule.js';
import { names } from './names.js';
import { placeholders } from './placeholders.js';
import { rubric } from './rubric.js';
import { subjects } from './subjects.js';
import { twins } from './twins.js';
import { values } from './values.js';

/** What every lab is held to whenever it is read: what could not be played or graded otherwise. Cheap, so that a start is quick. */
export const READING_RULES: readonly LabRule[] = [
  ...names,
  ...placeholders,
  ...rubric,
  ...subjects,
  ...twins,
  ...values,
];
