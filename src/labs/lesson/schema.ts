import { check, subject } from '../../checker/schema/check.js';
import { list, map, type Schema, shown, text } from '../../checker/schema/words.js';
import { LAB_SCHEMA } from '../format/schema.js';

/** What a check of a lab has for its points, which a lesson has not. */
const POINTS = ['points', 'serves', 'voids', 'counts_with'];

type Fields = Readonly<Record<string, Schema>>;

const lab = LAB_SCHEMA['properties'] as { readonly metadata: Schema; readonly spec: { readonly properties: Fields } };

function lessonCheck(): Schema {
  const { defaultSnippets: _, ...schema } = check({});
  const fields = Object.entries(schema['properties'] as Fields).filter(([name]) => !POINTS.includes(name));
  return { ...schema, properties: Object.fromEntries(fields), description: 'What holds when the step is done.' };
}

/** A text of Markdown that ships with an example. */
const markdown = (description: string, example: string): Schema => shown(text(description), example);

const step = map(
  {
    id: text('What it is known by while somebody is at the lesson.', {
      pattern: '^[a-z0-9][a-z0-9-]*$',
      examples: ['first-pod'],
    }),
    title: text('What it is about, in a few words.', { maxLength: 60, examples: ['A pod of your own'] }),
    text: markdown(
      'What there is to know, as Markdown: short, and no more than what the step needs.',
      `
text: |
  A **pod** is the smallest thing the cluster runs: one or more containers that share an address.`,
    ),
    do: text('What is to be done now, as Markdown; a step without it is only read.', {
      examples: ['Run a pod **web** from the image `nginx:1.29`.'],
    }),
    checks: list(lessonCheck(), 'What holds when it is done; it is looked at after each command.', {
      minItems: 1,
      maxItems: 20,
    }),
    solution: text('Does it, typed line by line into the shell of the steps before; shown to whoever asks.', {
      examples: ['k run web --image=nginx:1.29'],
    }),
    shows: text('What could be seen by it, as Markdown; told when it is done.'),
  },
  ['id', 'title', 'text'],
  'One step: something to know, and mostly something to do.',
);

const spec = map(
  {
    ...Object.fromEntries(
      ['certification', 'domain', 'types', 'minutes', 'host', 'world', 'reads'].map((name) => [
        name,
        lab.spec.properties[name],
      ]),
    ),
    place: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      description: 'Where it stands among the lessons of its exam: those with lower numbers come first.',
      examples: [1],
    },
    steps: list(step, 'What is told and done, one after the other on one cluster.', { minItems: 1, maxItems: 30 }),
    explains: text('The whole of it in short, as Markdown; told at the end.'),
  },
  ['certification', 'domain', 'minutes', 'world', 'steps', 'explains'],
  'All there is to say about the lesson.',
);

/** The JSON Schema of a lesson's file; published as `content/lesson.schema.json`. */
export const LESSON_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://kubedrill.dev/schemas/lesson.v1.json',
  title: 'kubedrill lesson',
  ...map(
    {
      apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format: kubedrill.dev/v1.' },
      kind: { const: 'Lesson', description: 'What the file is: a Lesson.' },
      metadata: lab.metadata,
      spec,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
    'Steps of explanation and of doing, each checked as soon as it is done.',
  ),
  $defs: { subject: subject() },
};
