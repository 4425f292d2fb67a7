import { isGoInteger } from '../../../api/go-number.js';
import { executeTemplate } from '../../../api/go-template/execute.js';
import { goInt64 } from '../../../api/go-template/go-values.js';
import type { Template } from '../../../api/go-template/nodes.js';
import { parseTemplate } from '../../../api/go-template/parser.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { goQuote } from '../../../api/go-text.js';
import { goPrint } from '../../../api/go-value.js';
import { isJsonObject } from '../../../api/object.js';
import { OutputError } from '../../../api/output-error.js';
import { setField } from '../../../api/set-field.js';
import { compactJson } from '../../../api/yaml/json-writer.js';
import type { ObjectPrinter } from '../printer.js';
import { FUNCTIONS } from './functions.js';

/** The name kubectl gives its template, which every complaint begins with. */
const TEMPLATE_NAME = 'output';

/**
 * Makes the printer of `-o go-template=TEMPLATE`. Throws OutputError for a template that cannot be read
 * (`error parsing template ...`), and from `print` for one that fails; `printed` then holds what kubectl
 * still writes to standard output, its notes for debugging included.
 */
export function goTemplatePrinter(
  template: string,
  options: { readonly allowMissingKeys?: boolean } = {},
): ObjectPrinter {
  const group = {
    name: TEMPLATE_NAME,
    templates: parse(template),
    functions: FUNCTIONS,
    missingKey: (options.allowMissingKeys ?? true) ? 'invalid' : 'error',
  } as const;
  return {
    print: (object) => {
      const out: string[] = [];
      try {
        executeTemplate(group, TEMPLATE_NAME, withIntegers(object), out);
        return out.join('');
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        const printed = out.join('') + debugNotes(template, error.message, object);
        throw new OutputError(`error executing template ${goQuote(template)}: ${error.message}`, printed);
      }
    },
  };
}

/** Whole numbers as the int64 that kubectl's decoder makes of them. */
function withIntegers(data: unknown): unknown {
  if (typeof data === 'number') return isGoInteger(data) ? goInt64(data) : data;
  if (Array.isArray(data)) return data.map(withIntegers);
  if (!isJsonObject(data)) return data;
  const object: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(data)) setField(object, key, withIntegers(item));
  return object;
}

function parse(template: string): Map<string, Template> {
  try {
    return parseTemplate({ name: TEMPLATE_NAME, text: template }, FUNCTIONS);
  } catch (error) {
    if (error instanceof TemplateError) throw new OutputError(`error parsing template ${template}, ${error.message}`);
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
