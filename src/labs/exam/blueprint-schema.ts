import { map, type Schema, text } from '../../checker/schema/words.js';

const whole = (description: string, minimum: number, maximum: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  description,
});

/** The JSON Schema of the files in `content/<certification>/exams`. */
export const BLUEPRINT_SCHEMA: Schema = map(
  {
    apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format.' },
    kind: { const: 'Exam', description: 'What the file is.' },
    metadata: map(
      {
        name: text("The file's name without its ending.", { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
        title: text('What the exam is called on the screens.'),
      },
      ['name', 'title'],
      'What the exam is called.',
    ),
    spec: map(
      {
        certification: { enum: ['cka', 'ckad', 'cks'], description: 'Whose labs are drawn.' },
        tasks: map(
          { min: whole('How many tasks it has at least.', 1, 100), max: whole('How many it has at most.', 1, 100) },
          ['min', 'max'],
          'How many tasks are drawn.',
        ),
        minutes: whole('How long it takes; as the real exam when left out.', 1, 600),
        pass_percent: whole('The share of the points that passes; as the real exam when left out.', 1, 100),
        domains: {
          type: 'object',
          minProperties: 1,
          additionalProperties: whole('Its share of the points, in per cent.', 0, 100),
          description: 'How much each domain weighs; as the curriculum says when left out.',
        },
      },
      ['certification', 'tasks'],
      'What is drawn.',
    ),
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
  'By what an exam is drawn.',
);
