import { selectorFromObject } from '../../api/labels.js';
import type { ReplicaSet } from '../../api/types/workloads.js';
import type { Controller } from '../machinery/context.js';
import { ReplicaKeeper, type ReplicaKind } from '../machinery/replicas/keeper.js';
import { REPLICA_SETS } from '../machinery/resource-types.js';

const REPLICA_SET: ReplicaKind<ReplicaSet> = {
  type: REPLICA_SETS,
  component: 'replicaset-controller',
  countsTerminating: true,
  selectorOf: (set) => selectorFromObject(set.spec.selector),
};

/** Keeps as many pods as each replica set asks for. */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  alias: 'replicaset',
  start: (context) => new ReplicaKeeper(context, REPLICA_SET).start(),
};
