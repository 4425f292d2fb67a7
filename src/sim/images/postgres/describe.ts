import type { Column, Table } from '../sql/catalog.js';
import type { SqlSession } from '../sql/session.js';
import type { Expression } from '../sql/tree.js';
import { typeWords } from './words.js';

/** What a command of psql that begins with a backslash shows. */
export interface Listing {
  readonly title: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly footer: string | undefined;
}

const ALL_RIGHTS = 'Superuser, Create role, Create DB, Replication, Bypass RLS';

/** Answers `\\l`, `\\d`, `\\dt`, `\\du`, `\\dn`. A text is what is wrong. */
export function describeFor(session: SqlSession, command: string, name: string | undefined): Listing | string {
  const { catalog } = session.host;
  switch (command) {
    case 'l':
      return counted(
        'List of databases',
        ['Name', 'Owner', 'Encoding', 'Collate', 'Ctype', 'ICU Locale', 'Locale Provider', 'Access privileges'],
        databases(session),
      );
    case 'du':
    case 'dg': {
      const rows = [...catalog.roles]
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .map(({ name: role, superuser }) => [role, superuser ? ALL_RIGHTS : '', '{}']);
      return { title: 'List of roles', columns: ['Role name', 'Attributes', 'Member of'], rows, footer: '' };
    }
    case 'dn':
      return counted('List of schemas', ['Name', 'Owner'], [['public', 'pg_database_owner']]);
    case 'dt':
    case 'd': {
      if (name !== undefined) return describeTable(session, name);
      const tables = [...(session.database?.tables.values() ?? [])].sort((one, other) =>
        one.name < other.name ? -1 : 1,
      );
      if (tables.length === 0) return 'Did not find any relations.';
      const rows = tables.flatMap((table) => relations(table, command === 'd', session.role.name));
      return counted('List of relations', ['Schema', 'Name', 'Type', 'Owner'], rows);
    }
    default:
      return `invalid command \\${command}\nTry \\? for help.`;
  }
}

function counted(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Listing {
  return { title, columns, rows, footer: `(${rows.length} row${rows.length === 1 ? '' : 's'})` };
}

function relations(table: Table, sequences: boolean, owner: string): string[][] {
  const counted = sequences ? table.columns.filter(({ counts }) => counts) : [];
  return [
    ['public', table.name, 'table', owner],
    ...counted.map(({ name }) => ['public', `${table.name}_${name}_seq`, 'sequence', owner]),
  ];
}

function databases({ host }: SqlSession): string[][] {
  const all = [...host.catalog.databases.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return all.map(({ name, owner, granted }) => {
    const rights = name.startsWith('template')
      ? [`=c/${owner}`, `${owner}=CTc/${owner}`]
      : granted.size === 0
        ? []
        : [`=Tc/${owner}`, ...[owner, ...granted].map((role) => `${role}=CTc/${owner}`)];
    return [name, owner, 'UTF8', 'en_US.utf8', 'en_US.utf8', '', 'libc', rights.join('\n')];
  });
}

function describeTable(session: SqlSession, name: string): Listing | string {
  const table = session.database?.tables.get(name.replace(/^public\./, ''));
  if (!table) return `Did not find any relation named "${name}".`;
  const rows = table.columns.map((column) => [
    column.name,
    typeWords(column.type.name, column.type.length, column.type.sort === 'decimal' ? column.type.scale : undefined),
    '',
    column.notNull ? 'not null' : '',
    standardOf(table, column),
  ]);
  const shown = table.keys.filter(({ kind }) => kind !== 'foreign');
  const indexes = shown.map(({ kind, name: key, columns }) => {
    const what = kind === 'primary' ? 'PRIMARY KEY, ' : kind === 'unique' ? 'UNIQUE CONSTRAINT, ' : '';
    return `    "${key}" ${what}btree (${columns.join(', ')})\n`;
  });
  const foreign = table.keys.flatMap(({ name: key, columns, references }) =>
    references
      ? [
          `    "${key}" FOREIGN KEY (${columns.join(', ')}) REFERENCES ${references.table}(${references.column ?? 'id'})\n`,
        ]
      : [],
  );
  const footer = `${shown.length > 0 ? `Indexes:\n${indexes.join('')}` : ''}${foreign.length > 0 ? `Foreign-key constraints:\n${foreign.join('')}` : ''}`;
  return {
    title: `Table "public.${table.name}"`,
    columns: ['Column', 'Type', 'Collation', 'Nullable', 'Default'],
    rows,
    footer: footer.trimEnd(),
  };
}

function standardOf(table: Table, column: Column): string {
  if (column.counts) return `nextval('${table.name}_${column.name}_seq'::regclass)`;
  const { default: standard, type } = column;
  if (!standard) return '';
  if (standard.is === 'value' && typeof standard.value === 'string')
    return `'${standard.value}'::${typeWords(type.name)}`;
  return written(standard);
}

function written(expression: Expression): string {
  if (expression.is === 'value') return String(expression.value);
  if (expression.is === 'call')
    return expression.name.startsWith('current_') ? expression.name.toUpperCase() : `${expression.name}()`;
  return '';
}
