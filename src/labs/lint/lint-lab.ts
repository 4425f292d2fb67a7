import { WORLD_NAMES } from '../../clusters/port.js';
import type { Lab } from '../format/lab.js';
import type { Problem } from '../format/problem.js';
import { parseSource } from '../format/read-lab.js';
import { CHECKING_RULES } from './checking/register.js';
import { lintLesson } from './lesson/lint-lesson.js';
import { runRules } from './run-rules.js';

/**
 * What an author is told of a lab that could be read. `source` is the text of its file; `shipped` is a lab of the
 * program's own content, where some warnings are errors.
 */
export function lintLab(lab: Lab, source: string, shipped: boolean): Problem[] {
  const { file, content, lesson } = lab;
  if (lesson) return lintLesson(lab, lesson, source, shipped);
  const parsed = parseSource(file, source);
  const positions = 'problems' in parsed ? new Map<string, number>() : parsed.positions;
  return runRules(CHECKING_RULES, { file, content, positions, worlds: WORLD_NAMES }, shipped);
}
