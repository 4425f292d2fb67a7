import { deepCopy } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Chart, Values } from '../chart/chart.js';
import { HelmError, messageOf, ReleaseNotFound, wrapped } from '../errors.js';
import { kindText, type Resource } from '../kube/client.js';
import { existingOnes, markOwned } from '../kube/ownership.js';
import { updateResources } from '../kube/update.js';
import { type WaitPlan, waitReady } from '../kube/wait.js';
import { checkReleaseName } from '../release/name.js';
import { isPending, type Release } from '../release/release.js';
import { NoDeployedReleases } from '../release/storage.js';
import { clusterCapabilities } from '../render/capabilities.js';
import { renderResources } from '../render/resources.js';
import { coalesceTables, coalesceValues } from '../values/coalesce.js';
import { processDependencies } from '../values/dependencies.js';
import { checkSchemas } from '../values/schema.js';
import { unlessCancelled } from './cancellation.js';
import { type ActionContext, hookPlan, instantOf, setStatus } from './context.js';
import { hooked, runHooks } from './hooks.js';
import { asksServer, type DryRun } from './options.js';
import { type RollbackPlan, rollback } from './rollback.js';

/** How a release is upgraded. */
export interface UpgradePlan extends Omit<RollbackPlan, 'revision' | 'dryRun'> {
  readonly name: string;
  readonly chart: Chart;
  readonly values: Values;
  readonly dryRun: DryRun;
  readonly reuse: 'reset' | 'reuse' | 'reset-then-reuse' | 'auto';
  readonly undoOnFailure: boolean;
  readonly subNotes: boolean;
  readonly skipSchemas: boolean;
  readonly hideSecrets: boolean;
  readonly takeOwnership: boolean;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly wait: WaitPlan;
}

/** Brings a release to another chart or other values (action.Upgrade). Throws HelmError. */
export function* upgrade(context: ActionContext, plan: UpgradePlan): Waiting<Release> {
  const { client, storage } = context;
  yield* client.checkReachable();
  checkReleaseName(plan.name, 'release name');
  if (plan.dryRun === 'none' && plan.hideSecrets)
    throw new HelmError('hiding Kubernetes secrets requires a dry-run mode');
  const { last, current } = yield* revisions(context, plan.name);
  const serverSide = plan.serverSide(last.apply_method);
  const upgraded = yield* prepare(context, plan, last, current, serverSide);
  const from = yield* built(context, current.manifest, 'current');
  const to = yield* built(context, upgraded.manifest, 'new');
  markOwned(to, upgraded.name, upgraded.namespace);
  const keys = new Set(from.map(keyOf));
  const added = to.filter((resource) => !keys.has(keyOf(resource)));
  from.push(...(yield* adopted(context, plan, added)));
  if (plan.dryRun !== 'none') {
    upgraded.info.description = plan.description || 'Dry run complete';
    return upgraded;
  }
  storage.historyMax = plan.historyMax;
  yield* storage.create(upgraded);
  const created: Resource[] = [];
  try {
    const change = { current, upgraded, from, to, created, serverSide };
    yield* unlessCancelled(context, () => perform(context, plan, change));
  } catch (error) {
    throw yield* failed(context, plan, upgraded, created, error);
  }
  yield* storage.update(upgraded);
  return upgraded;
}

function keyOf(resource: Resource): string {
  return `${kindText(resource)}/${resource.namespace}/${resource.name}`;
}

/** The last revision, and the one that is deployed. */
function* revisions({ storage }: ActionContext, name: string): Waiting<{ last: Release; current: Release }> {
  let last: Release;
  try {
    last = yield* storage.last(name);
  } catch (error) {
    throw error instanceof ReleaseNotFound ? new NoDeployedReleases(name) : error;
  }
  if (isPending(last)) throw new HelmError('another operation (install/upgrade/rollback) is in progress');
  if (last.info.status === 'deployed') return { last, current: last };
  try {
    return { last, current: yield* storage.deployed(name) };
  } catch (error) {
    const isOver = last.info.status === 'failed' || last.info.status === 'superseded';
    if (error instanceof NoDeployedReleases && isOver) return { last, current: last };
    throw error;
  }
}

function* prepare(
  { run }: ActionContext,
  plan: UpgradePlan,
  last: Release,
  current: Release,
  serverSide: boolean,
): Waiting<Release> {
  const { chart, name } = plan;
  const values = reusedValues(plan, current, run.notes.log);
  processDependencies(chart, values, run.notes);
  const revision = last.version + 1;
  const { namespace } = current;
  const capabilities = yield* clusterCapabilities(run);
  const all = coalesceValues(chart, values, run.notes.log);
  if (!plan.skipSchemas) checkSchemas(chart, all);
  const { hooks, manifest, notes } = yield* renderResources(run, {
    ...plan,
    values: all,
    facts: { name, namespace, revision, isInstall: false, isUpgrade: true },
    capabilities,
    asksCluster: asksServer(plan.dryRun),
    includeCrds: false,
  });
  const labels = { ...last.labels, ...plan.labels };
  return {
    name,
    namespace,
    chart,
    config: values,
    info: {
      ...(current.info.first_deployed ? { first_deployed: current.info.first_deployed } : {}),
      last_deployed: instantOf(run),
      status: 'pending-upgrade',
      description: 'Preparing upgrade',
      ...(notes === '' ? {} : { notes }),
    },
    version: revision,
    manifest,
    hooks,
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== 'null')),
    apply_method: serverSide ? 'ssa' : 'csa',
  };
}

