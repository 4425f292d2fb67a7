import type { Waiting } from '../../kernel/wait.js';
import { HelmError, messageOf, wrapped } from '../errors.js';
import type { Resource } from '../kube/client.js';
import { markOwned } from '../kube/ownership.js';
import { updateResources } from '../kube/update.js';
import { type WaitPlan, waitReady } from '../kube/wait.js';
import { checkReleaseName } from '../release/name.js';
import type { Release } from '../release/release.js';
import { NoDeployedReleases } from '../release/storage.js';
import { type ActionContext, hookPlan, instantOf, setStatus } from './context.js';
import { runHooks } from './hooks.js';

/** How a release is brought back to an earlier revision. */
export interface RollbackPlan {
  /** 0 for the one before. */
  readonly revision: number;
  readonly dryRun: boolean;
  readonly hooks: boolean;
  readonly wait: WaitPlan;
  readonly serverSide: (before: string | undefined) => boolean;
  readonly forceConflicts: boolean;
  readonly forceReplace: boolean;
  readonly cleanupOnFail: boolean;
  /** How many revisions are kept; 0 for all. */
  readonly historyMax: number;
}

/** Makes a new revision of an old one (action.Rollback). Throws HelmError. */
export function* rollback(context: ActionContext, name: string, plan: RollbackPlan): Waiting<void> {
  const { storage, client } = context;
  yield* client.checkReachable();
  checkReleaseName(name, 'prepareRollback: Release name');
  if (plan.revision < 0) throw new HelmError('invalid release revision');
  const history = yield* storage.history(name);
  const current = history.at(-1) as Release;
  const wanted = plan.revision || current.version - 1;
  const previous = history.find(({ version }) => version === wanted);
  if (!previous) throw new HelmError(`release has no ${wanted} version`);
  const serverSide = plan.serverSide(previous.apply_method);
  const target: Release = {
    ...previous,
    info: {
      ...(current.info.first_deployed ? { first_deployed: current.info.first_deployed } : {}),
      last_deployed: instantOf(context.run),
      status: 'pending-rollback',
      ...(previous.info.notes ? { notes: previous.info.notes } : {}),
      description: `Rollback to ${wanted}`,
    },
    version: current.version + 1,
    namespace: current.namespace,
    apply_method: serverSide ? 'ssa' : 'csa',
  };
  if (plan.dryRun) return;
  storage.historyMax = plan.historyMax;
  yield* storage.create(target);
  yield* perform(context, plan, current, target, serverSide);
  yield* storage.update(target);
}

function* perform(
  context: ActionContext,
  plan: RollbackPlan,
  current: Release,
  target: Release,
  serverSide: boolean,
): Waiting<void> {
  const { run, client, storage } = context;
  const from = yield* built(context, current, 'current');
  const to = yield* built(context, target, 'new');
  const hooks = hookPlan(context, plan.wait, serverSide);
  if (plan.hooks) yield* runHooks(hooks, target, 'pre-rollback');
  markOwned(to, target.name, target.namespace);
  const created: Resource[] = [];
  try {
    const { forceConflicts, forceReplace } = plan;
    const mode = { serverSide, forceConflicts, forceReplace, upgradeManagers: true };
    yield* updateResources(run, client, from, to, mode, created);
  } catch (error) {
    yield* failed(context, plan, current, target, created, error);
  }
  try {
    yield* waitReady(run, client, to, plan.wait);
  } catch (error) {
    const text = messageOf(error);
    setStatus(target, 'failed', `Release ${JSON.stringify(target.name)} failed: ${text}`);
    yield* storage.record(current);
    yield* storage.record(target);
    throw new HelmError(`release ${target.name} failed: ${text}`);
  }
  if (plan.hooks) yield* runHooks(hooks, target, 'post-rollback');
  yield* supersede(context, current.name);
  target.info.status = 'deployed';
}

function* built({ client }: ActionContext, { manifest }: Release, which: string): Waiting<Resource[]> {
  try {
    return yield* client.build(manifest);
  } catch (error) {
    throw wrapped(`unable to build kubernetes objects from ${which} release manifest`, error);
  }
}

function* failed(
  { run, client, storage }: ActionContext,
  plan: RollbackPlan,
  current: Release,
  target: Release,
  created: readonly Resource[],
  error: unknown,
): Waiting<never> {
  const text = `Rollback ${JSON.stringify(target.name)} failed: ${messageOf(error)}`;
  run.log('WARN', text);
  current.info.status = 'superseded';
  setStatus(target, 'failed', text);
  yield* storage.record(current);
  yield* storage.record(target);
  if (plan.cleanupOnFail) yield* client.delete(created, 'Background');
  throw error;
}

/** All that count as deployed count no more. */
function* supersede({ storage }: ActionContext, name: string): Waiting<void> {
  let deployed: Release[] = [];
  try {
    deployed = yield* storage.deployedAll(name);
  } catch (error) {
    if (!(error instanceof NoDeployedReleases)) throw error;
  }
  for (const each of deployed) {
    each.info.status = 'superseded';
    yield* storage.record(each);
  }
}
