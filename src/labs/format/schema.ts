type Schema = Readonly<Record<string, unknown>>;

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });
const list = (items: Schema, description: string, more: Schema = {}): Schema => ({
  type: 'array',
  items,
  description,
  ...more,
});
const map = (
  properties: Record<string, Schema>,
  required: readonly string[],
  description: string,
  more: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  description,
  ...more,
});
const strings = (description: string): Schema => list({ type: 'string' }, description);
const flag = (description: string): Schema => ({ type: 'boolean', description });
/** A value that may also be a variant's: `{{name}}` keeps its type. */
const orVariant = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'string'].flat() });

const when: Schema = {
  type: 'object',
  description: 'Applies only when each named variant has the given value: {cause.answer: deployment/coredns}.',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
  minProperties: 1,
};

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
const path = text('Absolute path on the host.', { pattern: '^(/|\\{\\{)' });

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

const check: Schema = {
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

const conditionalText = (description: string): Schema => ({
  description,
  oneOf: [
    { type: 'string' },
    { type: 'array', minItems: 1, items: map({ when, text: text('Markdown.') }, ['text'], 'A paragraph.') },
  ],
});
const script = text('Typed line by line into a fresh login shell. A line that changes nothing is marked # look.');
const steps = list(
  {
    oneOf: [
      map({ manifests: text('Kubernetes YAML; namespaces are made when missing.') }, ['manifests'], 'Objects.'),
      map(
        {
          settle: {
            oneOf: [
              { const: true },
              map({ seconds_max: { type: 'integer', minimum: 1 } }, ['seconds_max'], 'How long at most.'),
            ],
          },
        },
        ['settle'],
        'Waits until nothing changes any more.',
      ),
      map(
        { age: text('The world lives for this long.', { pattern: '^([0-9]+(d|h|m|s))+$' }) },
        ['age'],
        'Time passes.',
      ),
      map(
        {
          fault: {
            type: 'object',
            required: ['name'],
            properties: { name: text('The fault.') },
            description: 'Something is broken.',
          },
        },
        ['fault'],
        'A fault.',
      ),
      map(
        {
          run: map(
            { host: text('A host by its base name.'), as: text('root when left out.'), script: text('Run by bash.') },
            ['host', 'script'],
            'A script.',
          ),
        },
        ['run'],
        'A script is run.',
      ),
      map(
        {
          file: map(
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
        },
        ['file'],
        'A file is put.',
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
      additionalProperties: {
        oneOf: [
          map({ oneOf: { type: 'array', minItems: 1, description: 'One of these.' } }, ['oneOf'], 'A choice.'),
          map(
            {
              prefix: text('What stands before the number.'),
              number: {
                type: 'array',
                items: { type: 'integer' },
                minItems: 2,
                maxItems: 2,
                description: 'First and last.',
              },
            },
            ['prefix', 'number'],
            'A name with a number.',
          ),
        ],
      },
    },
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
    checks: list(check, 'The rubric.', { minItems: 1 }),
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
    reads: strings('Pages the real exam allows.'),
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
  $defs: { subject: { ...map(subjectFields, [], 'What a check looks at.'), oneOf: oneSubject } },
};
