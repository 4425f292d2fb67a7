/** What schemas themselves may look like, draft by draft, as far as the library that helm uses looks at it (jsonschema v6). */
type Schema = Readonly<Record<string, unknown>>;

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const [TEXT, NUMBER, FLAG] = [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }];
const REGEX = { type: 'string', format: 'regex' };
const URI = { type: 'string', format: 'uri' };
const REFERENCE = { type: 'string', format: 'uri-reference' };
/** A schema of the same draft. */
const OWN = { $ref: '#' };
const OWN_LIST = { type: 'array', minItems: 1, items: OWN };
const OWN_MAP = { type: 'object', additionalProperties: OWN };
const BY_PATTERN = { ...OWN_MAP, propertyNames: { format: 'regex' } };
const NAMES = { type: 'array', items: TEXT, uniqueItems: true };
const COUNT = { type: 'integer', minimum: 0 };
const ANY_LIST = { type: 'array' };
const OWN_OR_NAMES = { type: 'object', additionalProperties: { anyOf: [OWN, NAMES] } };
const NAMES_MAP = { type: 'object', additionalProperties: NAMES };
const OWN_OR_LIST = { anyOf: [OWN, OWN_LIST] };
const TYPE = {
  anyOf: [{ enum: TYPES }, { type: 'array', items: { enum: TYPES }, minItems: 1, uniqueItems: true }],
};

/** The same rule for several keywords, which stand in one text. */
function all(keywords: string, schema: Schema | true): Schema {
  return Object.fromEntries(keywords.split(' ').map((keyword) => [keyword, schema]));
}

function keywords(...parts: readonly Schema[]): Schema {
  return { type: ['object', 'boolean'], properties: Object.assign({}, ...parts) };
}

const ANCHOR_2019 = { type: 'string', pattern: '^[A-Za-z][-A-Za-z0-9.:_]*$' };
const ANCHOR_2020 = { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' };
const IDENTITY = { $id: { ...REFERENCE, pattern: '^[^#]*#?$' }, $schema: URI, $ref: REFERENCE };
const VOCABULARY = { type: 'object', propertyNames: URI, additionalProperties: FLAG };
const BOUNDS = { multipleOf: { ...NUMBER, exclusiveMinimum: 0 }, ...all('maximum minimum', NUMBER) };

const CORE_2019 = keywords(IDENTITY, {
  ...{ $anchor: ANCHOR_2019, $recursiveRef: REFERENCE, $recursiveAnchor: FLAG },
  ...{ $vocabulary: VOCABULARY, $comment: TEXT, $defs: OWN_MAP },
});
const CORE_2020 = keywords(IDENTITY, {
  ...{ $dynamicRef: REFERENCE, ...all('$anchor $dynamicAnchor', ANCHOR_2020) },
  ...{ $vocabulary: VOCABULARY, $comment: TEXT, $defs: OWN_MAP },
});
const APPLYING = {
  ...all('contains additionalProperties propertyNames if then else not', OWN),
  ...all('allOf anyOf oneOf', OWN_LIST),
  ...{ properties: OWN_MAP, patternProperties: BY_PATTERN, dependentSchemas: OWN_MAP },
};
const UNEVALUATED = all('unevaluatedItems unevaluatedProperties', OWN);
const APPLICATOR_2019 = keywords(APPLYING, UNEVALUATED, { additionalItems: OWN, items: OWN_OR_LIST });
const APPLICATOR_2020 = keywords(APPLYING, { prefixItems: OWN_LIST, items: OWN });
const VALIDATION = keywords(
  BOUNDS,
  all('exclusiveMaximum exclusiveMinimum', NUMBER),
  all('maxLength minLength maxItems minItems maxContains minContains maxProperties minProperties', COUNT),
  { pattern: REGEX, uniqueItems: FLAG, required: NAMES, dependentRequired: NAMES_MAP, enum: ANY_LIST, type: TYPE },
);
const META_DATA = keywords(all('title description', TEXT), all('deprecated readOnly writeOnly', FLAG), {
  examples: ANY_LIST,
});
const FORMAT = keywords({ format: TEXT });
const CONTENT = keywords(all('contentMediaType contentEncoding', TEXT), { contentSchema: OWN });
const OF_BEFORE = { definitions: OWN_MAP, dependencies: OWN_OR_NAMES };

/** What drafts 4 to 7 have in common. */
function classic(least: Schema): Schema {
  return {
    ...{ $schema: URI, ...all('title description format', TEXT) },
    ...{ ...BOUNDS, pattern: REGEX, uniqueItems: FLAG, items: OWN_OR_LIST, type: TYPE, ...OF_BEFORE },
    ...all('maxLength maxItems maxProperties', COUNT),
    ...all('minLength minItems minProperties', least),
    ...all('allOf anyOf oneOf', OWN_LIST),
    ...{ properties: OWN_MAP, patternProperties: OWN_MAP, not: OWN },
    enum: { type: 'array', minItems: 1, uniqueItems: true },
  };
}

const LEAST = { allOf: [COUNT] };
const SIX = {
  ...classic(LEAST),
  ...{ $id: REFERENCE, $ref: REFERENCE, ...all('exclusiveMaximum exclusiveMinimum', NUMBER), required: NAMES },
  ...all('additionalItems additionalProperties contains propertyNames', OWN),
};
const FLAG_OR_OWN = { anyOf: [FLAG, OWN] };

const SCHEMAS: Readonly<Record<string, Schema>> = {
  'http://json-schema.org/draft-04/schema': {
    type: 'object',
    properties: {
      ...classic(LEAST),
      ...{ id: TEXT, $ref: TEXT, ...all('exclusiveMaximum exclusiveMinimum', FLAG) },
      ...{ required: { ...NAMES, minItems: 1 }, ...all('additionalItems additionalProperties', FLAG_OR_OWN) },
    },
    dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] },
  },
  'http://json-schema.org/draft-06/schema': keywords(SIX),
  'http://json-schema.org/draft-07/schema': keywords(SIX, {
    ...all('$comment contentMediaType contentEncoding', TEXT),
    ...{ ...all('readOnly writeOnly', FLAG), ...all('if then else', OWN) },
    ...{ examples: ANY_LIST, patternProperties: BY_PATTERN, enum: { type: 'array', minItems: 1, uniqueItems: true } },
  }),
  'https://json-schema.org/draft/2019-09/schema': {
    ...keywords(OF_BEFORE),
    allOf: [CORE_2019, APPLICATOR_2019, VALIDATION, META_DATA, FORMAT, CONTENT],
  },
  'https://json-schema.org/draft/2020-12/schema': {
    ...keywords(OF_BEFORE, { $recursiveAnchor: ANCHOR_2020, $recursiveRef: REFERENCE }),
    allOf: [CORE_2020, APPLICATOR_2020, keywords(UNEVALUATED), VALIDATION, META_DATA, FORMAT, CONTENT],
  },
};

const NEWEST = 'https://json-schema.org/draft/2020-12/schema';

/** The address and the rules of the draft that a schema names in `$schema`, the newest when it names none; nothing for others'. */
export function metaSchemaOf(named: unknown): { readonly url: string; readonly schema: Schema } | undefined {
  const wanted = typeof named === 'string' ? named.replace(/#$/, '').replace(/^https?:/, '') : NEWEST.slice(6);
  if (wanted === '//json-schema.org/schema') return metaSchemaOf(NEWEST);
  const found = Object.entries(SCHEMAS).find(([url]) => url.replace(/^https?:/, '') === wanted);
  return found && { url: found[0], schema: found[1] };
}
