import type { Command } from '../../cobra/command.js';
import { generatorCommand } from '../../generate/generator.js';
import { subjectsOf } from '../../generate/subjects.js';

/** `kubectl create clusterrolebinding`. */
export const clusterrolebinding: Command = generatorCommand('create', {
  name: 'clusterrolebinding',
  short: 'Create a cluster role binding for a particular cluster role',
  required: ['clusterrole'],
  failing: 'failed to create clusterrolebinding: ',
  build: function* ({ session: { flags }, name }) {
    const subjects = subjectsOf(flags);
    return {
      kind: 'ClusterRoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name },
      ...(subjects.length > 0 ? { subjects } : {}),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: flags.text('clusterrole') },
    };
  },
});
