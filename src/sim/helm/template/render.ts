import { compareBytes } from '../../api/bytewise.js';
import { BUILTIN_FUNCTIONS } from '../../api/go-template/builtin-functions.js';
import { executeTemplate } from '../../api/go-template/execute.js';
import type { GoFunction } from '../../api/go-template/go-types.js';
import { typed } from '../../api/go-template/go-values.js';
import type { Template } from '../../api/go-template/nodes.js';
import { addTemplates, parseTemplate } from '../../api/go-template/parser.js';
import { TemplateError } from '../../api/go-template/template-error.js';
import type { ChartGroup } from './chart-group.js';
import { executionError, parseError } from './error-words.js';
import { FAMILIES } from './functions/register.js';
import type { RenderRequest, TemplateSource } from './render-request.js';
import { VALUES_TYPE } from './top.js';

/** The name of the group all files of a run are in. */
const GROUP_NAME = 'gotpl';

/**
 * What helm makes of a chart's templates: the text of each file by its name; those whose name begins with `_` are there
 * for the others only. Throws TemplateError in helm's words, without `Error: ` before them.
 */
export function renderTemplates(request: RenderRequest): Map<string, string> {
  const group = createGroup(request);
  const sources = [...request.templates].sort(byPlace);
  for (const source of sources) addSource(group, source);
  const rendered = new Map<string, string>();
  for (const source of sources) {
    if (isPartial(source.name)) continue;
    rendered.set(source.name, renderSource(group, source));
  }
  return rendered;
}

function createGroup(request: RenderRequest): ChartGroup {
  const functions = new Map<string, GoFunction>(Object.entries(BUILTIN_FUNCTIONS));
  const group: ChartGroup = {
    name: GROUP_NAME,
    templates: new Map<string, Template>(),
    functions,
    missingKey: request.strict ? 'error' : 'zero',
  };
  for (const family of FAMILIES) {
    for (const [name, called] of Object.entries(family(request, group))) functions.set(name, called);
  }
  return group;
}

function addSource(group: ChartGroup, source: TemplateSource): void {
  try {
    addTemplates(group.templates, parseTemplate(source, group.functions));
  } catch (error) {
    if (error instanceof TemplateError) throw parseError(source.name, error);
    throw error;
  }
}

function renderSource(group: ChartGroup, { name, basePath, top }: TemplateSource): string {
  top['Template'] = typed({ Name: name, BasePath: basePath }, VALUES_TYPE);
  const out: string[] = [];
  try {
    executeTemplate(group, name, typed(top, VALUES_TYPE), out);
  } catch (error) {
    if (error instanceof TemplateError) throw executionError(name, error);
    throw error;
  }
  return out.join('').replaceAll('<no value>', '');
}

function isPartial(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1).startsWith('_');
}

/** Deeper paths first, so that what stands higher is read last and counts; among those alike, backwards by name. */
function byPlace(a: TemplateSource, b: TemplateSource): number {
  const depth = (name: string): number => name.split('/').length;
  return depth(b.name) - depth(a.name) || compareBytes(b.name, a.name);
}
