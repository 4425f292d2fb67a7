import { list, map, type Schema, shown, text } from '../../checker/schema/words.js';

const texts = (description: string, more: Schema = {}): Schema =>
  list({ type: 'string', minLength: 1, maxLength: 200 }, description, more);

const card: Schema = {
  ...map(
    {
      id: text('What is remembered of it goes by this: never change it, never give it to another card.', {
        pattern: '^[a-z0-9][a-z0-9-]*$',
        examples: ['undo-a-rollout'],
      }),
      types: list({ type: 'string' }, 'The task types it is about, by their ids in content/curriculum.yaml.', {
        minItems: 1,
        examples: [['C17']],
      }),
      question: text('What is asked, as Markdown.'),
      choices: texts('What can be chosen; shown in another order each time.', { minItems: 2, maxItems: 6 }),
      order: shown(
        texts('What is to be put in order, as it is right; shown in another order.', { minItems: 3, maxItems: 7 }),
        'order: [PreFilter, Filter, Score, Bind]',
      ),
      gap: shown(
        text('A text, mostly YAML or a command, with ____ where something is missing.'),
        `
gap: |
  securityContext:
    ____: true
answer: readOnlyRootFilesystem`,
      ),
      answer: {
        description: 'The right choice or the text of the gap; a list where several choices or spellings are right.',
        oneOf: [{ type: 'string', minLength: 1 }, texts('All that are right.', { minItems: 1 })],
      },
      why: text('Why it is so, as Markdown; told after the answer.'),
    },
    ['id', 'types', 'question', 'why'],
    'A question, its answer, and why.',
  ),
  oneOf: [
    { required: ['choices', 'answer'], not: { anyOf: [{ required: ['order'] }, { required: ['gap'] }] } },
    {
      required: ['order'],
      not: { anyOf: [{ required: ['choices'] }, { required: ['gap'] }, { required: ['answer'] }] },
    },
    { required: ['gap', 'answer'], not: { anyOf: [{ required: ['choices'] }, { required: ['order'] }] } },
  ],
};

/** The JSON Schema of a file of cards; published as `content/deck.schema.json`. */
export const DECK_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://kubedrill.dev/schemas/deck.v1.json',
  title: 'kubedrill deck',
  ...map(
    {
      apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format: kubedrill.dev/v1.' },
      kind: { const: 'Deck', description: 'What the file is: a Deck.' },
      metadata: map(
        {
          name: text('What it is called: the name of the file, unique within its certification.', {
            pattern: '^[a-z0-9][a-z0-9-]*$',
            examples: ['workloads'],
          }),
          title: text('What lists show of it, in a short line.', { maxLength: 60 }),
        },
        ['name', 'title'],
        'What the deck is called.',
      ),
      spec: map(
        {
          certification: { enum: ['cka', 'ckad', 'cks'], description: 'The exam it belongs to: cka, ckad or cks.' },
          cards: list(card, 'The cards.', { minItems: 1, maxItems: 200 }),
        },
        ['certification', 'cards'],
        'All cards of the deck.',
      ),
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
    'Cards: questions with choices, things to put in order, texts with a gap.',
  ),
};
