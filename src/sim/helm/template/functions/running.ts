import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { executeTemplate } from '../../../api/go-template/execute.js';
import { goQuoteBytes } from '../../../api/go-template/format-value.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { addTemplates, parseTemplate } from '../../../api/go-template/parser.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import type { ChartGroup } from '../chart-group.js';
import { WARNING_END, WARNING_START } from '../error-words.js';
import type { RenderRequest } from '../render-request.js';

const INCLUDES_MAX = 1000;

/** Helm's functions that run templates or end the run. */
export function runningFunctions(request: RenderRequest, group: ChartGroup): FunctionTable {
  return {
    ...templateFunctions(group, new Map()),
    fail: goFunction('(string) string', (message: string) => {
      if (!request.lint) throw warning(message);
      return '';
    }),
    required: goFunction('(string, any) any', (message: string, data: GoData) => {
      if (data !== null && data !== '') return data;
      if (!request.lint) throw warning(message);
      request.hooks.warn?.(message);
      return '';
    }),
  };
}

function warning(message: string): TemplateError {
  return new TemplateError(WARNING_START + message + WARNING_END);
}

/** `include` and `tpl` of a group; `included` counts how often each name is being included now. */
function templateFunctions(group: ChartGroup, included: Map<string, number>): FunctionTable {
  return {
    include: goFunction('(string, any) string', (name: string, data: GoData) => include(group, included, name, data)),
    tpl: goFunction('(string, any) string', (text: string, data: GoData) => runText(group, included, text, data)),
  };
}

function include(group: ChartGroup, included: Map<string, number>, name: string, data: GoData): string {
  const count = included.get(name);
  if (count !== undefined && count > INCLUDES_MAX) {
    const cause = new TemplateError('unable to execute template');
    throw new TemplateError(`rendering template has a nested reference name: ${name}: ${cause.message}`, cause);
  }
  included.set(name, (count ?? 0) + 1);
  const out: string[] = [];
  try {
    executeTemplate(group, name, data, out);
  } finally {
    included.set(name, (included.get(name) ?? 1) - 1);
  }
  return out.join('');
}

/** `tpl`: a text of a value as a template; what it defines is known inside it only. */
function runText(outer: ChartGroup, included: Map<string, number>, text: string, data: GoData): string {
  const functions = new Map(outer.functions);
  const group: ChartGroup = { ...outer, templates: new Map(outer.templates), functions };
  for (const [name, called] of Object.entries(templateFunctions(group, included))) functions.set(name, called);
  try {
    const parsed = parseTemplate({ name: group.name, text }, functions);
    // A text that writes nothing leaves what stood under its name before.
    addTemplates(group.templates, parsed);
    if (!group.templates.has(group.name)) return '';
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`cannot parse template ${goQuoteBytes(text)}: ${error.message}`, error);
  }
  const out: string[] = [];
  try {
    executeTemplate(group, group.name, data, out);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const words = `error during tpl function execution for ${goQuoteBytes(text)}: ${error.message}`;
    throw new TemplateError(words, error);
  }
  return out.join('').replaceAll('<no value>', '');
}
