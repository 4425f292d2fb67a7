import { isJsonObject } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';
import { decodeText } from '../../kernel/bytes.js';
import { type Chart, chartName, type Values } from '../chart/chart.js';
import { HelmError } from '../errors.js';
import { schemaProblem } from '../json-schema/validate.js';

/** What the schemas of a chart and of the charts in it have against values; '' when nothing. */
export function schemaProblems(chart: Chart, values: Values): string {
  let text = '';
  if (chart.schema) {
    const problem = schemaProblem(decodeText(chart.schema.data), values);
    if (problem !== undefined) text += `${chartName(chart)}:\n${problem}`;
  }
  for (const child of chart.dependencies) {
    const own = ownField(values, chartName(child));
    if (own === undefined || own === null) continue;
    if (isJsonObject(own)) text += schemaProblems(child, own);
    else
      text += `${chartName(child)}:\ninvalid type for values: expected object (map), got ${Array.isArray(own) ? '[]interface {}' : typeof own === 'boolean' ? 'bool' : typeof own === 'string' ? 'string' : 'float64'}\n`;
  }
  return text;
}

/** Throws HelmError when a schema forbids the values. */
export function checkSchemas(chart: Chart, values: Values): void {
  const problems = schemaProblems(chart, values);
  if (problems !== '')
    throw new HelmError(
      `values don't meet the specifications of the schema(s) in the following chart(s):\n${problems}`,
    );
}