/** The values of an upgrade: those given, over those of before where that is wished, or where none are given. */
function reusedValues({ chart, values, reuse }: UpgradePlan, current: Release, log: (text: string) => void): Values {
  if (reuse === 'reset') return values;
  const before = (): Values => deepCopy(current.config);
  if (reuse === 'reuse') {
    const old = { ...(current.chart as Chart), dependencies: [] };
    chart.values = coalesceValues(old, before(), log);
    return coalesceTables(values, before(), '', false, log);
  }
  if (reuse === 'reset-then-reuse') return coalesceTables(values, before(), '', false, log);
  return Object.keys(values).length === 0 ? before() : values;
}

function* built({ client }: ActionContext, manifest: string, which: 'current' | 'new'): Waiting<Resource[]> {
  try {
    return yield* client.build(manifest);
  } catch (error) {
    if (which === 'current' && messageOf(error).includes('no matches for kind'))
      throw wrapped(
        'current release manifest contains removed kubernetes api(s) for this kubernetes version and it is therefore unable to build the kubernetes objects for performing the diff. error from kubernetes',
        error,
      );
    throw wrapped(`unable to build kubernetes objects from ${which} release manifest`, error);
  }
}

function* adopted(
  { client, namespace }: ActionContext,
  { name, takeOwnership }: UpgradePlan,
  added: readonly Resource[],
): Waiting<Resource[]> {
  try {
    return yield* existingOnes(client, added, { name, namespace }, takeOwnership);
  } catch (error) {
    throw wrapped('unable to continue with update', error);
  }
}

interface Change {
  readonly current: Release;
  readonly upgraded: Release;
  readonly from: readonly Resource[];
  readonly to: readonly Resource[];
  readonly created: Resource[];
  readonly serverSide: boolean;
}

function* perform(context: ActionContext, plan: UpgradePlan, change: Change): Waiting<void> {
  const { run, client, storage } = context;
  const { current, upgraded, from, to, created, serverSide } = change;
  const hooks = hookPlan(context, plan.wait, serverSide);
  if (plan.hooks) yield* hooked('pre-upgrade hooks failed', () => runHooks(hooks, upgraded, 'pre-upgrade'));
  const { forceConflicts, forceReplace } = plan;
  const upgradeManagers = serverSide && current.apply_method !== 'ssa';
  try {
    yield* updateResources(
      run,
      client,
      from,
      to,
      { serverSide, forceConflicts, forceReplace, upgradeManagers },
      created,
    );
    yield* waitReady(run, client, to, plan.wait);
  } catch (error) {
    yield* storage.record(current);
    throw error;
  }
  if (plan.hooks) yield* hooked('post-upgrade hooks failed', () => runHooks(hooks, upgraded, 'post-upgrade'));
  current.info.status = 'superseded';
  yield* storage.record(current);
  setStatus(upgraded, 'deployed', plan.description || 'Upgrade complete');
}

function* failed(
  context: ActionContext,
  plan: UpgradePlan,
  release: Release,
  created: readonly Resource[],
  cause: unknown,
): Waiting<HelmError> {
  const { run, client, storage } = context;
  const { name } = plan;
  const text = messageOf(cause);
  run.log('WARN', 'upgrade failed', { name, error: text });
  setStatus(release, 'failed', `Upgrade ${JSON.stringify(name)} failed: ${text}`);
  yield* storage.record(release);
  if (plan.cleanupOnFail && created.length > 0) {
    const problems = yield* client.delete(created, 'Background');
    if (problems.length > 0)
      return new HelmError(
        `an error occurred while cleaning up resources. original upgrade error: ${text}: unable to cleanup resources: ${problems.map(messageOf).join(', ')}`,
      );
  }
  if (!plan.undoOnFailure) return new HelmError(text);
  const good = (yield* storage.history(name))
    .filter(({ info }) => ['superseded', 'deployed'].includes(info.status))
    .at(-1);
  if (!good)
    return new HelmError(
      `unable to find a previously successful release when attempting to rollback. original upgrade error: ${text}`,
    );
  try {
    yield* rollback(context, name, { ...plan, revision: good.version, dryRun: false });
  } catch (error) {
    return new HelmError(
      `an error occurred while rolling back the release. original upgrade error: ${text}: ${messageOf(error)}`,
    );
  }
  return new HelmError(
    `release ${name} failed, and has been rolled back due to rollback-on-failure being set: ${text}`,
  );
}
