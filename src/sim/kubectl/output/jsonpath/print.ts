import { goQuote } from '../../../api/go-text.js';
import { goSyntax } from '../../../api/go-value.js';
import { Evaluator } from '../../../api/jsonpath/evaluate.js';
import { parseJsonPath } from '../../../api/jsonpath/parser.js';
import { resultText } from '../../../api/jsonpath/result-text.js';
import { OutputError } from '../../../api/output-error.js';
import { indentedJson } from '../../../api/yaml/json-writer.js';
import type { ObjectPrinter } from '../printer.js';

export interface JsonPathOptions {
  /** A field that is not there stands for nothing instead of being a mistake; kubectl's default. */
  readonly allowMissingKeys?: boolean;
  /** `-o jsonpath-as-json`: every result as an indented JSON list. */
  readonly asJson?: boolean;
}

/**
 * Makes the printer of `-o jsonpath=TEMPLATE`. Throws OutputError for a template that cannot be read
 * (`error parsing jsonpath ...`), and from `print` for one that does not fit (`error executing jsonpath ...`).
 */
export function jsonPathPrinter(template: string, options: JsonPathOptions = {}): ObjectPrinter {
  const evaluator = jsonPathEvaluator(
    template,
    options.allowMissingKeys ?? true,
    `error parsing jsonpath ${template}, `,
  );
  return {
    print: (object) => {
      try {
        return printResults(evaluator.find(object), options.asJson ?? false);
      } catch (error) {
        if (error instanceof OutputError) throw new OutputError(executionError(template, error.message, object));
        throw error;
      }
    },
  };
}

/** A template ready to be run; `prefix` stands before what is wrong with it. Throws OutputError. */
export function jsonPathEvaluator(template: string, allowMissingKeys: boolean, prefix = ''): Evaluator {
  try {
    return new Evaluator(parseJsonPath(template), allowMissingKeys);
  } catch (error) {
    if (error instanceof OutputError) throw new OutputError(prefix + error.message);
    throw error;
  }
}

/** The results of a template's parts as text, one part after another. */
export function printResults(results: readonly unknown[][], asJson = false): string {
  if (asJson) return results.map((values) => `${indentedJson(values)}\n`).join('');
  return results.map((values) => values.map(resultText).join(' ')).join('');
}

function executionError(template: string, problem: string, object: unknown): string {
  const lines = [
    `Error executing template: ${problem}. Printing more information for debugging the template:`,
    `\ttemplate was:\n\t\t${template}`,
    `\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n`,
  ];
  return `error executing jsonpath ${goQuote(template)}: ${lines.join('\n')}\n`;
}
