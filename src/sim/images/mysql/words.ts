import type { SqlProblem } from '../sql/problem.js';

type Words = (details: Readonly<Record<string, string>>) => readonly [code: number, state: string, text: string];

const MANUAL =
  'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near';

/** MySQL's numbers and words for what can be wrong. */
const WORDS: Readonly<Record<SqlProblem['kind'], Words>> = {
  syntax: ({ near = '' }) => [1064, '42000', `${MANUAL} '${near.slice(0, 80)}' at line 1`],
  'no-table': ({ table, database }) => [1146, '42S02', `Table '${database}.${table}' doesn't exist`],
  'no-table-to-drop': ({ table, database }) => [1051, '42S02', `Unknown table '${database}.${table}'`],
  'table-exists': ({ table }) => [1050, '42S01', `Table '${table}' already exists`],
  'no-column': ({ column, key, clause = 'field list' }) =>
    key
      ? [1072, '42000', `Key column '${column}' doesn't exist in table`]
      : [1054, '42S22', `Unknown column '${column}' in '${clause}'`],
  'ambiguous-column': ({ column }) => [1052, '23000', `Column '${column}' in field list is ambiguous`],
  'column-exists': ({ column }) => [1060, '42S21', `Duplicate column name '${column}'`],
  'no-database': ({ database }) => [1049, '42000', `Unknown database '${database}'`],
  'no-database-to-drop': ({ database }) => [1008, 'HY000', `Can't drop database '${database}'; database doesn't exist`],
  'database-exists': ({ database }) => [1007, 'HY000', `Can't create database '${database}'; database exists`],
  'none-chosen': () => [1046, '3D000', 'No database selected'],
  'no-function': ({ name }) => [1305, '42000', `FUNCTION ${name} does not exist`],
  'duplicate-key': ({ joined, key, table }) => [1062, '23000', `Duplicate entry '${joined}' for key '${table}.${key}'`],
  null: ({ column }) => [1048, '23000', `Column '${column}' cannot be null`],
  'no-default': ({ column }) => [1364, 'HY000', `Field '${column}' doesn't have a default value`],
  'value-count': ({ row }) => [1136, '21S01', `Column count doesn't match value count at row ${row}`],
  'bad-value': ({ value, column, sort }) => [
    1366,
    'HY000',
    `Incorrect ${sort} value: '${value}' for column '${column}' at row 1`,
  ],
  'too-long': ({ column }) => [1406, '22001', `Data too long for column '${column}' at row 1`],
  'division-by-zero': () => [1365, '22012', 'Division by 0'],
  'many-rows': () => [1242, '21000', 'Subquery returns more than 1 row'],
  'no-role': ({ role, host, grant }) =>
    grant
      ? [1410, '42000', 'You are not allowed to create a user with GRANT']
      : [1396, 'HY000', `Operation DROP USER failed for '${role}'@'${host}'`],
  'role-exists': ({ role, host }) => [1396, 'HY000', `Operation CREATE USER failed for '${role}'@'${host}'`],
  denied: ({ user, host, database }) =>
    database
      ? [1044, '42000', `Access denied for user '${user}'@'${host}' to database '${database}'`]
      : [1227, '42000', 'Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation'],
  'not-grouped': () => [1111, 'HY000', 'Invalid use of group function'],
  'foreign-key': ({ table, key, column, target, targetColumn, way, database }) => [
    way === 'child' ? 1452 : 1451,
    '23000',
    `Cannot ${way === 'child' ? 'add or update a child' : 'delete or update a parent'} row: a foreign key constraint fails (\`${database ?? ''}\`.\`${table}\`, CONSTRAINT \`${key}\` FOREIGN KEY (\`${column}\`) REFERENCES \`${target}\` (\`${targetColumn}\`))`,
  ],
  aborted: () => [1180, 'HY000', 'Got error during COMMIT'],
  'unknown-setting': ({ name }) => [1193, 'HY000', `Unknown system variable '${name}'`],
  'not-simulated': ({ what }) => [1235, '42000', `This simulated server doesn't support '${what}'`],
};

/** An error as the server sends it: number, state, words. */
export function mysqlError({ kind, details }: SqlProblem): {
  readonly code: number;
  readonly state: string;
  readonly text: string;
} {
  const [code, state, text] = WORDS[kind](details);
  return { code, state, text };
}

/** An error as the client prints it, without its place. */
export function errorText(code: number, state: string, text: string): string {
  return `${code} (${state}): ${text}`;
}
