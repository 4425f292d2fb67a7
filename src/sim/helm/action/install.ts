import { StatusError } from '../../api/status.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Waiting } from '../../kernel/wait.js';
import { HelmError, messageOf, rethrowFault } from '../errors.js';
import type { Resource } from '../kube/client.js';
import { updateResources } from '../kube/update.js';
import { waitReady } from '../kube/wait.js';
import type { Release } from '../release/release.js';
import { unlessCancelled } from './cancellation.js';
import { type ActionContext, hookPlan, setStatus } from './context.js';
import { hooked, runHooks } from './hooks.js';
import type { InstallPlan } from './install-plan.js';
import { prepareInstall } from './prepare-install.js';
import { uninstall } from './uninstall.js';

/** Installs a chart as a release (action.Install). Throws HelmError in its words, FailedRelease for what did not render. */
export function* install(context: ActionContext, plan: InstallPlan): Waiting<Release> {
  const { run, storage } = context;
  const { release, resources, adopted } = yield* prepareInstall(context, plan);
  if (plan.dryRun !== 'none') {
    release.info.description = 'Dry run complete';
    return release;
  }
  if (plan.createNamespace) yield* createNamespace(context, plan);
  if (plan.replace) yield* replaceRelease(context, release);
  yield* storage.create(release);
  try {
    yield* unlessCancelled(context, () => perform(context, plan, release, adopted, resources));
  } catch (error) {
    throw yield* failed(context, plan, release, error);
  }
  setStatus(release, 'deployed', plan.description || 'Install complete');
  try {
    yield* storage.update(release);
  } catch (error) {
    run.log('ERROR', 'failed to record the release', { error: messageOf(error) });
  }
  return release;
}

function* createNamespace({ client, namespace }: ActionContext, { serverSide }: InstallPlan): Waiting<void> {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { labels: { name: namespace }, name: namespace } };
  const resources = yield* client.build(printYaml(object));
  try {
    yield* client.create(resources, { serverSide });
  } catch (error) {
    if (!(error instanceof StatusError && error.status.reason === 'AlreadyExists')) throw error;
  }
}

/** Of a name that is used again, the last revision makes way. */
function* replaceRelease({ storage }: ActionContext, release: Release): Waiting<void> {
  let last: Release;
  try {
    last = yield* storage.last(release.name);
  } catch (error) {
    rethrowFault(error);
    return;
  }
  release.version = last.version + 1;
  if (last.info.status === 'failed') return;
  setStatus(last, 'superseded', 'superseded by new release');
  yield* storage.update(last);
}

function* perform(
  context: ActionContext,
  plan: InstallPlan,
  release: Release,
  adopted: readonly Resource[],
  resources: readonly Resource[],
): Waiting<void> {
  const { run, client } = context;
  const { serverSide, forceConflicts, forceReplace } = plan;
  const hooks = hookPlan(context, plan.wait, serverSide);
  if (plan.hooks) yield* hooked('failed pre-install', () => runHooks(hooks, release, 'pre-install'));
  if (adopted.length === 0 && resources.length > 0) yield* client.create(resources, { serverSide });
  else if (resources.length > 0)
    yield* updateResources(run, client, adopted, resources, {
      serverSide,
      forceConflicts,
      forceReplace,
      upgradeManagers: true,
      threeWayForAll: plan.takeOwnership && !serverSide,
    });
  yield* waitReady(run, client, resources, plan.wait);
  if (plan.hooks) yield* hooked('failed post-install', () => runHooks(hooks, release, 'post-install'));
}

function* failed(context: ActionContext, plan: InstallPlan, release: Release, cause: unknown): Waiting<HelmError> {
  const { name } = plan;
  const text = messageOf(cause);
  setStatus(release, 'failed', `Release ${JSON.stringify(name)} failed: ${text}`);
  if (!plan.undoOnFailure) {
    try {
      yield* context.storage.update(release);
    } catch (error) {
      rethrowFault(error);
    }
    return new HelmError(text);
  }
  try {
    yield* uninstall(context, name, {
      hooks: plan.hooks,
      keepHistory: false,
      wait: plan.wait,
      propagation: 'Background',
    });
  } catch (error) {
    return new HelmError(
      `an error occurred while uninstalling the release. original install error: ${text}: ${messageOf(error)}`,
    );
  }
  return new HelmError(
    `release ${name} failed, and has been uninstalled due to rollback-on-failure being set: ${text}`,
  );
}
