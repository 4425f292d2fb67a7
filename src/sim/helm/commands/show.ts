import { printYaml } from '../../api/yaml/print.js';
import { decodeText } from '../../kernel/bytes.js';
import { jsonPathPrinter } from '../../kubectl/output/jsonpath/print.js';
import { type Chart, crdsOf } from '../chart/chart.js';
import { loadChart } from '../chart/load-path.js';
import { exactly, type HelmCommand } from '../command.js';
import { wrapped } from '../errors.js';
import { CHART_FLAGS } from '../flag-table.js';
import { locateChart } from '../repo/download.js';
import { chartVersion } from './install.js';

type Part = 'all' | 'chart' | 'crds' | 'readme' | 'values';

/** `helm show`. */
export const showCommand: HelmCommand = {
  name: 'show',
  aliases: ['inspect'],
  short: 'show information of a chart',
  commands: [
    part('all', 'show all information of the chart'),
    part('chart', "show the chart's definition"),
    part('crds', "show the chart's CRDs"),
    part('readme', "show the chart's README"),
    part('values', "show the chart's values"),
  ],
};

function part(name: Part, short: string): HelmCommand {
  return {
    name,
    short,
    usage: '[CHART]',
    flags: `devel:b ${name === 'values' ? 'jsonpath:s ' : ''}${CHART_FLAGS}`,
    arity: exactly(1),
    *run(run, [word = '']) {
      const path = yield* locateChart(run, word, chartVersion(run));
      const chart = loadChart(run.sys, path, (text) => run.say(text));
      yield* run.out(shown(chart, name, name === 'values' ? run.flags.text('jsonpath') : ''));
    },
  };
}

function shown(chart: Chart, what: Part, path: string): string {
  const wants = (one: Part): boolean => what === one || what === 'all';
  const line = what === 'all' ? '---\n' : '';
  let text = wants('chart') ? `${printYaml(chart.metadata)}\n` : '';
  if (wants('values') && chart.values) text += line + (path === '' ? valuesText(chart) : atPath(chart, path));
  const readme = chart.files.find(({ name }) => ['readme.md', 'readme.txt', 'readme'].includes(name.toLowerCase()));
  if (wants('readme') && readme) text += `${line}${decodeText(readme.data)}\n`;
  if (!wants('crds')) return text;
  for (const { file } of crdsOf(chart)) {
    const own = decodeText(file.data);
    text += `${own.startsWith('---') ? '' : '---\n'}${own}\n`;
  }
  return text;
}

function valuesText({ raw }: Chart): string {
  const file = raw.find(({ name }) => name === 'values.yaml');
  return file ? `${decodeText(file.data)}\n` : '';
}

function atPath({ values }: Chart, path: string): string {
  try {
    return jsonPathPrinter(path).print(values);
  } catch (error) {
    throw wrapped(`error parsing jsonpath ${path}`, error);
  }
}
