import { list, map, type Schema, text } from '../../checker/schema/words.js';

const count = (description: string, minimum: number, maximum: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  description,
});

const exam = (name: string): Schema =>
  map(
    {
      name: text("The certification's whole name."),
      version: text('The minor version of Kubernetes that the exam runs, such as "1.35".', {
        pattern: '^1\\.[0-9]+$',
      }),
      as_of: text('When somebody last looked, such as "2026-08-17".', { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
      minutes: count('How long the exam takes.', 1, 600),
      tasks: map(
        {
          min: count('How many tasks it has at least.', 1, 100),
          max: count('How many tasks it has at most.', 1, 100),
          usual: count('How many tasks an exam of ours has.', 1, 100),
        },
        ['min', 'max', 'usual'],
        'How many tasks the exam has.',
      ),
      pass_percent: count('The share of the points that passes, in per cent.', 1, 100),
      sites: list(
        text('An address without https://, below which everything may be opened.', {
          pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+(/[A-Za-z0-9._-]+)*$',
        }),
        'What a candidate may open during the exam.',
        { minItems: 1, uniqueItems: true },
      ),
      quick_reference: list(
        text('An address below one of the sites.', { pattern: '^https://' }),
        'What the box beside every task links.',
        { minItems: 1, uniqueItems: true },
      ),
    },
    ['name', 'version', 'as_of', 'minutes', 'tasks', 'pass_percent', 'sites', 'quick_reference'],
    `What is known of the ${name} exam.`,
  );

/** The JSON Schema of `content/exam.yaml`. */
export const EXAM_SCHEMA: Schema = map(
  {
    apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format.' },
    kind: { const: 'Exams', description: 'What the file is.' },
    exams: map(
      { cka: exam('CKA'), ckad: exam('CKAD'), cks: exam('CKS') },
      ['cka', 'ckad', 'cks'],
      'The exams by certification.',
    ),
  },
  ['apiVersion', 'kind', 'exams'],
  'What is known of the exams.',
);
