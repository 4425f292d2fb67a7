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

/**
 * How deep templates may be inside each other. Helm itself stops at a thousand inclusions of one name; each of ours takes
 * more of the stack, of which there must be enough wherever this runs.
 */
const NESTED_MAX = 250;

/** How many templates are running inside each other now. */
interface Nesting {
  depth: number;
}

/** Helm's functions that run templates or end the run. */
export function runningFunctions(request: RenderRequest, group: ChartGroup): FunctionTable {
  return {
    ...templateFunctions(group, { depth: 0 }),
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

/** `include` and `tpl` of a group. */
function templateFunctions(group: ChartGroup, nesting: Nesting): FunctionTable {
  return {
    include: goFunction('(string, any) string', (name: string, data: GoData) =>
      nested(nesting, name, () => include(group, name, data)),
    ),
    tpl: goFunction('(string, any) string', (text: string, data: GoData) =>
      nested(nesting, group.name, () => runText(group, nesting, text, data)),
    ),
  };
}

function nested(nesting: Nesting, name: string, run: () => string): string {
  if (nesting.depth >= NESTED_MAX) {
    const cause = new TemplateError('unable to execute template');
    throw new TemplateError(`rendering template has a nested reference name: ${name}: ${cause.message}`, cause);
  }
  nesting.depth++;
  try {
    return run();
  } finally {
    nesting.depth--;
  }
}

function include(group: ChartGroup, name: string, data: GoData): string {
  const out: string[] = [];
  executeTemplate(group, name, data, out);
  return out.join('');
}

/** `tpl`: a text of a value as a template; what it defines is known inside it only. */
function runText(outer: ChartGroup, nesting: Nesting, text: string, data: GoData): string {
  const functions = new Map(outer.functions);
  const group: ChartGroup = { ...outer, templates: new Map(outer.templates), functions };
  for (const [name, called] of Object.entries(templateFunctions(group, nesting))) functions.set(name, called);
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
