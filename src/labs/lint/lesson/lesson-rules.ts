import type { LessonFile } from '../../lesson/lesson.js';
import { completeness } from '../checking/completeness.js';
import { exam } from '../checking/exam.js';
import { jsonPaths } from '../checking/json-paths.js';
import { markup } from '../checking/markup.js';
import { scripts } from '../checking/scripts.js';
import { world } from '../checking/world.js';
import { READING_RULES } from '../reading/register.js';
import type { FileRule, LabRule, Linted } from '../rule.js';
import { steps } from './steps.js';

/** A rule about what a lesson says. */
export type LessonRule = FileRule<Linted<LessonFile>>;

/** What every lesson is held to whenever it is read, beside what labs are. */
export const LESSON_READING_RULES: readonly LessonRule[] = steps;

/** What labs are held to whenever they are read, but that parts of a solution have ids of their own: steps have. */
export const READ_AS_LABS: readonly LabRule[] = READING_RULES.filter(({ name }) => name !== 'twin-part');

/** What labs are held to by their author's check, as far as lessons are too. */
export const LESSON_CHECKING_RULES: readonly LabRule[] = [
  ...completeness.filter(({ name }) => name === 'no-reads'),
  ...exam,
  ...jsonPaths,
  ...markup,
  ...scripts,
  ...world,
];
