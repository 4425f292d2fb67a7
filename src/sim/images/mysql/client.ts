import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { LineSplitter, print, printError, readAll } from '../../kernel/libc/streams.js';
import type { Connection } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Outcome } from '../sql/session.js';
import { splitStatements } from '../sql/tokens.js';
import { askServer, beginClient, type ClientOptions, logIn } from './connect.js';

const HELP = `
For information about MySQL products and services, visit:
   http://www.mysql.com/

List of all MySQL commands:
Note that all text commands must be first on line and end with ';'
help      (\\h) Display this help.
exit      (\\q) Exit mysql. Same as quit.
quit      (\\q) Quit mysql.
source    (\\.) Execute an SQL script file. Takes a file name as an argument.
status    (\\s) Get status information from the server.
use       (\\u) Use another database. Takes database name as argument.
`;

/** mysql: statements of -e, of standard input, or a conversation. */
export const mysqlClient: Program = function* mysqlClient(sys) {
  const options = yield* beginClient(sys, 'mysql');
  if (typeof options === 'number') return options;
  const login = yield* logIn(sys, options, options.values.get('D') ?? options.operands[0]);
  if ('error' in login) {
    yield* printError(sys, `ERROR ${login.error}\n`);
    return 1;
  }
  const client = new Client(sys, options, login.connection);
  const statement = options.values.get('e');
  try {
    if (statement !== undefined) return yield* client.batch(statement);
    if (!sys.terminal(0)) return yield* client.batch(decodeText(yield* readAll(sys, 0)));
    return yield* client.converse(login.version, login.id);
  } finally {
    login.connection.close();
  }
};

class Client {
  private readonly sys: Sys;
  private readonly connection: Connection;
  private readonly table: boolean;
  private readonly options: ClientOptions;

  constructor(sys: Sys, options: ClientOptions, connection: Connection) {
    this.sys = sys;
    this.options = options;
    this.connection = connection;
    this.table =
      options.flags.has('t') || (sys.terminal(1) !== undefined && !options.flags.has('B') && !options.flags.has('s'));
  }

  /** Statements one after another; the first error ends it, unless -f. */
  *batch(text: string): Waiting<number> {
    const { statements, rest } = splitStatements(text.replace(/^\s*delimiter\b.*$/gim, ''));
    let line = 1;
    for (const statement of [...statements, rest]) {
      line += /^\s*/.exec(statement)?.[0].split('\n').length ?? 1;
      line -= 1;
      const words = statement.trim();
      const [, file] = /^(?:source|\\\.)\s+(\S+)$/.exec(words) ?? [];
      if (file !== undefined) {
        const status = yield* this.source(file);
        if (status !== 0) return status;
        continue;
      }
      if (words === '') continue;
      const vertical = words.endsWith('\\G');
      const answer = yield* askServer(this.connection, words.replace(/\\[gG]$/, ''));
      const error = answer ? answer.error : '2013 (HY000): Lost connection to MySQL server during query';
      if (error !== undefined) {
        yield* printError(this.sys, `ERROR ${placed(error, line)}\n`);
        if (!this.options.flags.has('f')) return 1;
      }
      for (const outcome of answer?.outcomes ?? []) yield* print(this.sys, this.shown(outcome, vertical));
      line += statement.trimStart().split('\n').length - 1;
    }
    return 0;
  }

  private *source(file: string): Waiting<number> {
    try {
      return yield* this.batch(decodeText(this.sys.readFile(file)));
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* printError(this.sys, `ERROR: \nFailed to open file '${file}', error: 2\n`);
      return 1;
    }
  }

  private shown(outcome: Outcome, vertical: boolean): string {
    const headings = !this.options.flags.has('N');
    if (!outcome.columns || !outcome.rows || outcome.rows.length === 0) return '';
    if (vertical || this.options.flags.has('E')) return verticalText(outcome);
    if (this.table) return tableText(outcome, headings);
    const lines = outcome.rows.map((row) => row.map((value) => escaped(value ?? 'NULL')).join('\t'));
    return [...(headings ? [outcome.columns.map(({ name }) => name).join('\t')] : []), ...lines]
      .map((line) => `${line}\n`)
      .join('');
  }

