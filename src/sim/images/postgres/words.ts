import type { SqlProblem } from '../sql/problem.js';

type Details = Readonly<Record<string, string>>;

interface Words {
  readonly text: string;
  readonly detail?: string;
  readonly hint?: string;
}

const NAMES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  bool: 'boolean',
  decimal: 'numeric',
  varchar: 'character varying',
  int8: 'bigint',
  serial: 'integer',
};

/** A type as PostgreSQL names it. */
export function typeWords(name: string, length?: number, scale?: number): string {
  const words =
    (
      {
        ...NAMES,
        timestamp: 'timestamp without time zone',
        timestamptz: 'timestamp with time zone',
        bigserial: 'bigint',
        char: 'character',
        float8: 'double precision',
        double: 'double precision',
        float: 'double precision',
      } as Record<string, string>
    )[name] ?? name;
  if (length === undefined) return words;
  return scale === undefined ? `${words}(${length})` : `${words}(${length},${scale})`;
}

/** PostgreSQL's words for what can be wrong. */
const WORDS: Readonly<Record<SqlProblem['kind'], (details: Details) => Words>> = {
  syntax: ({ near = '', word }) => ({
    text: near === '' ? 'syntax error at end of input' : `syntax error at or near "${word ?? near}"`,
  }),
  'no-table': ({ table }) => ({ text: `relation "${table}" does not exist` }),
  'no-table-to-drop': ({ table }) => ({ text: `table "${table}" does not exist` }),
  'table-exists': ({ table }) => ({ text: `relation "${table}" already exists` }),
  'no-column': ({ column, table, list }) => ({
    text: list
      ? `column "${column}" of relation "${table}" does not exist`
      : `column ${column?.includes('.') ? column : `"${column}"`} does not exist`,
  }),
  'ambiguous-column': ({ column }) => ({ text: `column reference "${column}" is ambiguous` }),
  'column-exists': ({ column, table }) => ({ text: `column "${column}" of relation "${table}" already exists` }),
  'no-database': ({ database }) => ({ text: `database "${database}" does not exist` }),
  'no-database-to-drop': ({ database }) => ({ text: `database "${database}" does not exist` }),
  'database-exists': ({ database }) => ({ text: `database "${database}" already exists` }),
  'none-chosen': () => ({ text: 'no database selected' }),
  'no-function': ({ name }) => ({
    text: `function ${name}() does not exist`,
    hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
  }),
  'duplicate-key': ({ key, columns, values }) => ({
    text: `duplicate key value violates unique constraint "${key}"`,
    detail: `Key (${columns})=(${values}) already exists.`,
  }),
  null: ({ column, table, row, existing }) =>
    existing
      ? { text: `column "${column}" of relation "${table}" contains null values` }
      : {
          text: `null value in column "${column}" of relation "${table}" violates not-null constraint`,
          detail: `Failing row contains (${row}).`,
        },
  'no-default': ({ column }) => ({ text: `null value in column "${column}" violates not-null constraint` }),
  'value-count': ({ more }) => ({
    text:
      more === 'columns'
        ? 'INSERT has more target columns than expressions'
        : 'INSERT has more expressions than target columns',
  }),
  'bad-value': ({ type = '', value }) => ({ text: `invalid input syntax for type ${NAMES[type] ?? type}: "${value}"` }),
  'too-long': ({ type = '', length }) => ({ text: `value too long for type ${NAMES[type] ?? type}(${length})` }),
  'division-by-zero': () => ({ text: 'division by zero' }),
  'many-rows': () => ({ text: 'more than one row returned by a subquery used as an expression' }),
  'no-role': ({ role }) => ({ text: `role "${role}" does not exist` }),
  'role-exists': ({ role }) => ({ text: `role "${role}" already exists` }),
  denied: ({ what }) => ({ text: what === 'role' ? 'permission denied to create role' : 'permission denied' }),
  'not-grouped': ({ column }) => ({
    text: `column "${column}" must appear in the GROUP BY clause or be used in an aggregate function`,
  }),
  'foreign-key': ({ table, key, column, value, target, targetColumn, way }) =>
    way === 'child'
      ? {
          text: `insert or update on table "${table}" violates foreign key constraint "${key}"`,
          detail: `Key (${column})=(${value}) is not present in table "${target}".`,
        }
      : {
          text: `update or delete on table "${target}" violates foreign key constraint "${key}" on table "${table}"`,
          detail: `Key (${targetColumn})=(${value}) is still referenced from table "${table}".`,
        },
  aborted: () => ({ text: 'current transaction is aborted, commands ignored until end of transaction block' }),
  'unknown-setting': ({ name }) => ({ text: `unrecognized configuration parameter "${name}"` }),
  'not-simulated': ({ what }) => ({ text: `${what} is not simulated` }),
};

/** An error as psql prints it: words, the line with a mark below, details. */
export function postgresError({ kind, details, at }: SqlProblem, statement: string): string {
  const { text, detail, hint } = WORDS[kind](details);
  const marked = at === undefined || kind === 'table-exists' ? '' : `\n${mark(statement, at)}`;
  return `ERROR:  ${text}${marked}${detail === undefined ? '' : `\nDETAIL:  ${detail}`}${hint === undefined ? '' : `\nHINT:  ${hint}`}`;
}

/** The words alone, for the server's log. */
export function logWords({ kind, details }: SqlProblem): string {
  return WORDS[kind](details).text;
}

function mark(statement: string, at: number): string {
  const before = statement.slice(0, at).split('\n');
  const head = `LINE ${before.length}: `;
  const line = statement.split('\n')[before.length - 1] ?? '';
  return `${head}${line}\n${' '.repeat(head.length + (before.at(-1)?.length ?? 0))}^`;
}
