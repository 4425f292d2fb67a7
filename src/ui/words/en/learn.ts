/** Lessons and cards. */
export const LEARN = {
  'lesson.rows': 'step rows {first}–{last} of {all}',
  'lesson.has-keys': 'the step has the keys',
  'review.unreadable': 'The cards cannot be read',
} as const;
