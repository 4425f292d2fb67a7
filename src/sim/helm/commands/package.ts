import { exists } from '../../kernel/libc/exists.js';
import { missingCharts } from '../action/chart-request.js';
import { fileError, loadDirectory } from '../chart/load-path.js';
import { archiveName, packChart } from '../chart/package.js';
import type { HelmCommand } from '../command.js';
import { HelmError } from '../errors.js';
import { updateDependencies } from '../repo/manager.js';
import { absolutePath, makeDirectories } from '../repo/paths.js';
import { parseVersion } from '../semver/version.js';

/** `helm package`. */
export const packageCommand: HelmCommand = {
  name: 'package',
  short: 'package a chart directory into a chart archive',
  usage: '[CHART_PATH] [...]',
  flags:
    'sign:b key:s keyring:s passphrase-file:s version:s app-version:s d/destination:s=. u/dependency-update:b username:s password:s cert-file:s key-file:s insecure-skip-tls-verify:b plain-http:b ca-file:s',
  *run(run, paths) {
    const { flags, sys } = run;
    if (paths.length === 0) throw new HelmError('need at least one argument, the path to the chart');
    if (flags.bool('sign')) {
      if (flags.text('key') === '') throw new HelmError('--key is required for signing a package');
      throw new HelmError(
        `open ${flags.text('keyring') || `${sys.environment.get('HOME') ?? ''}/.gnupg/pubring.gpg`}: no such file or directory`,
      );
    }
    for (const given of paths) {
      if (!exists(sys, given)) throw new HelmError(`stat ${given}: no such file or directory`);
      const path = absolutePath(sys, given);
      if (flags.bool('dependency-update')) yield* updateDependencies(run, path);
      const chart = loadDirectory(sys, path, (text) => run.say(text));
      if (flags.text('version') !== '') chart.metadata.version = flags.text('version');
      if (!parseVersion(chart.metadata.version ?? '')) throw new HelmError('invalid semantic version');
      if (flags.text('app-version') !== '') chart.metadata.appVersion = flags.text('app-version');
      const problem = missingCharts(chart);
      if (problem !== undefined) throw new HelmError(problem);
      const folder = flags.text('destination');
      const target = absoluteOf(sys.directory(), folder, archiveName(chart));
      try {
        makeDirectories(sys, target.slice(0, target.lastIndexOf('/')) || '/');
        sys.writeFile(target, packChart(chart, sys.now()));
      } catch (error) {
        throw fileError('open', target, error);
      }
      yield* run.out(`Successfully packaged chart and saved it to: ${target}\n`);
    }
  },
};

/** The path is told from the root for the working directory, otherwise as it was given. */
function absoluteOf(directory: string, folder: string, name: string): string {
  const base = folder === '.' ? directory : folder.replace(/\/+$/, '');
  return `${base === '/' ? '' : base}/${name}`.replace(/^\.\//, '');
}
