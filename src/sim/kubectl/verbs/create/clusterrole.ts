import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { policyRules, readResources, readVerbs, warnVerbs } from '../../generate/policy-rules.js';

const NON_RESOURCE_VERBS = ['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options'];

/** `kubectl create clusterrole`. */
export const clusterrole: Command = generatorCommand('create', {
  name: 'clusterrole',
  short: 'Create a cluster role',
  build: function* ({ session, name }) {
    const { flags } = session;
    const verbs = readVerbs(flags);
    const resources = readResources(flags);
    const urls = flags.list('non-resource-url');
    const base = { kind: 'ClusterRole', apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } };
    const aggregation = flags.text('aggregation-rule');
    if (aggregation !== '') {
      if (urls.length + verbs.length + resources.length > 0) {
        throw new CommandError(
          'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
        );
      }
      const matchLabels = Object.fromEntries(
        aggregation.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string]),
      );
      return { ...base, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } };
    }
    if (verbs.length === 0) throw new CommandError('at least one verb must be specified');
    if (resources.length === 0 && urls.length === 0)
      throw new CommandError('one of resource or nonResourceURL must be specified');
    if (resources.length > 0) yield* warnVerbs(session, verbs);
    for (const verb of urls.length > 0 ? verbs : []) {
      if (!NON_RESOURCE_VERBS.includes(verb)) throw new CommandError(`invalid verb: '${verb}' for nonResourceURL`);
    }
    for (const url of urls) {
      if (url !== '*' && !url.startsWith('/')) throw new CommandError('nonResourceURL should start with /');
      if (url.slice(0, -1).includes('*'))
        throw new CommandError("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
    const rules = yield* policyRules(session, verbs, resources);
    return { ...base, rules: urls.length > 0 ? [...rules, { verbs, nonResourceURLs: urls }] : rules };
  },
});
