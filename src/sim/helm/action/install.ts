import { StatusError } from '../../api/status.js';
import { printYaml } from '../../api/yaml/print.js';
import { decodeText } from '../../kernel/bytes.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Chart, crdsOf, type Values } from '../chart/chart.js';
import { HelmError, messageOf, rethrowFault, wrapped } from '../errors.js';
import type { Resource } from '../kube/client.js';
import { existingOnes, markOwned } from '../kube/ownership.js';
import { updateResources } from '../kube/update.js';
import { type WaitPlan, waitReady } from '../kube/wait.js';
import { releaseNameProblem } from '../release/name.js';
import type { Release } from '../release/release.js';
import { type Capabilities, clusterCapabilities } from '../render/capabilities.js';
import { RenderedBadly, renderResources } from '../render/resources.js';
import { coalesceValues } from '../values/coalesce.js';
import { processDependencies } from '../values/dependencies.js';
import { checkSchemas } from '../values/schema.js';
import { type ActionContext, hookPlan, instantOf, setStatus } from './context.js';
import { runHooks } from './hooks.js';
import { asksServer, type DryRun } from './options.js';
import { uninstall } from './uninstall.js';

/** How a release is installed. */
export interface InstallPlan {
  readonly name: string;
  readonly chart: Chart;
  readonly values: Values;
  readonly dryRun: DryRun;
  readonly wait: WaitPlan;
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
  readonly forceReplace: boolean;
  readonly createNamespace: boolean;
  readonly replace: boolean;
  readonly hooks: boolean;
  readonly skipCrds: boolean;
  readonly includeCrds: boolean;
  readonly undoOnFailure: boolean;
  readonly subNotes: boolean;
  readonly skipSchemas: boolean;
  readonly hideSecrets: boolean;
  readonly takeOwnership: boolean;
  readonly isUpgrade: boolean;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a rendering without a cluster. */
  readonly local: Capabilities;
  readonly write?: (path: string, content: string) => Waiting<void>;
}

/** A release could not be rendered; what there was of it comes along. */
export class FailedRelease extends HelmError {
  constructor(
    message: string,
    readonly release: Release,
  ) {
    super(message);
  }
}

