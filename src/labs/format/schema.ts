import { check, subject } from '../../checker/schema/check.js';
import type { Schema } from '../../checker/schema/words.js';
import { list, map, path, strings, text } from '../../checker/schema/words.js';
import { variant } from './schema-variants.js';
import { plain, when } from './schema-words.js';

const conditionalText = (description: string): Schema => ({
  description,
  oneOf: [
    { type: 'string' },
    { type: 'array', minItems: 1, items: map({ when, text: text('Markdown.') }, ['text'], 'A paragraph.') },
  ],
});
const script = text('Typed line by line into a fresh login shell. A line that changes nothing is marked # look.');
const step = (name: string, says: string, schema: Schema): Schema => map({ [name]: schema, when }, [name], says);
const steps = list(
  {
    oneOf: [
      step('manifests', 'Objects.', text('Kubernetes YAML; namespaces are made when missing.')),
      step('settle', 'Waits until nothing changes any more.', {
        oneOf: [
          { const: true },
          map({ seconds_max: { type: 'integer', minimum: 1 } }, ['seconds_max'], 'How long at most.'),
        ],
      }),
      step('age', 'Time passes.', text('The world lives for this long.', { pattern: '^([0-9]+(d|h|m|s))+$' })),
      step('fault', 'A fault.', {
        type: 'object',
        required: ['name'],
        properties: { name: text('The fault.') },
        description: 'Something is broken.',
      }),
      step(
        'run',
        'A script is run.',
        map(
          { host: text('A host by its base name.'), as: text('root when left out.'), script: text('Run by bash.') },
          ['host', 'script'],
          'A script.',
        ),
      ),
      step(
        'file',
        'A file is put.',
        map(
          {
            host: text('A host by its base name.'),
            path,
            owner: text('user or user:group.'),
            mode: text('Octal.'),
            content: text('Its text.'),
          },
          ['host', 'path', 'content'],
          'A file.',
        ),
      ),
    ],
  },
  'What is done to the world before the learner comes, in this order.',
);

const spec = map(
  {
    certification: { enum: ['cka', 'ckad', 'cks'], description: 'The exam it belongs to.' },
    domain: text("One of the exam's domains."),
    types: strings('Task types it drills.'),
    difficulty: { type: 'integer', minimum: 1, maximum: 5, description: '1 easy to 5 hard.' },
    minutes: { type: 'integer', minimum: 1, maximum: 30, description: 'What a prepared candidate takes.' },
    host: text('The host the task is done on, by its base name; controlplane when left out.'),
    settle_seconds_max: { type: 'integer', minimum: 1, maximum: 3600, description: '180 when left out.' },
    variants: {
      type: 'object',
      description: 'Values drawn by the seed; written {{name}} elsewhere.',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9_]*$' },
      additionalProperties: variant,
    },
    derive: {
      type: 'object',
      description:
        'Values worked out by CEL expressions of drawn ones and of those before; numbers must come out whole.',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9_]*$' },
      additionalProperties: plain,
    },
    timing: { enum: ['brisk', 'exam'], description: 'How long things take, whatever was asked for.' },
    world: map(
      {
        base: text('A ready-made world, such as three-node.'),
        hosts: { type: 'object', additionalProperties: { type: 'string' }, description: 'New names for its hosts.' },
        steps,
      },
      ['base'],
      'The cluster the learner finds.',
    ),
    task: conditionalText('What is to be done, Markdown; requirements are numbered.'),
    checks: list(check({ when }), 'The rubric.', { minItems: 1 }),
    hints: list(
      {
        oneOf: [
          { type: 'string' },
          map(
            {
              when,
              text: text('The hint.'),
              price: { type: 'integer', minimum: 0, description: 'Points it costs in practice.' },
            },
            ['text'],
            'A hint.',
          ),
        ],
      },
      'From gentle to plain.',
    ),
    solution: list(
      map({ id: text('Named by mistakes.'), when, script }, ['script'], 'A part of the solution.'),
      'All parts that apply, in order.',
      { minItems: 1 },
    ),
    alternatives: list(
      map({ says: text('How it differs.'), when, script }, ['says', 'script'], 'Another way.'),
      'Other ways that earn everything.',
    ),
    mistakes: list(
      map(
        {
          says: text('What goes wrong.'),
          when,
          script,
          after: {
            oneOf: [{ const: 'solution' }, { type: 'array', items: { type: 'string' } }],
            description: 'Played first.',
          },
          fails: list({ type: 'string' }, 'Exactly these checks fail.', { minItems: 1 }),
        },
        ['says', 'script', 'fails'],
        'A wrong way.',
      ),
      'Wrong ways the rubric must notice.',
    ),
    explains: conditionalText('The idea and the trap, Markdown.'),
    reads: list(
      { oneOf: [{ type: 'string' }, map({ when, url: text('The address.') }, ['url'], 'A page for some draws.')] },
      'Pages the real exam allows.',
    ),
  },
  ['certification', 'domain', 'difficulty', 'minutes', 'world', 'task', 'checks', 'solution', 'explains'],
  'The lab.',
);

/** The JSON Schema of a lab file; published as `content/lab.schema.json`. */
export const LAB_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://kubedrill.dev/schemas/lab.v1.json',
  title: 'kubedrill lab',
  ...map(
    {
      apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of this format.' },
      kind: { const: 'Lab', description: 'What the file is.' },
      metadata: map(
        {
          name: text('Unique within its certification, and the name of the file.', { pattern: '^[a-z0-9][a-z0-9-]*$' }),
          title: text('A short line.', { maxLength: 60 }),
        },
        ['name', 'title'],
        'What it is called.',
      ),
      spec,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
    'A lab.',
  ),
  $defs: { subject: subject() },
};
