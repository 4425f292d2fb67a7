import { formed, list, map, path, type Schema, shown, text } from '../../checker/schema/words.js';
import { ADD_ON_NAMES } from '../../clusters/add-on-names.js';
import { when } from './schema-words.js';

/** One kind of step, with what an editor offers for it. */
const step = (name: string, says: string, schema: Schema): Schema => map({ [name]: schema, when }, [name], says);

const manifests = step(
  'manifests',
  'Makes objects of the cluster.',
  shown(
    text('Plain Kubernetes YAML, several documents if need be; namespaces are made when they are missing.'),
    `
manifests: |
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings, namespace: "{{namespace}}"}
  data: {mode: strict}`,
  ),
);

const settle = step('settle', 'Waits until nothing changes any more.', {
  description: 'Waits until nothing in the cluster changes any more: pods run, controllers are done.',
  examples: [true],
  oneOf: [
    { const: true },
    map(
      {
        seconds_max: {
          type: 'integer',
          minimum: 1,
          default: 180,
          description: 'How many seconds it may take at most; then the next step is done all the same.',
        },
      },
      ['seconds_max'],
      'How long it may take at most.',
    ),
  ],
});

const age = step(
  'age',
  'Lets time pass, so that ages, restarts and expired events are those of an old cluster.',
  formed('How long the world lives before the next step: days, hours, minutes, seconds.', '^([0-9]+(d|h|m|s))+$', {
    examples: ['9h', '1d12h', '90s'],
  }),
);

const fault = step(
  'fault',
  'Breaks something by name.',
  shown(
    {
      type: 'object',
      description:
        'A fault of the program by its name, with what it wants to know. It changes the machine; the symptom follows.',
      required: ['name'],
      properties: {
        name: {
          description: 'The name of the fault, or a list of them; several drawn ones are all applied.',
          oneOf: [
            { type: 'string' },
            list({ type: 'string' }, 'Each of these faults, in this order.', { minItems: 1 }),
          ],
          examples: ['coredns-scaled-to-zero', '{{cause.fault}}', '{{faults}}'],
        },
      },
      additionalProperties: true,
    },
    'fault: {name: "{{cause.fault}}"}',
  ),
);

const run = step(
  'run',
  'Runs a script on a host.',
  map(
    {
      host: text('The host it runs on, by its base name.', { examples: ['controlplane', 'node01', 'base'] }),
      as: text('The user who runs it; root when left out.', { default: 'root', examples: ['candidate'] }),
      script: text('What bash runs; it must end with status 0, and stops at the first command that fails.'),
    },
    ['host', 'script'],
    'A script that is run to its end before the learner comes.',
  ),
);

const file = step(
  'file',
  'Puts a file on a host.',
  map(
    {
      host: text('The host it is put on, by its base name.', { examples: ['controlplane', 'node01', 'base'] }),
      path,
      owner: text('Whose it is, as user or user:group; root when left out.', {
        default: 'root',
        examples: ['candidate', 'root:adm'],
      }),
      mode: formed('Its permissions, octal and in quotes; "0644" when left out.', '^[0-7]{3,4}$', {
        default: '0644',
        examples: ['0600'],
      }),
      content: text('The text that is in it, with its last line end.'),
    },
    ['host', 'path', 'content'],
    'A file that the learner finds.',
  ),
);

const load = step(
  'load',
  'Has containers use CPU and memory, for metrics and autoscalers.',
  map(
    {
      deployment: text('The Deployment whose pods are meant, those too that come later.', { examples: ['web'] }),
      statefulset: text('The StatefulSet whose pods are meant.'),
      daemonset: text('The DaemonSet whose pods are meant.'),
      pod: text('The pod that is meant.'),
      namespace: text('Where it is; `default` when left out.', { default: 'default' }),
      container: text('The container of each pod; its first when left out.'),
      cpu: text('The CPU that each container uses.', { examples: ['250m'] }),
      requests: map(
        {
          per_second: { type: 'number', minimum: 0, description: 'How many requests there are in a second.' },
          cpu_milliseconds: { type: 'number', minimum: 0, description: 'The CPU time that one of them costs.' },
        },
        ['per_second', 'cpu_milliseconds'],
        'Requests that the ready pods share: the more pods there are, the less each uses. Instead of `cpu`.',
      ),
      memory: text('The memory that each container holds beside what its program does.', { examples: ['64Mi'] }),
      after: formed(
        'How long after the learner came it begins; before that, with its step, when left out.',
        '^([0-9]+(d|h|m|s))+$',
        {
          examples: ['5m', '90s'],
        },
      ),
    },
    [],
    'What containers use from then on, up to their limits. A later one takes the place of an earlier one for the same containers.',
  ),
);

const steps = list(
  {
    oneOf: [manifests, settle, age, fault, run, file, load],
    defaultSnippets: [
      { label: 'manifests', description: 'objects of the cluster', body: { manifests: '|\n    ${1:apiVersion: v1}' } },
      { label: 'settle', description: 'waits until nothing changes', body: { settle: true } },
      { label: 'age', description: 'lets time pass', body: { age: '${1:9h}' } },
      { label: 'fault', description: 'breaks something', body: { fault: { name: '${1:name}' } } },
      { label: 'run', description: 'runs a script', body: { run: { host: '${1:node01}', script: '${2:true}' } } },
      {
        label: 'file',
        description: 'puts a file',
        body: { file: { host: '${1:base}', path: '${2:/path}', owner: 'candidate', content: '${3:text}' } },
      },
      {
        label: 'load',
        description: 'has containers use CPU',
        body: { load: { deployment: '${1:web}', namespace: '${2:default}', cpu: '${3:250m}' } },
      },
    ],
  },
  'What is done to the world before the learner comes, in this order.',
);

/** The cluster the learner finds. */
export const world: Schema = map(
  {
    base: text('The ready-made world it is made of.', { examples: ['three-node', 'single-node'] }),
    hosts: shown(
      {
        type: 'object',
        additionalProperties: { type: 'string' },
        description:
          "New names for the world's hosts, by their base names. Prompts, nodes and certificates have them; a lab goes on naming hosts by their base names.",
      },
      'hosts: {controlplane: "{{host}}", node01: "{{host}}-node1", node02: "{{host}}-node2"}',
    ),
    cni: {
      type: 'string',
      enum: ['calico', 'flannel', 'none'],
      default: 'calico',
      description:
        'Who makes the network of pods. Calico enforces NetworkPolicies, flannel does not. With none, nodes are not ready until the learner installs one: /root/kube-flannel.yml on the control plane is there for that.',
    },
    dualStack: {
      type: 'boolean',
      default: false,
      description: 'Whether pods, services and hosts have IPv6 addresses beside those of IPv4.',
    },
    addons: list(
      {
        type: 'string',
        enum: [...ADD_ON_NAMES],
      },
      'Software that is installed in the cluster and ready when the world begins.',
      { uniqueItems: true, examples: [['metrics-server']] },
    ),
    internet: {
      type: 'boolean',
      description:
        'Whether the sites that offer manifests (`kubectl apply -f https://github.com/…`) can be reached; they can when it is left out.',
    },
    steps,
  },
  ['base'],
  'The cluster that the learner finds.',
);
