import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OutputError } from '../../../../src/sim/api/output-error.js';
import { printJson } from '../../../../src/sim/api/yaml/json-writer.js';
import { printYaml } from '../../../../src/sim/api/yaml/print.js';
import { customColumnsFilePrinter, customColumnsPrinter } from '../../../../src/sim/kubectl/output/custom-columns.js';
import { jsonPathPrinter } from '../../../../src/sim/kubectl/output/jsonpath/print.js';
import { printName } from '../../../../src/sim/kubectl/output/name.js';
import { sortObjects, sortTable } from '../../../../src/sim/kubectl/output/sort-by.js';
import {
  printTable,
  type Table,
  type TableColumn,
  type TableOptions,
  TablePrinter,
} from '../../../../src/sim/kubectl/output/table.js';
import { goTemplatePrinter } from '../../../../src/sim/kubectl/output/template/print.js';

interface Recorded {
  readonly program: string;
  readonly columns: TableColumn[];
  readonly rows: unknown[][];
  readonly objects: unknown[];
  readonly cases: { readonly args: string[]; readonly stdout: string; readonly stderr: string }[];
}

const recorded = JSON.parse(readFileSync(new URL('get.json', import.meta.url), 'utf8')) as Recorded;
const table: Table = {
  columnDefinitions: recorded.columns,
  rows: recorded.objects.map((object, i) => ({ cells: recorded.rows[i] ?? [], object })),
};

/** The value of a flag, if it is there. */
function flag(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

function get(args: readonly string[]): string {
  const output = flag(args, '-o') ?? '';
  const sortBy = flag(args, '--sort-by');
  if (output !== '' && output !== 'wide') {
    const items = sortBy === undefined ? recorded.objects : sortObjects(recorded.objects, sortBy);
    return generic(output, { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, args);
  }
  const labels = flag(args, '-L');
  const options: TableOptions = {
    noHeaders: args.includes('--no-headers'),
    wide: output === 'wide',
    withNamespace: args.includes('-A'),
    showLabels: args.includes('--show-labels'),
    columnLabels: labels === undefined ? [] : labels.split(','),
    ...(args.includes('--show-kind') ? { kind: 'pod' } : {}),
  };
  return printTable(sortBy === undefined ? table : sortTable(table, sortBy), options);
}

function generic(output: string, list: unknown, args: readonly string[]): string {
  const [format = '', ...rest] = output.split('=');
  const template = rest.join('=');
  if (format === 'name') return printName(list);
  if (format === 'json') return printJson(list);
  if (format === 'yaml') return printYaml(list);
  if (format === 'jsonpath') return jsonPathPrinter(template).print(list);
  if (format === 'go-template') return goTemplatePrinter(template).print(list);
  return customColumnsPrinter(template, { noHeaders: args.includes('--no-headers') }).print(list);
}

describe(`kubectl get as ${recorded.program} prints it`, () => {
  // What a flag's value may be is the verb's business; and `get` hides that it cannot sort a table, see below.
  const elsewhere = (args: string[], stderr: string): boolean =>
    args.includes('bogus') || args.includes('jsonpath=') || stderr.startsWith('No resources found');
  it.each(recorded.cases.filter(({ args, stderr }) => !elsewhere(args, stderr)))(
    '$args',
    ({ args, stdout, stderr }) => {
      let printed: string;
      let complaint = '';
      try {
        printed = get(args);
      } catch (error) {
        if (!(error instanceof OutputError)) throw error;
        printed = error.printed;
        complaint = `error: ${error.message}\n`;
      }
      expect({ stdout: printed, stderr: complaint }).toEqual({ stdout, stderr });
    },
  );
});

describe('sorting', () => {
  it.each([
    ['.spec.nothing', `couldn't find any field with path "{.spec.nothing}" in the list of objects`],
    ['{.spec', 'sorting error: unclosed action'],
  ])('a table by %s fails', (path, message) => {
    expect(() => sortTable(table, path)).toThrow(new OutputError(message));
  });

  it('refuses what has no order', () => {
    expect(() => sortObjects([{ a: true }, { a: false }], '.a')).toThrow(
      'Field {.a} in *unstructured.Unstructured is an unsortable type: interface, err: unsortable type: bool',
    );
  });

  it('sorts many', () => {
    const objects = Array.from({ length: 50 }, (_, i) => ({ n: (i * 37) % 50 }));
    expect(sortObjects(objects, 'n').map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

describe('a table printer that is watched with', () => {
  const first: Table = {
    columnDefinitions: [{ name: 'Name' }, { name: 'Age' }],
    rows: [{ cells: ['long-name', '1s'] }],
  };
  const next: Table = { columnDefinitions: [], rows: [{ cells: ['a', '2s'] }] };

  it('prints headers once and keeps widths', () => {
    const printer = new TablePrinter();
    const printed = [first, next].map((each) => printer.print(each) + printer.flush());
    expect(printed).toEqual(['NAME        AGE\nlong-name   1s\n', 'a           2s\n']);
  });

  it('shows events', () => {
    const printer = new TablePrinter();
    expect(printer.print(first, 'ADDED') + printer.flush()).toBe(
      'EVENT      NAME        AGE\nADDED      long-name   1s\n',
    );
  });

  it('prints nothing for no rows, headers neither', () => {
    expect(printTable({ ...first, rows: [] })).toBe('');
  });
});

describe('custom-columns-file', () => {
  it('takes headers and paths from two lines', () => {
    const printer = customColumnsFilePrinter('NAME   N\nmetadata.name  {.n}\n');
    expect(printer.print({ metadata: { name: 'a' }, n: 1 })).toBe('NAME   N\na      1\n');
    expect(printer.print({ metadata: { name: 'b' } })).toBe('b     <none>\n');
  });

  it.each([
    [
      '',
      'invalid template, missing header line. Expected format is one line of space separated headers, one line of space separated column specs.',
    ],
    [
      'A B\n',
      'invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.',
    ],
    ['A B\n.a', "number of headers (2) and field specifications (1) don't match"],
  ])('%j is refused', (text, message) => {
    expect(() => customColumnsFilePrinter(text)).toThrow(new OutputError(message));
  });
});
