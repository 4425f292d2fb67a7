import { selectorFromMap } from '../../api/labels.js';
import type { ReplicationController } from '../../api/types/workloads.js';
import type { Controller } from '../machinery/context.js';
import { ReplicaKeeper, type ReplicaKind } from '../machinery/replicas/keeper.js';
import { REPLICATION_CONTROLLERS } from '../machinery/resource-types.js';

const REPLICATION_CONTROLLER: ReplicaKind<ReplicationController> = {
  type: REPLICATION_CONTROLLERS,
  component: 'replication-controller',
  countsTerminating: false,
  selectorOf: (controller) => selectorFromMap(controller.spec.selector),
};

/** Keeps as many pods as each replication controller asks for, as the replica sets that came after it do. */
export const replicationControllerController: Controller = {
  name: 'replicationcontroller-controller',
  alias: 'replicationcontroller',
  start: (context) => new ReplicaKeeper(context, REPLICATION_CONTROLLER).start(),
};
