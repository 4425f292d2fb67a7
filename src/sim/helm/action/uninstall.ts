import type { Waiting } from '../../kernel/wait.js';
import { HelmError, messageOf, ReleaseNotFound, rethrowFault, wrapped } from '../errors.js';
import type { Resource } from '../kube/client.js';
import { type WaitPlan, waitGone } from '../kube/wait.js';
import { checkReleaseName } from '../release/name.js';
import type { Release } from '../release/release.js';
import { NoDeployedReleases } from '../release/storage.js';
import { UNINSTALL_ORDER } from '../render/kind-order.js';
import { sortManifests, splitManifests } from '../render/manifests.js';
import { type ActionContext, hookPlan, instantOf, setStatus } from './context.js';
import { runHooks } from './hooks.js';

/** How a release is taken away. */
export interface UninstallPlan {
  readonly hooks: boolean;
  readonly keepHistory: boolean;
  readonly wait: WaitPlan;
  readonly propagation: string;
  readonly description?: string;
}

/** Takes a release away (action.Uninstall); gives what was kept, as it is told. Throws HelmError. */
export function* uninstall(context: ActionContext, name: string, plan: UninstallPlan): Waiting<string> {
  const { storage, client } = context;
  yield* client.checkReachable();
  checkReleaseName(name, 'uninstall: Release name');
  const history = yield* loadHistory(context, name);
  const release = history.at(-1) as Release;
  if (release.info.status === 'uninstalled') {
    if (plan.keepHistory) throw new HelmError(`the release named ${JSON.stringify(name)} is already deleted`);
    yield* purge(context, history);
    return '';
  }
  setStatus(release, 'uninstalling', 'Deletion in progress (or silently failed)');
  release.info.deleted = instantOf(context.run);
  const hooks = hookPlan(context, plan.wait, true);
  if (plan.hooks) yield* runHooks(hooks, release, 'pre-delete');
  yield* quietly(() => storage.update(release));
  const { deleted, kept } = yield* deleteObjects(context, release, plan.propagation);
  const problems: string[] = [];
  yield* collecting(problems, () => waitGone(context.run, client, deleted, plan.wait));
  if (plan.hooks) yield* collecting(problems, () => runHooks(hooks, release, 'post-delete'));
  setStatus(release, 'uninstalled', plan.description || 'Uninstallation complete');
  if (plan.keepHistory) yield* keep(context, release);
  else yield* collecting(problems, () => purge(context, history));
  if (problems.length > 0)
    throw new HelmError(`uninstallation completed with ${problems.length} error(s): ${problems.join('; ')}`);
  return kept;
}

function* loadHistory({ storage }: ActionContext, name: string): Waiting<Release[]> {
  try {
    return yield* storage.history(name);
  } catch (error) {
    if (!(error instanceof ReleaseNotFound)) throw wrapped(`uninstall: Release not loaded: ${name}`, error);
    throw new NotLoaded(`uninstall: Release not loaded: ${name}: ${error.message}`);
  }
}

/** There is no such release: no failure for whoever says so. */
export class NotLoaded extends HelmError {}

function* purge({ storage }: ActionContext, history: readonly Release[]): Waiting<void> {
  for (const { name, version } of history)
    try {
      yield* storage.delete(name, version);
    } catch (error) {
      throw wrapped('uninstall: Failed to purge the release', error);
    }
}

function* keep({ storage }: ActionContext, release: Release): Waiting<void> {
  yield* quietly(() => storage.update(release));
  let deployed: Release[] = [];
  try {
    deployed = yield* storage.deployedAll(release.name);
  } catch (error) {
    if (!(error instanceof NoDeployedReleases)) throw error;
  }
  for (const each of deployed) {
    each.info.status = 'superseded';
    yield* quietly(() => storage.update(each));
  }
}

/** A failure that only `--debug` would tell. */
function* quietly(work: () => Waiting<void>): Waiting<void> {
  try {
    yield* work();
  } catch (error) {
    rethrowFault(error);
  }
}

function* collecting(problems: string[], work: () => Waiting<void>): Waiting<void> {
  try {
    yield* work();
  } catch (error) {
    problems.push(messageOf(error));
  }
}

/** Deletes what the manifest has, but for what asks to be kept. */
function* deleteObjects(
  { client }: ActionContext,
  { name, manifest }: Release,
  propagation: string,
): Waiting<{ deleted: Resource[]; kept: string }> {
  const documents = splitManifests(manifest);
  const files = new Map(documents.map((document, at) => [`manifest-${String(at).padStart(6, '0')}`, document]));
  const { manifests } = sortManifests(files, UNINSTALL_ORDER);
  const policy = (annotations: Readonly<Record<string, string>>): string | undefined =>
    annotations['helm.sh/resource-policy']?.trim().toLowerCase();
  const kept = manifests.filter(({ annotations }) => policy(annotations) === 'keep');
  const gone = manifests.filter(({ annotations }) => policy(annotations) === undefined);
  let deleted: Resource[] = [];
  let problems: unknown[];
  try {
    deleted = yield* client.build(gone.map(({ content }) => `\n---\n${content}`).join(''));
    problems = yield* client.delete(deleted, propagation);
  } catch (error) {
    rethrowFault(error);
    problems = [error];
  }
  if (problems.length > 0) throw new HelmError(`failed to delete release: ${name}`);
  const lines = kept.map(({ kind, name: own }) => `[${kind}] ${own}\n`).join('');
  return { deleted, kept: lines === '' ? '' : `These resources were kept due to the resource policy:\n${lines}` };
}
