import { createHash } from 'node:crypto';
import type { Lab } from '../format/lab.js';
import { HASH_DIGITS, parseSource, type ReadLab } from '../format/read-lab.js';
import { schemaProblems } from '../format/validate.js';
import { LESSON_READING_RULES, READ_AS_LABS } from '../lint/lesson/lesson-rules.js';
import { runRules } from '../lint/run-rules.js';
import { attemptId, type LessonFile } from './lesson.js';
import { asLab } from './lesson-lab.js';
import { LESSON_SCHEMA } from './schema.js';

/** A lab that is a lesson. */
export type LessonAsLab = Lab & { readonly lesson: LessonFile };

/** Reads the text of a lesson's file. `file` is the name used in problems; `worlds` are the ready-made worlds' names. */
export function readLesson(file: string, source: string, worlds: readonly string[]): ReadLab {
  const parsed = parseSource(file, source);
  if ('problems' in parsed) return { lab: undefined, problems: parsed.problems };
  const { value, positions } = parsed;
  const wrong = schemaProblems(file, value, positions, LESSON_SCHEMA);
  if (wrong.length > 0) return { lab: undefined, problems: wrong };
  const lesson = value as LessonFile;
  const { content, place } = asLab(lesson);
  const problems = [
    ...runRules(LESSON_READING_RULES, { file, content: lesson, positions }),
    ...runRules(READ_AS_LABS, { file, content, positions, worlds, place }),
  ];
  if (problems.length > 0) return { lab: undefined, problems };
  const hash = createHash('sha256').update(source).digest('hex').slice(0, HASH_DIGITS);
  const { certification } = lesson.spec;
  const lab: LessonAsLab = { id: attemptId(certification, lesson.metadata.name), file, content, hash, lesson };
  return { lab, problems: [] };
}
