import { buildKind } from './build.js';

/** apps/v1 DaemonSet. */
export const DAEMON_SET = buildKind({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  namespaced: true,
  shortNames: ['ds'],
  categories: ['all'],
  hasStatus: true,
  counted: true,
});
