import { before } from '../acting/act.js';
import { KINDS } from '../checks/register.js';
import { flag, map, type Schema, strings, text } from './words.js';

/** What stands behind each kind's field, and the fields that may stand beside it. */
const subjectFields = (): Record<string, Schema> =>
  Object.fromEntries([
    ...KINDS.map(({ field, schema }) => [field, schema]),
    ...KINDS.flatMap(({ beside = {} }) => Object.entries(beside)),
  ]);
const oneSubject = (): Schema[] => KINDS.map(({ field }) => ({ required: [field] }));

/** One line of the rubric. `more` are fields that a lab adds to each of its parts. */
export const check = (more: Record<string, Schema>): Schema => ({
  ...map(
    {
      ...subjectFields(),
      id: text('Named by mistakes, voids and counts_with.', { pattern: '^[a-z0-9][a-z0-9-]*$' }),
      says: text('What is checked, in the words the learner reads.'),
      because: text('Why it matters; shown on failure.'),
      serves: { type: 'integer', minimum: 1, description: 'The number of the requirement in the task.' },
      points: { type: 'integer', minimum: 1, maximum: 20, description: 'What it earns; left out for guards.' },
      guard: flag('Earns nothing, must hold untouched, and voids what it names when it does not hold at the end.'),
      voids: strings('Checks whose points are lost; all when left out.'),
      counts_with: strings('Checks that must pass for this one to earn.'),
      before,
      ...more,
    },
    ['id', 'says'],
    'One line of the rubric.',
  ),
  oneOf: oneSubject(),
});

/** What a check looks at, by itself; `all` and `any` are made of these, as `#/$defs/subject`. */
export const subject = (): Schema => ({
  ...map(subjectFields(), [], 'What a check looks at.'),
  oneOf: oneSubject(),
});
