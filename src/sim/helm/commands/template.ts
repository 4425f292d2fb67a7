import type { Waiting } from '../../kernel/wait.js';
import { FailedRelease, type InstallPlan } from '../action/install-plan.js';
import { dryRunOf } from '../action/options.js';
import { matchGlob } from '../chart/glob.js';
import { fileError } from '../chart/load-path.js';
import type { HelmCommand } from '../command.js';
import { HelmError } from '../errors.js';
import { INSTALL_FLAGS } from '../flag-table.js';
import type { Hook, Release } from '../release/release.js';
import { checkKubeVersion, localCapabilities } from '../render/capabilities.js';
import { splitManifests } from '../render/manifests.js';
import { directoryOf, makeDirectories } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { runInstall } from './install.js';

/** `helm template`. */
export const templateCommand: HelmCommand = {
  name: 'template',
  short: 'locally render templates',
  usage: '[NAME] [CHART]',
  flags: `${INSTALL_FLAGS} s/show-only:a output-dir:s validate:b include-crds:b skip-tests:b is-upgrade:b kube-version:s a/api-versions:l release-name:b dry-run:s!unset=client`,
  arity: { least: 1 },
  *run(run, args) {
    const { flags } = run;
    const kubeVersion = flags.text('kube-version');
    checkKubeVersion(kubeVersion);
    const asked = dryRunOf(run, true);
    const files = new OutputFiles(run);
    const outputDir = flags.text('output-dir');
    const changes: Partial<InstallPlan> = {
      replace: true,
      includeCrds: flags.bool('include-crds'),
      isUpgrade: flags.bool('is-upgrade'),
      local: localCapabilities(kubeVersion, flags.list('api-versions')),
    };
    const write = (path: string, content: string): Waiting<void> => files.write(path, content);
    const { release, failure } = yield* renderedRelease(run, args, {
      ...changes,
      dryRun: flags.bool('validate') ? 'server' : asked,
      ...(outputDir === '' ? {} : { write }),
    });
    if (release) yield* show(run, release, files);
    if (failure) throw failure;
  },
};

/** The release; with `--debug` also one that cannot be read. */
function* renderedRelease(
  run: HelmRun,
  args: readonly string[],
  changes: Parameters<typeof runInstall>[2],
): Waiting<{ release?: Release; failure?: HelmError }> {
  try {
    return { release: yield* runInstall(run, args, { ...changes, defaultName: 'release-name' }) };
  } catch (error) {
    if (!(error instanceof FailedRelease)) throw error;
    if (run.settings.debug) return { release: error.release, failure: error };
    throw new HelmError(`${error.message}\n\nUse --debug flag to render out invalid YAML`);
  }
}

function* show(run: HelmRun, release: Release, files: OutputFiles): Waiting<void> {
  const { flags } = run;
  const hooks = flags.bool('no-hooks')
    ? []
    : release.hooks.filter((hook) => !(flags.bool('skip-tests') && isTest(hook)));
  let text = `${release.manifest.trim()}\n`;
  for (const { path, manifest } of hooks) {
    if (flags.text('output-dir') === '') text += `---\n# Source: ${path}\n${manifest}\n`;
    else yield* files.write(path, manifest);
  }
  const only = flags.list('show-only');
  yield* run.out(only.length === 0 ? text : chosen(text, only));
}

function isTest({ events }: Hook): boolean {
  return events.includes('test');
}

/** The documents of the templates that `--show-only` names. */
function chosen(text: string, only: readonly string[]): string {
  const documents = splitManifests(text);
  const found = only.flatMap((pattern) => {
    const matching = documents.filter((document) => {
      const path = /# Source: [^/]+\/(.+)/.exec(document)?.[1];
      return path !== undefined && matchGlob(pattern, path);
    });
    if (matching.length === 0) throw new HelmError(`could not find template ${pattern} in chart`);
    return matching;
  });
  return found.map((document) => `---\n${document}\n`).join('');
}

/** Files below `--output-dir`; what comes for the same path is added to it. */
class OutputFiles {
  private readonly written = new Map<string, string>();
  private readonly folder: string;

  constructor(private readonly run: HelmRun) {
    const { flags } = run;
    const base = flags.text('output-dir');
    const name = flags.args.length > 1 ? (flags.args[0] as string) : 'release-name';
    this.folder = flags.bool('release-name') ? `${base}/${name}` : base;
  }

  *write(path: string, content: string): Waiting<void> {
    const target = `${this.folder}/${path}`;
    const text = `${this.written.get(target) ?? ''}---\n# Source: ${path}\n${content}\n`;
    try {
      makeDirectories(this.run.sys, directoryOf(target));
      this.run.sys.writeFile(target, text);
    } catch (error) {
      throw fileError('open', target, error);
    }
    this.written.set(target, text);
    yield* this.run.out(`wrote ${target}\n`);
  }
}
