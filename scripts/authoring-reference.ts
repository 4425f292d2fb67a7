import { LAB_SCHEMA } from '../src/labs/format/schema.js';

/** The page that `npm run schema` writes, and that a test holds to be current. */
export const REFERENCE_FILE = 'docs/authoring-reference.md';

interface Field {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Field;
  readonly items?: Field;
  readonly oneOf?: readonly Field[];
  readonly markdownDescription?: string;
}

const INTRODUCTION = `# The lab format, field by field

Made from the schema by \`npm run schema\`; [Write a lab](authoring.md) is where to begin. What must be there is in bold. A
value that is just one \`{{name}}\` may stand for a number or a boolean too.
`;

/** The reference of the lab format as Markdown, made of the schema's own words. */
export function authoringReference(): string {
  const { metadata, spec } = (LAB_SCHEMA as Field).properties ?? {};
  const sections = [
    section('metadata', 2, metadata as Field),
    ...Object.entries(spec?.properties ?? {}).map(([name, field]) =>
      name === 'checks' ? checksSection(field) : section(name, 2, field, spec?.required?.includes(name)),
    ),
  ];
  const condition = spec?.properties?.['solution']?.items?.properties?.['when'] as Field;
  return `${[INTRODUCTION, ...sections, section('when', 2, condition)].map((text) => text.trimEnd()).join('\n\n')}\n`;
}

/** What all checks have in common, then each thing that one may look at. */
function checksSection(checks: Field): string {
  const check = checks.items as Field;
  const subjects = (check.oneOf ?? []).flatMap(({ required }) => required ?? []);
  const common = Object.entries(check.properties ?? {}).filter(([name]) => !subjects.includes(name));
  const { properties: _, ...rest } = check;
  const head = section(
    'checks',
    2,
    { ...checks, items: { ...rest, oneOf: [], properties: Object.fromEntries(common) } },
    true,
  );
  const known = [...subjects].sort().map((name) => section(`checks: ${name}`, 3, check.properties?.[name] as Field));
  return [head, `A check looks at one of ${subjects.map(code).join(', ')}.\n`, ...known].join('\n');
}

function section(name: string, level: number, field: Field, required = false): string {
  const lines = fieldsOf(field, 0);
  const facts = factsOf(field, required);
  const text = `${field.description ?? ''}${facts === '' ? '' : ` (${facts})`}`;
  const example = /```yaml\n[\s\S]*?```/.exec(field.markdownDescription ?? '')?.[0];
  return [
    `${'#'.repeat(level)} ${name}`,
    text,
    ...(example ? [example] : []),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    '',
  ]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** The fields inside a field, as a list of lists. */
function fieldsOf(field: Field, depth: number): string[] {
  const lines: string[] = [];
  for (const [name, inner] of Object.entries(field.properties ?? {})) {
    const must = field.required?.includes(name) ?? false;
    if (name === 'when') {
      lines.push(`${'  '.repeat(depth)}- \`when\`: a condition; see [when](#when)`);
      continue;
    }
    lines.push(item(must ? `**\`${name}\`**` : `\`${name}\``, inner, depth), ...fieldsOf(inner, depth + 1));
  }
  const { additionalProperties: any, items } = field;
  if (typeof any === 'object' && (any.oneOf || any.properties))
    lines.push(`${'  '.repeat(depth)}- each, by a name of your own`, ...fieldsOf(any, depth + 1));
  if (items?.$ref === undefined && items) lines.push(...fieldsOf(items, depth));
  for (const way of field.oneOf ?? []) {
    if (way.properties === undefined) continue;
    const names = (way.required?.length ? way.required : Object.keys(way.properties)).map(code).join(', ');
    lines.push(
      item(`with ${names}`, way, depth),
      ...fieldsOf({ properties: way.properties, required: way.required ?? [] }, depth + 1),
    );
  }
  return lines;
}

function item(name: string, field: Field, depth: number): string {
  const facts = factsOf(field, false);
  return `${'  '.repeat(depth)}- ${name}: ${field.description ?? kindOf(field)}${facts === '' ? '' : ` (${facts})`}`;
}

/** What can be said of a field besides its description. */
function factsOf(field: Field, required: boolean): string {
  const { minimum, maximum, maxLength, examples = [], enum: allowed } = field;
  const facts = [
    required ? '**must be there**' : '',
    allowed ? `one of ${allowed.map((one) => code(String(one))).join(', ')}` : '',
    minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : '',
    minimum !== undefined && maximum === undefined ? `at least ${minimum}` : '',
    maxLength !== undefined ? `at most ${maxLength} characters` : '',
    field.default !== undefined ? `${shown(field.default)} when left out` : '',
    examples.length > 0 ? `such as ${shown(examples[0])}` : '',
  ];
  return facts.filter((fact) => fact !== '').join('; ');
}

function kindOf({ type, const: fixed }: Field): string {
  if (fixed !== undefined) return shown(fixed);
  return [type].flat().filter(Boolean).join(' or ');
}

function shown(value: unknown): string {
  return code(typeof value === 'string' && value !== '' ? value : JSON.stringify(value));
}

function code(text: string): string {
  return `\`${text.replaceAll('\n', ' ').trim()}\``;
}
