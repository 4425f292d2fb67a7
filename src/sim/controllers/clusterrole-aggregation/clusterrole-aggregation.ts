import { deepEqual } from '../../api/object.js';
import type { ClusterRole } from '../../api/types/rbac.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { CLUSTER_ROLES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { aggregatedRules } from './aggregated-rules.js';

const NAME = 'clusterrole-aggregation-controller';

/** Gathers into roles with an aggregationRule the rules of the roles it selects. */
export const clusterRoleAggregationController: Controller = {
  name: NAME,
  alias: 'clusterrole-aggregation',
  start: (context) => new ClusterRoleAggregation(context).start(),
};

class ClusterRoleAggregation {
  private readonly roles: Informer<ClusterRole>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.roles = context.informer<ClusterRole>(CLUSTER_ROLES);
    this.queue = context.queue('ClusterRoleAggregator');
  }

  start(): void {
    // Which roles select another one is only known by looking at all of them.
    const enqueue = () => {
      for (const role of this.roles.list()) if (role.aggregationRule) this.queue.add(role.metadata.name ?? '');
    };
    this.roles.addHandlers({ added: enqueue, updated: enqueue, deleted: enqueue });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(name: string): Waiting<void> {
    const role = this.roles.get('', name);
    if (!role?.aggregationRule) return;
    const rules = aggregatedRules(role, this.roles.list());
    if (deepEqual(rules, role.rules ?? [])) return;
    const applied = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules };
    yield* this.context.client.patch(CLUSTER_ROLES, name, undefined, 'application/apply-patch+yaml', applied, {
      fieldManager: NAME,
      force: true,
    });
  }
}
