import { StatusError } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { crdsOf } from '../chart/chart.js';
import { HelmError, messageOf, rethrowFault, wrapped } from '../errors.js';
import type { Resource } from '../kube/client.js';
import { existingOnes, markOwned } from '../kube/ownership.js';
import { waitReady } from '../kube/wait.js';
import { releaseNameProblem } from '../release/name.js';
import type { Release } from '../release/release.js';
import { clusterCapabilities } from '../render/capabilities.js';
import { RenderedBadly, renderResources } from '../render/resources.js';
import { coalesceValues } from '../values/coalesce.js';
import { processDependencies } from '../values/dependencies.js';
import { checkSchemas } from '../values/schema.js';
import { type ActionContext, instantOf, setStatus } from './context.js';
import { FailedRelease, type InstallPlan } from './install-plan.js';
import { asksServer } from './options.js';

/** A release that is ready to be installed. */
export interface PreparedInstall {
  readonly release: Release;
  readonly resources: readonly Resource[];
  /** Those of them that are there already. */
  readonly adopted: readonly Resource[];
}

/**
 * Makes of a chart what is to be installed: name and cluster are looked at, definitions of custom kinds are there, templates
 * are rendered. Throws HelmError in helm's words, FailedRelease for what did not render.
 */
export function* prepareInstall(context: ActionContext, plan: InstallPlan): Waiting<PreparedInstall> {
  const { run } = context;
  if (asksServer(plan.dryRun)) yield* checkCluster(context);
  if (plan.dryRun === 'none' && plan.hideSecrets)
    throw logged(run, 'hiding Kubernetes secrets requires a dry-run mode');
  yield* checkName(context, plan);
  processDependencies(plan.chart, plan.values, run.notes);
  yield* installCrds(context, plan);
  const release = yield* rendered(context, plan);
  const resources = asksServer(plan.dryRun) ? yield* builtResources(context, release) : [];
  const asks = resources.length > 0 && !(plan.isUpgrade && plan.dryRun !== 'none');
  return { release, resources, adopted: asks ? yield* adoptedOnes(context, plan, resources) : [] };
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
