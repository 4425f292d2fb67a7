import { lessonName } from '../../labs/lesson/lesson.js';
import type { LessonAsLab } from '../../labs/lesson/read-lesson.js';
import { nearest } from '../../labs/nearest.js';
import { UsageError } from '../io.js';

/** What the lesson is called that a person means: its whole name, or its last part when only one has it. */
export function findLesson(given: string, lessons: readonly LessonAsLab[]): string {
  const names = lessons.map(({ id }) => lessonName(id));
  const wanted = given.replace('/lessons/', '/');
  if (names.includes(wanted)) return wanted;
  const found = names.filter((name) => name.endsWith(`/${wanted}`));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (found.length > 1) throw new UsageError(`"${given}" is the name of ${found.join(' and ')}; say which`);
  const near = nearest(wanted, [...names, ...names.map((name) => name.replace(/^.*\//, ''))]);
  const hint = near === undefined ? '`kubedrill learn` shows all lessons.' : `Did you mean ${near}?`;
  throw new UsageError(`There is no lesson "${given}". ${hint}`);
}
