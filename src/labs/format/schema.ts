import { check, subject } from '../../checker/schema/check.js';
import { list, map, type Schema, shown, text } from '../../checker/schema/words.js';
import { alternatives, explains, hints, mistakes, reads, solution, task } from './schema-parts.js';
import { derive, variants } from './schema-variants.js';
import { when } from './schema-words.js';
import { world } from './schema-world.js';

const spec = map(
  {
    certification: { enum: ['cka', 'ckad', 'cks'], description: 'The exam it belongs to: cka, ckad or cks.' },
    domain: text("One of the exam's domains, spelled as in content/curriculum.yaml.", {
      examples: ['Troubleshooting'],
    }),
    types: list({ type: 'string' }, 'The task types it drills, by their ids in content/curriculum.yaml.', {
      examples: [['C17']],
    }),
    difficulty: {
      type: 'integer',
      minimum: 1,
      maximum: 5,
      description: 'How hard it is, from 1 (easy) to 5 (hard).',
      examples: [2],
    },
    minutes: {
      type: 'integer',
      minimum: 1,
      maximum: 30,
      description: 'How many minutes a prepared candidate takes for it.',
      examples: [6],
    },
    host: text('The host the task is done on, by its base name; controlplane when left out.', {
      default: 'controlplane',
      examples: ['node01', 'base'],
    }),
    needs: list(
      { type: 'string' },
      'What a cluster must be able to do for the lab beyond what is found in the lab itself, so that it is refused on a real cluster that cannot.',
      { uniqueItems: true, examples: [['audit', 'kubeadm']] },
    ),
    settle_seconds_max: {
      type: 'integer',
      minimum: 1,
      maximum: 3600,
      default: 180,
      description: 'How many seconds the cluster may take to come to rest before it is graded; 180 when left out.',
    },
    timing: {
      enum: ['brisk', 'exam'],
      description:
        'How long things take, whatever was asked for: brisk as in practice, exam as on a real cluster. Left out for nearly all labs.',
    },
    variants,
    derive,
    world,
    task,
    checks: list(check({ when }), 'The rubric: what is looked at when the task is over, and what it earns.', {
      minItems: 1,
      maxItems: 100,
    }),
    hints,
    solution,
    alternatives,
    mistakes,
    explains,
    reads,
  },
  ['certification', 'domain', 'difficulty', 'minutes', 'world', 'task', 'checks', 'solution', 'explains'],
  'All there is to say about the lab.',
);

/** The JSON Schema of a lab file; published as `content/lab.schema.json`. */
export const LAB_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://kubedrill.dev/schemas/lab.v1.json',
  title: 'kubedrill lab',
  ...map(
    {
      apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format: kubedrill.dev/v1.' },
      kind: { const: 'Lab', description: 'What the file is: a Lab.' },
      metadata: shown(
        map(
          {
            name: text('What it is called: the name of the file, unique within its certification.', {
              pattern: '^[a-z0-9][a-z0-9-]*$',
              examples: ['drain-a-node'],
            }),
            title: text('What the catalogue shows of it, in a short line.', {
              maxLength: 60,
              examples: ['Take a node out of service'],
            }),
          },
          ['name', 'title'],
          'What the lab is called.',
        ),
        'metadata: {name: drain-a-node, title: Take a node out of service}',
      ),
      spec,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
    'A task, the world it is done in, how it is graded, and the proof that it can be.',
  ),
  $defs: { subject: subject() },
};
