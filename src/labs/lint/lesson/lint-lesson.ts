import { WORLD_NAMES } from '../../../clusters/port.js';
import type { Lab } from '../../format/lab.js';
import type { Problem } from '../../format/problem.js';
import { parseSource } from '../../format/read-lab.js';
import type { LessonFile } from '../../lesson/lesson.js';
import { asLab } from '../../lesson/lesson-lab.js';
import { runRules } from '../run-rules.js';
import { LESSON_CHECKING_RULES } from './lesson-rules.js';

/** What an author is told of a lesson that could be read; `shipped` as for labs. */
export function lintLesson({ file }: Lab, lesson: LessonFile, source: string, shipped: boolean): Problem[] {
  const parsed = parseSource(file, source);
  const positions = 'problems' in parsed ? new Map<string, number>() : parsed.positions;
  const { content, place } = asLab(lesson);
  return runRules(LESSON_CHECKING_RULES, { file, content, positions, place, worlds: WORLD_NAMES }, shipped);
}