  *converse(version: string, id: number): Waiting<number> {
    const { sys } = this;
    yield* print(
      sys,
      `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nYour MySQL connection id is ${id}\nServer version: ${version} MySQL Community Server - GPL\n\nCopyright (c) 2000, 2025, Oracle and/or its affiliates.\n\nOracle is a registered trademark of Oracle Corporation and/or its\naffiliates. Other names may be trademarks of their respective\nowners.\n\nType 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\nmysql> `,
    );
    const lines = new LineSplitter();
    let pending = '';
    for (;;) {
      const bytes = yield* sys.read(0);
      if (bytes.length === 0) {
        yield* print(sys, 'Bye\n');
        return 0;
      }
      for (const line of lines.add(bytes)) {
        const word = line.trim().replace(/;$/, '').toLowerCase();
        if (pending === '' && ['exit', 'quit', '\\q'].includes(word)) {
          yield* print(sys, 'Bye\n');
          return 0;
        }
        if (pending === '' && ['help', '\\h', '?'].includes(word)) yield* print(sys, `${HELP}\n`);
        else if (pending === '' && /^use\s/i.test(line)) yield* this.typed(line.trim().replace(/;$/, ''), false);
        else pending = yield* this.complete(`${pending}${line}\n`);
        yield* print(sys, pending.trim() === '' ? 'mysql> ' : '    -> ');
        if (pending.trim() === '') pending = '';
      }
    }
  }

  /** Runs the statements that are whole. Gives what is left. */
  private *complete(text: string): Waiting<string> {
    if (/\\c\s*$/.test(text)) return '';
    const { statements, rest } = splitStatements(text.replace(/\\G/g, '\\G;').replace(/\\g/g, ';'));
    for (const statement of statements)
      yield* this.typed(statement.trim().replace(/\\G$/, ''), /\\G$/.test(statement.trim()));
    return rest;
  }

  private *typed(statement: string, vertical: boolean): Waiting<void> {
    if (statement === '') return;
    const answer = yield* askServer(this.connection, statement);
    if (!answer) {
      yield* printError(this.sys, 'ERROR 2013 (HY000): Lost connection to MySQL server during query\n');
      return;
    }
    if (answer.error !== undefined) {
      yield* print(this.sys, `ERROR ${answer.error}\n`);
      return;
    }
    for (const outcome of answer.outcomes) yield* print(this.sys, this.told(outcome, vertical));
  }

  private told(outcome: Outcome, vertical: boolean): string {
    if (outcome.use !== undefined) return 'Database changed\n';
    if (outcome.rows) {
      const count = outcome.rows.length;
      if (count === 0) return 'Empty set (0.00 sec)\n\n';
      return `${vertical ? verticalText(outcome) : tableText(outcome, true)}${count} row${count === 1 ? '' : 's'} in set (0.00 sec)\n\n`;
    }
    const said = `Query OK, ${outcome.affected} row${outcome.affected === 1 ? '' : 's'} affected (0.01 sec)\n`;
    if (outcome.matched !== undefined)
      return `${said}Rows matched: ${outcome.matched}  Changed: ${outcome.affected}  Warnings: 0\n\n`;
    return outcome.tag.startsWith('INSERT') && outcome.affected > 1
      ? `${said}Records: ${outcome.affected}  Duplicates: 0  Warnings: 0\n\n`
      : `${said}\n`;
  }
}

/** An error with the line it came from, as batches tell. */
function placed(error: string, line: number): string {
  return error.replace(/^(\d+ \(\w+\)): /, `$1 at line ${line}: `);
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** Rows in a frame, numbers to the right. */
function tableText({ columns = [], rows = [] }: Outcome, headings: boolean): string {
  const widths = columns.map(({ name }, at) =>
    Math.max(
      headings ? name.length : 0,
      ...rows.map((row) => (row[at] ?? 'NULL').length),
      columns[at]?.nullable ? 4 : 1,
    ),
  );
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[], heading: boolean) =>
    `|${cells.map((cell, at) => ` ${columns[at]?.numeric && !heading ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)} |`).join('')}\n`;
  const head = headings
    ? line(
        columns.map(({ name }) => name),
        true,
      ) + border
    : '';
  return (
    border +
    head +
    rows
      .map((row) =>
        line(
          row.map((value) => value ?? 'NULL'),
          false,
        ),
      )
      .join('') +
    border
  );
}

function verticalText({ columns = [], rows = [] }: Outcome): string {
  const width = Math.max(...columns.map(({ name }) => name.length));
  return rows
    .map((row, at) => {
      const head = `*************************** ${at + 1}. row ***************************\n`;
      return head + columns.map(({ name }, place) => `${name.padStart(width)}: ${row[place] ?? 'NULL'}\n`).join('');
    })
    .join('');
}