/** Installs a chart as a release (action.Install). Throws HelmError in its words, FailedRelease for what did not render. */
export function* install(context: ActionContext, plan: InstallPlan): Waiting<Release> {
  const { run, storage } = context;
  if (asksServer(plan.dryRun)) yield* checkCluster(context);
  if (plan.dryRun === 'none' && plan.hideSecrets)
    throw logged(run, 'hiding Kubernetes secrets requires a dry-run mode');
  yield* checkName(context, plan);
  processDependencies(plan.chart, plan.values, run.notes);
  yield* installCrds(context, plan);
  const release = yield* rendered(context, plan);
  const resources = asksServer(plan.dryRun) ? yield* builtResources(context, release) : [];
  const adopted =
    resources.length > 0 && !(plan.isUpgrade && plan.dryRun !== 'none')
      ? yield* adoptedOnes(context, plan, resources)
      : [];
  if (plan.dryRun !== 'none') {
    release.info.description = 'Dry run complete';
    return release;
  }
  if (plan.createNamespace) yield* createNamespace(context, plan);
  if (plan.replace) yield* replaceRelease(context, release);
  yield* storage.create(release);
  try {
    yield* perform(context, plan, release, adopted, resources);
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

function logged(run: ActionContext['run'], message: string): HelmError {
  run.log('ERROR', message);
  return new HelmError(message);
}

function* checkCluster({ run, client }: ActionContext): Waiting<void> {
  try {
    yield* client.checkReachable();
  } catch (error) {
    throw logged(run, `cluster reachability check failed: ${messageOf(error)}`);
  }
}

function* checkName({ run, storage }: ActionContext, { name, dryRun, replace }: InstallPlan): Waiting<void> {
  const refuse = (why: string): HelmError => {
    run.log('ERROR', 'release name check failed', { error: why });
    return new HelmError(`release name check failed: ${why}`);
  };
  const problem = releaseNameProblem(name);
  if (problem !== undefined) throw refuse(`release name ${JSON.stringify(name)}: ${problem}`);
  if (dryRun !== 'none') return;
  let last: Release;
  try {
    last = yield* storage.last(name);
  } catch (error) {
    rethrowFault(error);
    return;
  }
  if (!(replace && ['uninstalled', 'failed'].includes(last.info.status)))
    throw refuse('cannot reuse a name that is still in use');
}

/** Definitions of custom kinds come before all else, and are waited for; those that are there stay as they are. */
function* installCrds({ run, client }: ActionContext, plan: InstallPlan): Waiting<void> {
  const crds = crdsOf(plan.chart);
  if (!asksServer(plan.dryRun) || plan.skipCrds || crds.length === 0) return;
  if (plan.dryRun !== 'none') {
    run.log('WARN', 'This chart or one of its subcharts contains CRDs. Rendering may fail or contain inaccuracies.');
    return;
  }
  const made: Resource[] = [];
  for (const { file } of crds)
    try {
      const resources = yield* client.build(decodeText(file.data));
      if (resources.length === 0) throw new HelmError('resources are empty');
      yield* client.create(resources, { serverSide: plan.serverSide, forceConflicts: plan.forceConflicts });
      made.push(...resources);
    } catch (error) {
      if (error instanceof StatusError && error.status.reason === 'AlreadyExists') continue;
      throw wrapped(`failed to install CRD ${file.name}`, error);
    }
  if (made.length > 0) yield* waitReady(run, client, made, { ...plan.wait, timeout: 60 * SECOND });
  run.forgetDiscovery();
}

/** Values and templates become a release that waits to be installed. */
function* rendered({ run, namespace }: ActionContext, plan: InstallPlan): Waiting<Release> {
  const { chart, values, dryRun, name } = plan;
  const capabilities = asksServer(dryRun) ? yield* clusterCapabilities(run) : plan.local;
  const isUpgrade = plan.isUpgrade && dryRun !== 'none';
  const facts = { name, namespace, revision: 1, isInstall: !isUpgrade, isUpgrade };
  const all = coalesceValues(chart, values, run.notes.log);
  if (!plan.skipSchemas) checkSchemas(chart, all);
  const at = instantOf(run);
  const release: Release = {
    name,
    namespace,
    chart,
    config: values,
    info: { first_deployed: at, last_deployed: at, status: 'unknown' },
    version: 1,
    manifest: '',
    hooks: [],
    labels: plan.labels,
    apply_method: plan.serverSide ? 'ssa' : 'csa',
  };
  try {
    const { hooks, manifest, notes } = yield* renderResources(run, {
      ...plan,
      values: all,
      facts,
      capabilities,
      asksCluster: asksServer(dryRun),
    });
    Object.assign(release, { hooks, manifest });
    if (notes !== '') release.info.notes = notes;
  } catch (error) {
    const message = messageOf(error);
    if (error instanceof RenderedBadly) release.manifest = error.manifest;
    setStatus(release, 'failed', `failed to render resource: ${message}`);
    throw new FailedRelease(message, release);
  }
  setStatus(release, 'pending-install', 'Initial install underway');
  return release;
}

function* builtResources({ client }: ActionContext, { manifest, name, namespace }: Release): Waiting<Resource[]> {
  let resources: Resource[];
  try {
    resources = yield* client.build(manifest);
  } catch (error) {
    throw wrapped('unable to build kubernetes objects from release manifest', error);
  }
  markOwned(resources, name, namespace);
  return resources;
}

function* adoptedOnes(
  { client, namespace }: ActionContext,
  { name, takeOwnership }: InstallPlan,
  resources: readonly Resource[],
): Waiting<Resource[]> {
  try {
    return yield* existingOnes(client, resources, { name, namespace }, takeOwnership);
  } catch (error) {
    throw wrapped('unable to continue with install', error);
  }
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

/** Hooks whose failure is told with words before it. */
export function* hooked(prefix: string, work: () => Waiting<void>): Waiting<void> {
  try {
    yield* work();
  } catch (error) {
    throw wrapped(prefix, error);
  }
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
