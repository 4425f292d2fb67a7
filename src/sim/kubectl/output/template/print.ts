import { goQuote } from '../../../api/go-text.js';
import { goPrint } from '../../../api/go-value.js';
import { OutputError } from '../../../api/output-error.js';
import { compactJson } from '../../../api/yaml/json-writer.js';
import type { ObjectPrinter } from '../printer.js';
import { executeTemplate } from './execute.js';
import { FUNCTIONS } from './functions.js';
import { parseTemplate, type TemplateSet } from './parser.js';

/**
 * Makes the printer of `-o go-template=TEMPLATE`. Throws OutputError for a template that cannot be read
 * (`error parsing template ...`), and from `print` for one that fails; `printed` then holds what kubectl
 * still writes to standard output, its notes for debugging included.
 */
export function goTemplatePrinter(
  template: string,
  options: { readonly allowMissingKeys?: boolean } = {},
): ObjectPrinter {
  const templates = parse(template);
  const allowMissingKeys = options.allowMissingKeys ?? true;
  return {
    print: (object) => {
      try {
        return executeTemplate(template, templates, object, { allowMissingKeys });
      } catch (error) {
        if (!(error instanceof OutputError)) throw error;
        const printed = error.printed + debugNotes(template, error.message, object);
        throw new OutputError(`error executing template ${goQuote(template)}: ${error.message}`, printed);
      }
    },
  };
}

function parse(template: string): TemplateSet {
  try {
    return parseTemplate(template, new Set(FUNCTIONS.keys()));
  } catch (error) {
    if (error instanceof OutputError) throw new OutputError(`error parsing template ${template}, ${error.message}`);
    throw error;
  }
}

function debugNotes(template: string, problem: string, object: unknown): string {
  const lines = [
    `Error executing template: ${problem}. Printing more information for debugging the template:`,
    `\ttemplate was:\n\t\t${template}`,
    `\traw data was:\n\t\t${compactJson(object)}`,
    `\tobject given to template engine was:\n\t\t${goPrint(object)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
