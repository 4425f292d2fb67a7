import { before } from '../acting/act.js';
import { KINDS } from '../checks/register.js';
import { checkSnippet, guardSnippet } from './snippets.js';
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
      id: text('What mistakes, voids and counts_with name it by.', {
        pattern: '^[a-z0-9][a-z0-9-]*$',
        examples: ['scaled'],
      }),
      says: text('What is checked, in the words the learner reads.'),
      because: text('Why it matters, in a sentence; shown when it failed.'),
      serves: { type: 'integer', minimum: 1, description: 'The number of the requirement in the task that it serves.' },
      points: {
        type: 'integer',
        minimum: 1,
        maximum: 20,
        description: 'How many points it earns; left out for guards.',
      },
      guard: flag('Earns nothing, must hold untouched, and voids what it names when it does not hold at the end.'),
      voids: strings('The ids of the checks whose points are lost with this guard; all when left out.'),
      counts_with: strings('The ids of checks that must pass too for this one to earn anything.'),
      before,
      ...more,
    },
    ['id', 'says'],
    'One line of the rubric.',
  ),
  oneOf: oneSubject(),
  defaultSnippets: [...KINDS.map(({ field, schema }) => checkSnippet(field, schema)), guardSnippet],
});

/** What a check looks at, by itself; `all` and `any` are made of these, as `#/$defs/subject`. */
export const subject = (): Schema => ({
  ...map(subjectFields(), [], 'What a check looks at.'),
  oneOf: oneSubject(),
});
