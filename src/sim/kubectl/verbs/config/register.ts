import type { Command } from '../../cobra/command.js';
import { currentContext } from './current-context.js';
import { deleteCluster } from './delete-cluster.js';
import { deleteContext } from './delete-context.js';
import { deleteUser } from './delete-user.js';
import { getClusters } from './get-clusters.js';
import { getContexts } from './get-contexts.js';
import { getUsers } from './get-users.js';
import { renameContext } from './rename-context.js';
import { set } from './set.js';
import { setCluster } from './set-cluster.js';
import { setContext } from './set-context.js';
import { setCredentials } from './set-credentials.js';
import { unset } from './unset.js';
import { useContext } from './use-context.js';
import { view } from './view.js';

/** What `kubectl config` can do, in alphabetical order. */
export const CONFIG_VERBS: readonly Command[] = [
  currentContext,
  deleteCluster,
  deleteContext,
  deleteUser,
  getClusters,
  getContexts,
  getUsers,
  renameContext,
  set,
  setCluster,
  setContext,
  setCredentials,
  unset,
  useContext,
  view,
];
