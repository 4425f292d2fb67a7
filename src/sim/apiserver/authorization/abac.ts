import type { FactPackage } from '../../api/facts/package.js';
import { ConfigurationError, readConfiguration } from '../configuration-file.js';
import type { UserInfo } from '../request/user-info.js';
import { type Access, ALLOW, type Authorizer, type Decision } from './authorizer.js';

const GROUP = 'abac.authorization.kubernetes.io';

/** Facts of the types of pkg/apis/abac, v1.36.0: a policy as it is written now, and one without a version. */
const V1BETA1: FactPackage = {
  id: 'abac.v1beta1',
  group: GROUP,
  version: 'v1beta1',
  prefix: '',
  kinds: 'Policy',
  types: `
Policy :0:@meta.v1.TypeMeta: spec:0:@PolicySpec:
PolicySpec user:0:s:o group:0:s:o readonly:0:b:o apiGroup:0:s:o resource:0:s:o namespace:0:s:o nonResourcePath:0:s:o
`,
};
const V0: FactPackage = {
  id: 'abac.v0',
  group: GROUP,
  version: 'v0',
  prefix: '',
  kinds: 'Policy',
  types: `
Policy :0:@meta.v1.TypeMeta: user:0:s:o group:0:s:o readonly:0:b:o resource:0:s:o namespace:0:s:o
`,
};

const AUTHENTICATED = 'system:authenticated';
const NO_MATCH: Decision = { decision: 'no-opinion', reason: 'No policy matched.' };
const READING: readonly string[] = ['get', 'list', 'watch'];

interface Policy {
  readonly user: string;
  readonly group: string;
  readonly readonly: boolean;
  readonly apiGroup: string;
  readonly resource: string;
  readonly namespace: string;
  readonly nonResourcePath: string;
}

/** --authorization-mode=ABAC: one policy a line, the first that fits allows. Throws ConfigurationError for a line that is none. */
export function abacAuthorizer(text: string, path: string): Authorizer {
  const policies = readPolicies(text, path);
  return {
    mode: 'ABAC',
    authorize: ({ user, info }) => (policies.some((one) => fits(one, user, info)) ? ALLOW : NO_MATCH),
    rulesFor(user, namespace) {
      const own = policies.filter(
        (one) => isSubject(one, user) && (one.namespace === '*' || one.namespace === namespace),
      );
      const rules = own.flatMap(({ readonly, apiGroup, resource, nonResourcePath }) => {
        const verbs = readonly ? [...READING] : ['*'];
        return [
          ...(resource === '' ? [] : [{ verbs, apiGroups: [apiGroup], resources: [resource] }]),
          ...(nonResourcePath === '' ? [] : [{ verbs, nonResourceURLs: [nonResourcePath] }]),
        ];
      });
      return { rules, incomplete: false, errors: [] };
    },
  };
}

function readPolicies(text: string, path: string): Policy[] {
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    try {
      return [readPolicy(line)];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new ConfigurationError(`error reading policy file ${path}, line ${index + 1}: ${line}: ${error.message}`);
    }
  });
}

function readPolicy(line: string): Policy {
  try {
    const { object } = readConfiguration(line, { packages: [V1BETA1] });
    return ofNow((object['spec'] ?? {}) as Partial<Policy>);
  } catch (error) {
    if (!(error instanceof ConfigurationError) || !error.unknownKind) throw error;
    const otherwise = { apiVersion: `${GROUP}/v0`, kind: 'Policy' };
    const { apiVersion, object } = readConfiguration(line, { packages: [V0, V1BETA1], otherwise });
    if (apiVersion === `${GROUP}/v0`) return ofOld(object as Partial<Policy>);
    throw new ConfigurationError('converting (v1beta1.Policy) to (v0.Policy): unknown conversion');
  }
}

const EMPTY: Policy = {
  user: '',
  group: '',
  readonly: false,
  apiGroup: '',
  resource: '',
  namespace: '',
  nonResourcePath: '',
};

/** A star for user or group stands for all who have shown who they are. */
function ofNow(spec: Partial<Policy>): Policy {
  const policy = { ...EMPTY, ...spec };
  return policy.user === '*' || policy.group === '*' ? { ...policy, user: '', group: AUTHENTICATED } : policy;
}

/** In policies without a version, what is not said stands for everything. */
function ofOld(given: Partial<Policy>): Policy {
  const policy = ofNow(given);
  const { user, group, namespace, resource } = policy;
  return {
    ...policy,
    group: user === '' && group === '' ? AUTHENTICATED : group,
    apiGroup: '*',
    namespace: namespace || '*',
    resource: resource || '*',
    nonResourcePath: namespace === '' && resource === '' ? '*' : '',
  };
}

function fits(policy: Policy, user: UserInfo, info: Access): boolean {
  if (!isSubject(policy, user)) return false;
  if (policy.readonly && !READING.includes(info.verb)) return false;
  return info.isResource ? fitsResource(policy, info) : fitsPath(policy.nonResourcePath, info.path);
}

function isSubject({ user, group }: Policy, asker: UserInfo): boolean {
  if (user !== '' && user !== asker.name) return false;
  if (group !== '' && !asker.groups.includes(group)) return false;
  return user !== '' || group !== '';
}

function fitsResource({ namespace, resource, apiGroup }: Policy, info: Access): boolean {
  const isOne = (wanted: string, given: string) => wanted === '*' || wanted === given;
  return isOne(namespace, info.namespace) && isOne(resource, info.resource) && isOne(apiGroup, info.group);
}

function fitsPath(wanted: string, path: string): boolean {
  if (wanted === '*' || wanted === path) return true;
  return wanted.endsWith('*') && path.startsWith(wanted.replace(/\*+$/, ''));
}
