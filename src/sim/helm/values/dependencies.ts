import { deepCopy, isJsonObject } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';
import { type Chart, chartName, type Dependency, type Values } from '../chart/chart.js';
import { copyChart } from '../chart/copy.js';
import { isCompatible } from '../semver/compatible.js';
import { coalesceTables, coalesceValues, type Log, mergeChartValues } from './coalesce.js';
import { pathValue, tableAt } from './path-value.js';

/** Who hears of values that are not what they should be: `key` words follow as helm's log has them. */
export interface Notes {
  readonly log: Log;
  /** A line of level WARN, with its attributes. */
  readonly warn: (message: string, attributes?: Readonly<Record<string, string>>) => void;
}

/**
 * Leaves those charts in a chart that conditions and tags enable, under their aliases, and takes the values that it
 * imports from them (ProcessDependencies). The chart is changed.
 */
export function processDependencies(chart: Chart, values: Values, notes: Notes): void {
  enable(chart, values, '', notes);
  importValues(chart, notes);
}

function enable(chart: Chart, values: Values, path: string, notes: Notes): void {
  const wanted = chart.metadata.dependencies;
  if (!wanted) return;
  chart.dependencies = aliased(chart, wanted);
  for (const dependency of wanted) {
    if (dependency.alias) dependency.name = dependency.alias;
    dependency.enabled = true;
  }
  const all = coalesceValues(chart, values, notes.log);
  const tags = tableAt(all, 'tags');
  for (const dependency of wanted) {
    if (tags) dependency.enabled = byTags(dependency, tags, notes);
  }
  for (const dependency of wanted) applyCondition(dependency, all, path, notes);
  const off = new Set(wanted.filter(({ enabled }) => !enabled).map(({ name }) => name));
  chart.dependencies = chart.dependencies.filter((each) => !off.has(chartName(each)));
  for (const child of chart.dependencies) enable(child, all, `${path}${chartName(child)}.`, notes);
  const left = wanted.filter(({ name }) => !off.has(name));
  if (left.length > 0) chart.metadata.dependencies = left;
  else delete chart.metadata.dependencies;
}

/** Charts that nobody asked for by name stay; each wish gets a chart of its own, under its alias. */
function aliased(chart: Chart, wanted: readonly Dependency[]): Chart[] {
  const fits = (each: Chart, { name, version = '' }: Dependency): boolean =>
    chartName(each) === name && isCompatible(version, each.metadata.version ?? '');
  const unasked = chart.dependencies.filter((each) => !wanted.some((dependency) => fits(each, dependency)));
  const asked = wanted.flatMap((dependency) => {
    const found = chart.dependencies.find((each) => fits(each, dependency));
    if (!found) return [];
    const own = copyChart(found);
    if (dependency.alias) own.metadata.name = dependency.alias;
    return [own];
  });
  return [...unasked, ...asked];
}

function byTags({ name, tags = [] }: Dependency, values: Values, notes: Notes): boolean {
  const set: boolean[] = [];
  for (const tag of tags) {
    const value = ownField(values, tag);
    if (typeof value === 'boolean') set.push(value);
    else if (value !== undefined) notes.warn('returned non-bool value', { tag, chart: name });
  }
  return set.length === 0 || set.includes(true);
}

function applyCondition(dependency: Dependency, values: Values, prefix: string, notes: Notes): void {
  for (const condition of (dependency.condition ?? '').trim().split(',')) {
    if (condition === '') continue;
    const value = pathValue(values, `${prefix}${condition}`);
    if (typeof value === 'boolean') {
      dependency.enabled = value;
      return;
    }
    if (value !== undefined) notes.warn('returned non-bool value', { path: condition, chart: dependency.name });
  }
}

function importValues(chart: Chart, notes: Notes): void {
  for (const child of chart.dependencies) importValues(child, notes);
  const wanted = chart.metadata.dependencies;
  if (!wanted) return;
  const values = mergeChartValues(chart, {}, notes.log);
  let imported: Values = {};
  for (const dependency of wanted) {
    dependency['import-values'] = (dependency['import-values'] ?? []).flatMap((item) => {
      const { child, parent } = placesOf(item);
      if (child === undefined) return [];
      const table = tableAt(values, `${dependency.name}.${child}`);
      if (table) imported = coalesceTables(imported, placed(parent, deepCopy(table)), '', true, notes.log);
      else missing(item, dependency, child, notes);
      return [{ child, parent }];
    });
    if (dependency['import-values'].length === 0) delete dependency['import-values'];
  }
  chart.values = coalesceTables(values, imported, '', true, notes.log);
}

function placesOf(item: unknown): { child: string | undefined; parent: string } {
  if (typeof item === 'string') return { child: `exports.${item}`, parent: '.' };
  if (!isJsonObject(item)) return { child: undefined, parent: '' };
  return { child: String(item['child'] ?? '<nil>'), parent: String(item['parent'] ?? '<nil>') };
}

function missing(item: unknown, { name }: Dependency, child: string, { warn }: Notes): void {
  const error = `"${name}.${child}" is not a table`;
  if (typeof item === 'string') warn('ImportValues missing table', { error });
  else warn('ImportValues missing table from chart', { chart: name, error });
}

function placed(path: string, table: Values): Values {
  if (path === '.') return table;
  return path.split('.').reduceRight<Values>((inner, part) => ({ [part]: inner }), table);
}
