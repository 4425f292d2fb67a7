import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { subjectsOf } from '../../generate/subjects.js';

/** `kubectl create rolebinding`. */
export const rolebinding: Command = generatorCommand('create', {
  name: 'rolebinding',
  short: 'Create a role binding for a particular role or cluster role',
  failing: 'failed to create rolebinding: ',
  build: function* ({ session: { flags }, name }) {
    const clusterRole = flags.text('clusterrole');
    const role = flags.text('role');
    if ((clusterRole === '') === (role === ''))
      throw new CommandError('exactly one of clusterrole or role must be specified');
    const subjects = subjectsOf(flags);
    return {
      kind: 'RoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name },
      ...(subjects.length > 0 ? { subjects } : {}),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: role === '' ? 'ClusterRole' : 'Role',
        name: role || clusterRole,
      },
    };
  },
});
