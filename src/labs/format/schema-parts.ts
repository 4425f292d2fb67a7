import { list, map, type Schema, shown, text } from '../../checker/schema/words.js';
import { when } from './schema-words.js';

const markdown = (description: string, example: string): Schema =>
  shown(
    {
      description,
      oneOf: [
        { type: 'string' },
        list(
          map(
            { when, text: text('The paragraph, as Markdown; values stand in it as {{name}}.') },
            ['text'],
            'A paragraph.',
          ),
          'Paragraphs, of which those that apply are told in this order.',
          { minItems: 1 },
        ),
      ],
    },
    example,
  );

const script = shown(
  text(
    'Typed line by line into a fresh login shell on the host of the task; here-documents, ssh and vi take what follows. A line that changes nothing ends in # look.',
  ),
  `
script: |
  k -n {{namespace}} get deploy           # look
  k -n {{namespace}} scale deploy web --replicas={{total}}`,
);

/** What the learner is asked to do. */
export const task = markdown(
  'What is to be done, as Markdown. Its requirements are numbered, and checks say which of them they serve.',
  `
task: |
  The shop in namespace **{{namespace}}** has too few pods.

  1. Let the Deployment **web** run {{total}} of them.
  2. Write how many nodes they run on to \`{{answers}}/nodes\`.`,
);

/** The idea behind it, told when the task is over. */
export const explains = markdown(
  'The idea and the trap, as Markdown; told when the task is over.',
  `
explains: |
  A Service finds its pods by **labels**. The trap: …`,
);

/** Help on the way. */
export const hints: Schema = list(
  {
    oneOf: [
      { type: 'string' },
      map(
        {
          when,
          text: text('The hint, as the learner reads it.'),
          price: {
            type: 'integer',
            minimum: 0,
            default: 1,
            description: 'How many points it costs in practice; 1 when left out.',
          },
        },
        ['text'],
        'A hint with a price or a condition of its own.',
      ),
    ],
    defaultSnippets: [{ label: 'hint', description: 'a hint with its price', body: { text: '${1:hint}', price: 1 } }],
  },
  'Help from gentle to plain, three or more; each costs points in practice, and an exam shows none.',
);

/** The right way. */
export const solution: Schema = list(
  {
    ...map(
      {
        id: text('What mistakes name this part by, in after.', { examples: ['repair'] }),
        when,
        script,
      },
      ['script'],
      'A part of the solution.',
    ),
    defaultSnippets: [
      { label: 'part', description: 'a part of the solution', body: { script: '|\n    ${1:k get pods}' } },
      {
        label: 'part for a cause',
        description: 'a part for some draws only',
        body: { when: { '${1:cause.answer}': '${2:value}' }, script: '|\n    ${3:k get pods}' },
      },
    ],
  },
  'What earns everything. All parts that apply are typed in this order, into one shell; each line of them is needed, or marked # look.',
  { minItems: 1 },
);

/** Other right ways. */
export const alternatives: Schema = list(
  {
    ...map(
      { says: text('How it differs from the solution, in a few words.'), when, script },
      ['says', 'script'],
      'Another way.',
    ),
    defaultSnippets: [
      {
        label: 'alternative',
        description: 'another way that earns everything',
        body: { says: '${1:how it differs}', script: '|\n    ${2:k get pods}' },
      },
    ],
  },
  'Other ways that must earn everything too, so that the checks look at ends rather than means.',
);

/** Wrong ways. */
export const mistakes: Schema = list(
  {
    ...map(
      {
        says: text('What goes wrong, in a few words.', { examples: ['repairs only the first of the two'] }),
        when,
        after: {
          description:
            'What is played before it in the same shell: the whole solution, or the parts of it with these ids.',
          oneOf: [
            { const: 'solution' },
            list({ type: 'string' }, 'The parts of the solution with these ids.', { minItems: 1 }),
          ],
          examples: ['solution'],
        },
        script,
        fails: list({ type: 'string' }, 'The ids of the checks that fail, guards included; all others pass.', {
          minItems: 1,
        }),
      },
      ['says', 'script', 'fails'],
      'A wrong way.',
    ),
    defaultSnippets: [
      {
        label: 'mistake',
        description: 'a wrong way, from the beginning',
        body: { says: '${1:what goes wrong}', script: '|\n    ${2:k get pods}', fails: ['${3:check}'] },
      },
      {
        label: 'mistake after the solution',
        description: 'something that spoils a solved task',
        body: {
          says: '${1:what goes wrong}',
          after: 'solution',
          script: '|\n    ${2:k get pods}',
          fails: ['${3:check}'],
        },
      },
    ],
  },
  'Wrong ways that real people take, each with exactly the checks that it fails; every guard is failed by one.',
);

/** What to read about it. */
export const reads: Schema = list(
  {
    oneOf: [
      { type: 'string' },
      map({ when, url: text('The address of the page, with https.') }, ['url'], 'A page for some draws.'),
    ],
  },
  'Pages to read about it, of the sites that this exam allows.',
  { examples: [['https://kubernetes.io/docs/concepts/services-networking/service/']] },
);
