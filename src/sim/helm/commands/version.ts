import type { HelmCommand } from '../command.js';
import { renderText } from '../render/render-text.js';
import { HELM_BUILD } from '../version.js';

/** `helm version`. */
export const versionCommand: HelmCommand = {
  name: 'version',
  short: 'print the helm version information',
  flags: 'short:b template:s',
  arity: { most: 0 },
  *run(run) {
    const { version, gitCommit, gitTreeState, goVersion, kubeClientVersion } = HELM_BUILD;
    const fields = {
      Version: version,
      GitCommit: gitCommit,
      GitTreeState: gitTreeState,
      GoVersion: goVersion,
      KubeClientVersion: kubeClientVersion,
    };
    const template = run.flags.text('template');
    if (template !== '') return yield* run.out(renderText(run, '_', template, fields));
    if (run.flags.bool('short')) return yield* run.out(`${version}+g${gitCommit.slice(0, 7)}\n`);
    const shown = Object.entries(fields).map(([name, value]) => `${name}:${JSON.stringify(value)}`);
    yield* run.out(`version.BuildInfo{${shown.join(', ')}}\n`);
  },
};
