import type { Schema } from './schema-words.js';
import { flag, list, map, orVariant, path, strings, text, when } from './schema-words.js';

const objectRef = (more: Record<string, Schema> = {}, required: readonly string[] = []): Schema =>
  map(
    {
      apiVersion: text('Group and version, such as apps/v1.'),
      kind: text('The kind, such as Deployment.'),
      namespace: text('Left out for objects that have none.'),
      name: text('One object by name.'),
      selector: text('Several by label selector; "" means all.'),
      ...more,
    },
    ['apiVersion', 'kind', ...required],
    'An object of the cluster, or several.',
  );

const conditions: Record<string, Schema> = {
  equals: { description: 'Equal, lists and maps included.' },
  contains: { description: 'A text contains a text; a list contains an item.' },
  matches: text('A regular expression that is found in the text.'),
  exists: { const: true, description: 'It is there.' },
  absent: { const: true, description: 'The object is there and the field is not.' },
  atLeast: { type: ['number', 'string'], description: 'A number or a quantity.' },
  atMost: { type: ['number', 'string'], description: 'A number or a quantity.' },
  quantity: text('Equal as Kubernetes quantities: 0.5 and 500m.'),
  missing: { description: 'What a left-out field stands for.' },
};

const pods = map(
  { namespace: text('Their namespace.'), selector: text('Their labels.') },
  ['namespace', 'selector'],
  'Existing pods.',
);
const source: Schema = {
  description: 'Where it comes from.',
  oneOf: [
    map(
      {
        probe: map(
          {
            namespace: text('Where the probe pod is made.'),
            labels: { type: 'object', additionalProperties: { type: 'string' }, description: 'Its labels.' },
          },
          ['namespace'],
          'A pod made for the check.',
        ),
      },
      ['probe'],
      'A pod made for the check.',
    ),
    map({ pods }, ['pods'], 'Existing pods; several must all pass.'),
    map({ host: text('A host by its base name.') }, ['host'], 'A host.'),
  ],
};
const port = orVariant({ type: 'integer', description: 'The port.' });
const service = map(
  { namespace: text('Its namespace.'), name: text('Its name.') },
  ['namespace', 'name'],
  'A service.',
);
const destination: Schema = {
  description: 'What is to be reached.',
  oneOf: [
    map({ address: text('A name or an address.'), port }, ['address', 'port'], 'An address.'),
    map({ service, port }, ['service', 'port'], 'A service by its DNS name.'),
    map({ pods, port }, ['pods', 'port'], 'Pods by their addresses; all of them.'),
  ],
};

/** The subjects of checks, one of which each check has. */
const subjects: Record<string, Schema> = {
  resource: objectRef(),
  gone: objectRef(),
  unchanged: list(
    objectRef(
      { paths: strings('JSONPaths whose values must be as they were.'), set: flag('Only the set of values counts.') },
      ['paths'],
    ),
    'What must be as it was when the task began.',
  ),
  connect: map(
    {
      from: source,
      to: destination,
      protocol: { enum: ['tcp', 'udp'], description: 'tcp when left out.' },
      reaches: flag('Whether the connection must be possible or impossible.'),
      timeout_seconds: { type: 'integer', minimum: 1, maximum: 60, description: '3 when left out.' },
    },
    ['from', 'to', 'reaches'],
    'Who reaches what.',
  ),
  resolve: map(
    { from: source, names: strings('Names that must all resolve.') },
    ['from', 'names'],
    'What names resolve.',
  ),
  file: map(
    {
      host: text('A host by its base name.'),
      path,
      mode: text('Octal permission bits, such as "0600".', { pattern: '^[0-7]{3,4}$' }),
      owner: text('user or user:group.'),
      jsonpath: text('Into its content read as YAML or JSON.', { pattern: '^\\$' }),
    },
    ['host', 'path'],
    'A file on a host.',
  ),
  answer: map(
    {
      host: text('A host by its base name.'),
      path,
      names: text('A resource as kind/name, however its kind is spelled.'),
      equals: { type: ['string', 'number'], description: 'The text, white space at both ends apart.' },
      resource: objectRef(),
      jsonpath: text('What the cluster says at this path is the right answer.', { pattern: '^\\$' }),
    },
    ['host', 'path'],
    'An answer file.',
  ),
  unit: map(
    {
      host: text('A host by its base name.'),
      name: text('The unit, such as kubelet.'),
      active: flag('Running or not.'),
      enabled: flag('Starts at boot or not.'),
    },
    ['host', 'name'],
    'A systemd unit.',
  ),
  etcd: map(
    {
      host: text('A host by its base name.'),
      snapshot: path,
      keys: strings('Keys that must be in it.'),
      keys_min: { type: 'integer', description: 'How many keys at least.' },
    },
    ['host', 'snapshot'],
    'A snapshot of etcd.',
  ),
  script: map(
    {
      host: text('A host by its base name.'),
      as: text('Who runs it; the candidate when left out.'),
      run: text('The command line.'),
      code: { type: 'integer', description: 'Its exit code; 0 when left out.' },
      output: map(conditions, [], 'What it prints.'),
      timeout_seconds: { type: 'integer', minimum: 1, maximum: 120, description: '30 when left out.' },
    },
    ['host', 'run'],
    'What a command does.',
  ),
  all: list({ $ref: '#/$defs/subject' }, 'All must hold.', { minItems: 1 }),
  any: list({ $ref: '#/$defs/subject' }, 'One must hold.', { minItems: 1 }),
};
const subjectFields: Record<string, Schema> = {
  ...subjects,
  ...conditions,
  jsonpath: text("Starts with $; without it the object itself is meant. kubectl's form {.a.b} is written $.a.b.", {
    pattern: '^\\$',
  }),
  over: { enum: ['all', 'any', 'none', 'count', 'sum'], description: 'Over several objects; all when left out.' },
};
const oneSubject = Object.keys(subjects).map((name) => ({ required: [name] }));

/** One line of the rubric. */
export const check: Schema = {
  ...map(
    {
      ...subjectFields,
      id: text('Named by mistakes, voids and counts_with.', { pattern: '^[a-z0-9][a-z0-9-]*$' }),
      says: text('What is checked, in the words the learner reads.'),
      because: text('Why it matters; shown on failure.'),
      serves: { type: 'integer', minimum: 1, description: 'The number of the requirement in the task.' },
      points: { type: 'integer', minimum: 1, maximum: 20, description: 'What it earns; left out for guards.' },
      guard: flag('Earns nothing, must hold untouched, and voids what it names when it does not hold at the end.'),
      voids: strings('Checks whose points are lost; all when left out.'),
      counts_with: strings('Checks that must pass for this one to earn.'),
      when,
    },
    ['id', 'says'],
    'One line of the rubric.',
  ),
  oneOf: oneSubject,
};

/** What a check looks at, by itself; `all` and `any` are made of these. */
export const subject: Schema = { ...map(subjectFields, [], 'What a check looks at.'), oneOf: oneSubject };
