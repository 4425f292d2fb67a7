import { actionContext } from '../action/context.js';
import { exactly, type HelmCommand } from '../command.js';
import { alignRows, writeAs } from '../output.js';
import { checkReleaseName } from '../release/name.js';
import { ansicTime } from '../told/status-text.js';
import { chartText } from './list.js';

/** `helm history`. */
export const historyCommand: HelmCommand = {
  name: 'history',
  aliases: ['hist'],
  short: 'fetch release history',
  usage: 'RELEASE_NAME',
  flags: 'max:i=256 o/output:s=table',
  arity: exactly(1),
  *run(run, [name = '']) {
    const { client, storage } = actionContext(run);
    yield* client.checkReachable();
    checkReleaseName(name, 'release name');
    const history = (yield* storage.history(name)).slice(-Math.max(run.flags.number('max'), 0));
    const rows = history.map(({ version, info, chart }) => ({
      revision: version,
      ...(info.last_deployed ? { updated: info.last_deployed } : {}),
      status: info.status,
      chart: chartText(chart),
      app_version: chart.metadata.appVersion ?? '',
      description: info.description ?? '',
    }));
    yield* writeAs(run, rows, () => {
      const header = ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'];
      const lines = rows.map((row) => [
        String(row.revision),
        ansicTime(row.updated ?? ''),
        row.status,
        row.chart,
        row.app_version,
        row.description,
      ]);
      return `${alignRows([header, ...lines])}\n`;
    });
  },
};
