import { goPrint } from '../../api/go-value.js';
import { formatLabels } from '../../api/labels.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { escapeTerminal } from './escape-terminal.js';
import { TABLE_LAYOUT, Tabwriter } from './tabwriter.js';

/** meta/v1 Table, as far as printing it goes. */
export interface Table {
  readonly columnDefinitions: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly name: string;
  readonly type?: string;
  readonly format?: string;
  /** Shown only in wide output unless it is 0. */
  readonly priority?: number;
}

export interface TableRow {
  readonly cells: readonly unknown[];
  /** The object, or its metadata alone. */
  readonly object?: unknown;
}

export interface TableOptions {
  readonly noHeaders?: boolean;
  readonly wide?: boolean;
  /** `-A`: a NAMESPACE column first. */
  readonly withNamespace?: boolean;
  /** Stands before names, for instance `deployment.apps`, when several kinds are printed. */
  readonly kind?: string;
  readonly showLabels?: boolean;
  /** `-L`: a column for each of these labels. */
  readonly columnLabels?: readonly string[];
}

const EVENT_TYPES: Readonly<Record<string, string>> = {
  ADDED: 'ADDED   ',
  MODIFIED: 'MODIFIED',
  DELETED: 'DELETED ',
  ERROR: 'ERROR   ',
};

/**
 * Prints tables from the server as `kubectl get` does. Rows go through one Tabwriter, which may be shared by several
 * printers; headers come once, until the columns change. What `print` and `flush` answer is ready to be written.
 */
export class TablePrinter {
  private columns: readonly TableColumn[] | undefined;
  private headersPrinted = false;

  constructor(
    private readonly options: TableOptions = {},
    private readonly writer: Tabwriter = new Tabwriter(TABLE_LAYOUT),
  ) {}

  /** `eventType` (ADDED, ...) makes the first column of `--output-watch-events`. */
  print(table: Table, eventType?: string): string {
    const noHeaders = !this.seeColumns(table);
    const decorated = decorate({ ...table, columnDefinitions: this.columns ?? [] }, this.options);
    return this.writer.write(tableText(withEvent(decorated, eventType), { ...this.options, noHeaders }));
  }

  flush(): string {
    return this.writer.flush();
  }

  /** Remembers the columns for tables that come without; answers whether headers are due. */
  private seeColumns(table: Table): boolean {
    const fresh = (table.columnDefinitions ?? []).length > 0 && !sameColumns(table.columnDefinitions, this.columns);
    const due = this.options.noHeaders !== true && (!this.headersPrinted || fresh);
    if (fresh) {
      this.columns = table.columnDefinitions;
      this.headersPrinted = false;
    }
    if (table.rows.length > 0) this.headersPrinted = true;
    return due;
  }
}

/** Prints one table on its own. */
export function printTable(table: Table, options: TableOptions = {}): string {
  const printer = new TablePrinter(options);
  return printer.print(table) + printer.flush();
}

function sameColumns(a: readonly TableColumn[], b: readonly TableColumn[] | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function decorate(table: Table, options: TableOptions): Table {
  const labels = options.columnLabels ?? [];
  const before: TableColumn[] = options.withNamespace === true ? [{ name: 'Namespace', type: 'string' }] : [];
  const after = labels.map((label) => ({ name: label.split('/').at(-1) ?? '', type: 'string' }));
  if (options.showLabels === true) after.push({ name: 'Labels', type: 'string' });
  const nameAt = options.kind === undefined ? -1 : table.columnDefinitions.findIndex(isNameColumn);
  const rows = table.rows.map((row) => {
    const metadata = isJsonObject(row.object) && isJsonObject(row.object.metadata) ? row.object.metadata : undefined;
    const cells = row.cells.map((cell, i) => (i === nameAt ? `${options.kind}/${goPrint(cell)}` : cell));
    if (before.length > 0) cells.unshift(metadata === undefined ? null : (metadata.namespace ?? ''));
    if (metadata === undefined) cells.push(...after.map(() => null));
    else cells.push(...labelCells(metadata, options));
    return { ...row, cells };
  });
  return { columnDefinitions: [...before, ...table.columnDefinitions, ...after], rows };
}

function isNameColumn(column: TableColumn): boolean {
  return column.format === 'name' && column.type === 'string';
}

function labelCells(metadata: JsonObject, options: TableOptions): string[] {
  const labels = (isJsonObject(metadata.labels) ? metadata.labels : {}) as Record<string, string>;
  const cells = (options.columnLabels ?? []).map((label) => labels[label] ?? '');
  return options.showLabels === true ? [...cells, formatLabels(labels)] : cells;
}

function withEvent(table: Table, eventType: string | undefined): Table {
  if (eventType === undefined) return table;
  const cell = EVENT_TYPES[eventType] ?? eventType;
  return {
    columnDefinitions: [{ name: 'Event', type: 'string' }, ...table.columnDefinitions],
    rows: table.rows.map((row) => ({ ...row, cells: [cell, ...row.cells] })),
  };
}

function tableText(table: Table, options: TableOptions): string {
  const shown = table.columnDefinitions.map((column) => options.wide === true || (column.priority ?? 0) === 0);
  const isShown = (_: unknown, i: number): boolean => shown[i] === true;
  const lines = table.rows.map((row) => row.cells.filter(isShown).map(cellText).join('\t'));
  if (options.noHeaders !== true && lines.length > 0) {
    const names = table.columnDefinitions.filter(isShown).map((column) => column.name.toUpperCase());
    lines.unshift(names.join('\t'));
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** A cell holds one line; more is cut off and shown as dots. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return escapeTerminal(goPrint(cell));
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? escapeTerminal(cell) : `${escapeTerminal(cell.slice(0, end))}...`;
}
