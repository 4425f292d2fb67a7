import { isJsonObject, type KubeObject } from '../api/object.js';
import { printJson } from '../api/yaml/json-writer.js';
import { printYaml } from '../api/yaml/print.js';
import { klogLine } from '../client/klog.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Waiting } from '../kernel/wait.js';
import { CommandError } from './errors.js';
import { customColumnsFilePrinter, customColumnsPrinter } from './output/custom-columns.js';
import { jsonPathPrinter } from './output/jsonpath/print.js';
import { printName } from './output/name.js';
import type { ObjectPrinter } from './output/printer.js';
import { goTemplatePrinter } from './output/template/print.js';
import type { Session } from './session.js';

const TEMPLATE_FORMATS = [
  'go-template',
  'go-template-file',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'template',
  'templatefile',
];
const WRITER_FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];
const COLUMN_FORMATS = ['custom-columns', 'custom-columns-file', 'wide'];

/** What Go reads as truth values. */
const TRUE = /^(1|t|T|TRUE|true|True)$/;
const FALSE = /^(0|f|F|FALSE|false|False)$/;

export interface PrinterOptions {
  /** `get` knows columns, too. */
  readonly columns?: boolean;
  readonly noHeaders?: boolean;
  /** The object was built here: its fields are printed in their own order. */
  readonly keepOrder?: boolean;
}

/**
 * The printer that `-o` and `--template` ask for; undefined when nothing is asked, which is a table or a line. Throws
 * CommandError and OutputError for what cannot be understood.
 */
export function outputPrinter(session: Session, options: PrinterOptions = {}): ObjectPrinter | undefined {
  const { flags } = session;
  const output = flags.text('output');
  const template = flags.text('template');
  if (output === '' && template === '') return undefined;
  const { format, argument } = splitFormat(output, template, options.columns === true);
  const plain = !flags.bool('show-managed-fields');
  if (format === 'json')
    return {
      print: (object) => printJson(plain ? withoutManagers(object) : object, { keepOrder: options.keepOrder ?? false }),
    };
  if (format === 'yaml' || format === 'kyaml') return yamlPrinter(plain);
  if (format === 'name') return { print: (object) => printName(object) };
  if (options.columns && format === 'custom-columns')
    return customColumnsPrinter(argument, { noHeaders: options.noHeaders ?? false });
  if (options.columns && format === 'custom-columns-file') {
    return customColumnsFilePrinter(readTemplate(session, argument, 'error reading template'));
  }
  const printer = templatePrinter(session, format, argument);
  if (printer) return printer;
  const allowed = [...WRITER_FORMATS, ...(options.columns ? COLUMN_FORMATS : [])].sort();
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${allowed.join(',')}`,
  );
}

function splitFormat(output: string, template: string, columns: boolean): { format: string; argument: string } {
  if (output === '') return { format: 'go-template', argument: template };
  const formats = columns ? [...TEMPLATE_FORMATS, ...COLUMN_FORMATS] : TEMPLATE_FORMATS;
  const named = formats.filter((format) => output.startsWith(`${format}=`)).sort((a, b) => b.length - a.length)[0];
  return named === undefined
    ? { format: output, argument: template }
    : { format: named, argument: output.slice(named.length + 1) };
}

function templatePrinter(session: Session, format: string, argument: string): ObjectPrinter | undefined {
  if (!TEMPLATE_FORMATS.includes(format)) return undefined;
  if (argument === '') throw new CommandError('template format specified but no template given');
  const allowMissingKeys = session.flags.bool('allow-missing-template-keys');
  const text = format.endsWith('file') ? readTemplate(session, argument, 'error reading --template') : argument;
  if (format.startsWith('jsonpath'))
    return jsonPathPrinter(text, { allowMissingKeys, asJson: format === 'jsonpath-as-json' });
  return goTemplatePrinter(text, { allowMissingKeys });
}

function readTemplate(session: Session, path: string, what: string): string {
  try {
    return decodeText(session.sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(`${what} ${path}, open ${path}: ${error.message.toLowerCase()}`);
  }
}

function yamlPrinter(plain: boolean): ObjectPrinter {
  let printed = 0;
  return {
    print: (object) => {
      printed += 1;
      return `${printed > 1 ? '---\n' : ''}${printYaml(plain ? withoutManagers(object) : object)}`;
    },
  };
}

/** An object, or a list of them, without the field that only machines read. */
function withoutManagers(object: unknown): unknown {
  if (!isJsonObject(object)) return object;
  if (Array.isArray(object.items)) return { ...object, items: object.items.map(withoutManagers) };
  if (!isJsonObject(object.metadata) || object.metadata['managedFields'] === undefined) return object;
  const { managedFields: _managers, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** What a dry run is: none, only here, or on the server. */
export type DryRun = 'none' | 'client' | 'server';

/** What `--dry-run` says. Throws for other words. */
export function dryRunOf(session: Session): DryRun {
  const text = session.flags.text('dry-run');
  if (text === '') return 'none';
  if (text === 'client' || text === 'server' || text === 'none') return text;
  if (text === 'unchanged' || TRUE.test(text)) return 'client';
  if (FALSE.test(text)) return 'none';
  throw new CommandError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
}

/** A truth value for `--dry-run` still does, but is of the past. */
export function* warnOfDryRun({ flags, sys }: Session): Waiting<void> {
  const text = flags.has('dry-run') ? flags.text('dry-run') : '';
  const strategy = TRUE.test(text) ? 'client' : FALSE.test(text) ? 'none' : undefined;
  const warn = (line: number, words: string): Waiting<void> =>
    sys.write(2, klogLine(sys, 'W', `helpers.go:${line}`, words));
  if (text === 'unchanged') yield* warn(719, '--dry-run is deprecated and can be replaced with --dry-run=client.');
  else if (strategy)
    yield* warn(
      strategy === 'client' ? 733 : 736,
      `--dry-run=${text} is deprecated (boolean value) and can be replaced with --dry-run=${strategy}.`,
    );
}

/** An operation's word with the kind of dry run. */
export function operationWord(operation: string, dryRun: DryRun): string {
  if (dryRun === 'client') return `${operation} (dry run)`;
  return dryRun === 'server' ? `${operation} (server dry run)` : operation;
}

/** Says what was done to objects: a line each, or whatever `-o` asks for. */
export class WritePrinter {
  private readonly printer: ObjectPrinter | undefined;

  constructor(
    private readonly session: Session,
    private readonly dryRun: DryRun = 'none',
    options: PrinterOptions = {},
  ) {
    this.printer = outputPrinter(session, options);
  }

  /** Whether `-o` asks for more than a line. */
  get structured(): boolean {
    return this.printer !== undefined;
  }

  *print(object: KubeObject, operation: string) {
    const text = this.printer ? this.printer.print(object) : printName(object, operationWord(operation, this.dryRun));
    yield* this.session.out(text);
  }
}
