import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { readChartArchive } from '../chart/archive.js';
import { chartName } from '../chart/chart.js';
import { chartOfArchive } from '../chart/load.js';
import { fileError } from '../chart/load-path.js';
import type { HelmCommand } from '../command.js';
import { HelmError } from '../errors.js';
import { CHART_FLAGS } from '../flag-table.js';
import { downloadChart } from '../repo/download.js';
import { baseOf, cleanPath, directoryOf, makeDirectories } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { chartVersion } from './install.js';

/** `helm pull`. */
export const pullCommand: HelmCommand = {
  name: 'pull',
  aliases: ['fetch'],
  short: 'download a chart from a repository and (optionally) unpack it in local directory',
  usage: '[chart URL | repo/chartname] [...]',
  flags: `devel:b untar:b prov:b untardir:s=. d/destination:s=. ${CHART_FLAGS}`,
  arity: { least: 1 },
  *run(run, words) {
    for (const word of words) yield* pull(run, word);
  },
};

function* pull(run: HelmRun, word: string): Waiting<void> {
  const { flags, sys } = run;
  const { name, bytes } = yield* downloadChart(run, word, chartVersion(run));
  const destination = flags.text('destination');
  if (!flags.bool('untar')) {
    const path = cleanPath(`${destination}/${name}`);
    try {
      sys.writeFile(path, bytes);
    } catch (error) {
      throw fileError('open', path, error);
    }
    return;
  }
  const given = flags.text('untardir');
  const folder = given.startsWith('/') ? given : cleanPath(`${destination}/${given}`);
  const check = folder === '.' ? baseOf(word) : `${folder}/${baseOf(word)}`;
  if (exists(sys, check))
    throw new HelmError(`failed to untar: a file or directory with the name ${check} already exists`);
  makeDirectories(sys, check);
  unpack(run, folder, bytes);
}

function unpack({ sys }: HelmRun, folder: string, bytes: Uint8Array): void {
  const top = `${folder}/${chartName(chartOfArchive(bytes))}`;
  for (const { name, data } of readChartArchive(bytes)) {
    const path = `${top}/${name}`;
    makeDirectories(sys, directoryOf(path));
    sys.writeFile(path, data);
  }
}
