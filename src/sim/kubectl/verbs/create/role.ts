import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { policyRules, readResources, readVerbs, warnVerbs } from '../../generate/policy-rules.js';

/** `kubectl create role`. */
export const role: Command = generatorCommand('create', {
  name: 'role',
  short: 'Create a role with single rule',
  build: function* ({ session, name }) {
    const verbs = readVerbs(session.flags);
    const resources = readResources(session.flags);
    if (verbs.length === 0) throw new CommandError('at least one verb must be specified');
    yield* warnVerbs(session, verbs);
    if (resources.length === 0) throw new CommandError('at least one resource must be specified');
    const rules = yield* policyRules(session, verbs, resources);
    return { kind: 'Role', apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name }, rules };
  },
});
