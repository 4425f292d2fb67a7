import { CONFIG_MAP, DEPLOYMENT, POD, WEB } from './places.js';
import type { Sequence, Step, Target } from './step.js';

function apply(manager: string, body: unknown, query = ''): Step {
  return { verb: 'apply', manager, body, query };
}

function one(name: string, target: Target, ...steps: Step[]): Sequence {
  return { name, target, steps };
}

const DATA = { data: { a: '1' } };

/** Options and bodies of every kind, and conflicts of several. */
export const BODIES: readonly Sequence[] = [
  one('no manager', CONFIG_MAP, { verb: 'apply', body: DATA }),
  one('a manager too long', CONFIG_MAP, apply('m'.repeat(129), DATA)),
  one('a manager that cannot be printed', CONFIG_MAP, apply('a%0Ab', DATA)),
  one('no manager and a bad dry run', CONFIG_MAP, {
    verb: 'apply',
    body: DATA,
    query: 'dryRun=Some&fieldValidation=x',
  }),
  one('force without apply', CONFIG_MAP, apply('a', DATA), { verb: 'merge', body: DATA, query: 'force=true' }),
  one('forced by words', CONFIG_MAP, apply('a', DATA), apply('b', { data: { a: '2' } }, 'force=yes')),
  one('not forced by words', CONFIG_MAP, apply('a', DATA), apply('b', { data: { a: '2' } }, 'force=false')),
  one('CBOR', CONFIG_MAP, { verb: 'apply', manager: 'a', body: DATA, contentType: 'application/apply-patch+cbor' }),
  one('JSON as it should not be', CONFIG_MAP, { ...apply('a', DATA), contentType: 'application/apply-patch+json' }),
  one('with a charset', CONFIG_MAP, {
    ...apply('a', DATA),
    contentType: 'application/apply-patch+yaml; charset=utf-8',
  }),
  one('YAML', CONFIG_MAP, {
    verb: 'apply',
    manager: 'a',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\n  labels: {a: "1"}\ndata:\n  text: |\n    two\n    lines\n',
  }),
  one('an empty body', CONFIG_MAP, { verb: 'apply', manager: 'a', text: '' }),
  one('a list for a body', CONFIG_MAP, { verb: 'apply', manager: 'a', text: '- a\n' }),
  one('a word for a body', CONFIG_MAP, { verb: 'apply', manager: 'a', text: 'word' }),
  one('another kind', CONFIG_MAP, apply('a', { kind: 'Secret' })),
  one('another version', DEPLOYMENT, apply('a', { apiVersion: 'apps/v1beta1' })),
  one('no kind', CONFIG_MAP, { verb: 'apply', manager: 'a', text: 'apiVersion: v1\nmetadata: {name: NAME}\n' }),
  one('another name', CONFIG_MAP, apply('a', { metadata: { name: 'other' } })),
  one('no name', CONFIG_MAP, { verb: 'apply', manager: 'a', text: 'apiVersion: v1\nkind: ConfigMap\n' }),
  one('no name for what is there', CONFIG_MAP, apply('a', DATA), {
    verb: 'apply',
    manager: 'b',
    text: 'apiVersion: v1\nkind: ConfigMap\ndata: {b: "2"}\n',
  }),
  one('another namespace', CONFIG_MAP, apply('a', { metadata: { namespace: 'default' } })),
  one('its own namespace', CONFIG_MAP, apply('a', { metadata: { namespace: 'applied' }, ...DATA })),
  one('with managed fields', CONFIG_MAP, apply('a', { metadata: { managedFields: [] }, ...DATA })),
  one('with managed fields of null', CONFIG_MAP, apply('a', { metadata: { managedFields: null }, ...DATA })),
  one('with a UID that nothing has', CONFIG_MAP, apply('a', { metadata: { uid: 'abc' }, ...DATA })),
  one(
    'with a UID that is not its own',
    CONFIG_MAP,
    apply('a', DATA),
    apply('a', { metadata: { uid: 'abc' }, data: { a: '2' } }),
  ),
  one('with a version that nothing has', CONFIG_MAP, apply('a', { metadata: { resourceVersion: '7' }, ...DATA })),
  one(
    'with an old version',
    CONFIG_MAP,
    apply('a', DATA),
    apply('a', { metadata: { resourceVersion: '7' }, data: { a: '2' } }),
  ),
  one('an unknown field', DEPLOYMENT, apply('a', { spec: { ...WEB.spec, bogus: 1 } })),
  one('an unknown field at the top', CONFIG_MAP, apply('a', { bogus: 1, ...DATA })),
  one('an unknown field, to be ignored', CONFIG_MAP, apply('a', { bogus: 1 }, 'fieldValidation=Ignore')),
  one('what cannot be created', DEPLOYMENT, apply('a', { spec: { replicas: 1 } })),
  one('half a replica', DEPLOYMENT, apply('a', { spec: { ...WEB.spec, replicas: 1.5 } })),
  one('dry run of a creation', CONFIG_MAP, apply('a', DATA, 'dryRun=All'), { verb: 'get' }),
  one(
    'twice one key',
    DEPLOYMENT,
    apply('base', WEB),
    apply('a', {
      spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'A' }, { name: 'A' }] }] } } },
    }),
  ),
  one('twice one element', CONFIG_MAP, apply('a', { metadata: { finalizers: ['x/a', 'x/a'] } })),
  one(
    'an item without keys',
    DEPLOYMENT,
    apply('a', {
      spec: { ...WEB.spec, template: { ...WEB.spec.template, spec: { containers: [{ image: 'a' }] } } },
    }),
  ),
  one(
    'an item of null',
    DEPLOYMENT,
    apply('a', {
      spec: { ...WEB.spec, template: { ...WEB.spec.template, spec: { containers: [null] } } },
    }),
  ),
  one(
    'a port without its number',
    DEPLOYMENT,
    apply('base', WEB),
    apply('a', {
      spec: { template: { spec: { containers: [{ name: 'web', ports: [{ name: 'x' }] }] } } },
    }),
  ),
  one(
    'duplicates that are there',
    POD,
    {
      verb: 'create',
      manager: 'c',
      body: {
        spec: {
          containers: [
            {
              name: 'web',
              image: 'a',
              env: [
                { name: 'A', value: '1' },
                { name: 'A', value: '2' },
              ],
            },
          ],
        },
      },
    },
    apply('a', { metadata: { labels: { a: '1' } } }),
    apply('a', { spec: { containers: [{ name: 'web', env: [{ name: 'A', value: '1' }] }] } }),
  ),
  one(
    'several conflicts with one',
    DEPLOYMENT,
    apply('a', { spec: { replicas: 2, paused: true, minReadySeconds: 3, ...WEB.spec } }),
    apply('b', {
      spec: {
        replicas: 3,
        paused: false,
        minReadySeconds: 4,
        template: { spec: { containers: [{ name: 'web', image: 'b' }] } },
      },
    }),
  ),
  one(
    'conflicts with several',
    DEPLOYMENT,
    apply('a', { ...WEB, metadata: { labels: { x: '1' } } }),
    apply('b', { spec: { replicas: 2 } }),
    { verb: 'merge', manager: 'u', body: { spec: { paused: true } } },
    apply('c', { metadata: { labels: { x: '2' } }, spec: { replicas: 3, paused: false } }),
    apply('c', { metadata: { labels: { x: '2' } }, spec: { replicas: 3, paused: false } }, 'force=true'),
  ),
];
