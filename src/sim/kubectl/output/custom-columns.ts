import { goPrint } from '../../api/go-value.js';
import { isJsonObject } from '../../api/object.js';
import { OutputError } from '../../api/output-error.js';
import { escapeTerminal } from './escape-terminal.js';
import { jsonPathEvaluator } from './jsonpath/print.js';
import type { ObjectPrinter } from './printer.js';
import { relaxedJsonPath } from './relaxed-jsonpath.js';
import { alignTabs, TABLE_LAYOUT } from './tabwriter.js';

interface Column {
  readonly header: string;
  readonly path: string;
}

/** Makes the printer of `-o custom-columns=SPEC`. Lists are printed item by item. Throws OutputError. */
export function customColumnsPrinter(spec: string, options: { readonly noHeaders?: boolean } = {}): ObjectPrinter {
  if (spec === '') throw new OutputError('custom-columns format specified but no custom columns given');
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) {
      throw new OutputError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    }
    return { header: part.slice(0, colon), path: relaxedJsonPath(part.slice(colon + 1)) };
  });
  return columnsPrinter(columns, options.noHeaders ?? false);
}

const FILE_SHAPE = 'Expected format is one line of space separated headers, one line of space separated column specs.';

/** Makes the printer of `-o custom-columns-file`, from the file's text. Headers cannot be turned off. Throws OutputError. */
export function customColumnsFilePrinter(text: string): ObjectPrinter {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const [headerLine, pathLine] = lines;
  if (headerLine === undefined) throw new OutputError(`invalid template, missing header line. ${FILE_SHAPE}`);
  if (pathLine === undefined) throw new OutputError(`invalid template, missing spec line. ${FILE_SHAPE}`);
  const headers = wordsOf(headerLine);
  const paths = wordsOf(pathLine);
  if (headers.length !== paths.length) {
    throw new OutputError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  }
  const columns = headers.map((header, i) => ({ header, path: relaxedJsonPath(paths[i] as string) }));
  return columnsPrinter(columns, false);
}

function wordsOf(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== '');
}

function columnsPrinter(columns: readonly Column[], noHeaders: boolean): ObjectPrinter {
  let headerDue = !noHeaders;
  return {
    print: (object) => {
      const lines: string[] = [];
      if (headerDue) lines.push(columns.map((column) => column.header).join('\t'));
      headerDue = false;
      try {
        const paths = columns.map((column) => jsonPathEvaluator(column.path, true));
        for (const item of itemsOf(object)) lines.push(paths.map((path) => cellOf(path.find(item))).join('\t'));
      } catch (error) {
        if (error instanceof OutputError) throw new OutputError(error.message, layOut(lines));
        throw error;
      }
      return layOut(lines);
    },
  };
}

function layOut(lines: readonly string[]): string {
  return alignTabs(lines.map((line) => `${line}\n`).join(''), TABLE_LAYOUT);
}

function itemsOf(object: unknown): readonly unknown[] {
  return isJsonObject(object) && Array.isArray(object.items) ? object.items : [object];
}

function cellOf(results: readonly unknown[][]): string {
  const none = results.length === 0 || results[0]?.length === 0 ? ['<none>'] : [];
  return [...none, ...results.flat().map((value) => escapeTerminal(goPrint(value)))].join(',');
}
