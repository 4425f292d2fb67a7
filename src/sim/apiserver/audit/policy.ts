import { aggregateErrors, type FieldError, invalid, notSupported, required } from '../../api/field-error.js';
import { dns1123Subdomain } from '../../api/names.js';
import type { Access } from '../authorization/authorizer.js';
import { ConfigurationError, type ConfigurationScheme, readConfiguration, strictError } from '../configuration-file.js';
import type { UserInfo } from '../request/user-info.js';
import { AUDIT_V1 } from './policy-types.js';

/** How much of a request is written down. */
export type Level = 'None' | 'Metadata' | 'Request' | 'RequestResponse';

/** When an event is written. */
export type Stage = 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';

/** What a policy decides for one request. */
export interface AuditDecision {
  readonly level: Level;
  readonly omitStages: readonly Stage[];
  readonly omitManagedFields: boolean;
}

/** A file of --audit-policy-file. */
export interface AuditPolicy {
  decide(user: UserInfo, info: Access): AuditDecision;
  /** What strict decoding complains of; the server says it and goes on. */
  readonly complaint?: string;
}

interface GroupResources {
  readonly group?: string;
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Rule {
  readonly level: Level;
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly GroupResources[];
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

interface Policy {
  readonly rules?: readonly Rule[];
  readonly omitStages?: readonly Stage[];
  readonly omitManagedFields?: boolean;
}

const LEVELS: readonly string[] = ['None', 'Metadata', 'Request', 'RequestResponse'];
const STAGES: readonly string[] = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'];
const INTERNAL = 'audit.k8s.io/__internal';
const SCHEME: ConfigurationScheme = {
  packages: [AUDIT_V1],
  otherwise: { apiVersion: INTERNAL, kind: 'Policy' },
  others: ['Event', 'EventList', 'PolicyList'],
};

/** Reads a policy. Throws ConfigurationError in the server's words, without the file's name. */
export function readAuditPolicy(text: string): AuditPolicy {
  const { apiVersion, kind, object, complaints } = decoded(text);
  if (apiVersion === INTERNAL) {
    throw new ConfigurationError(`unknown group version field ${INTERNAL}, Kind=${kind} in policy`);
  }
  const policy = object as Policy;
  const errors = [...stageErrors('omitStages', policy.omitStages), ...(policy.rules ?? []).flatMap(ruleErrors)];
  if (errors.length > 0) throw new ConfigurationError(aggregateErrors(errors));
  if (!policy.rules?.length) throw new ConfigurationError('loaded illegal policy with 0 rules');
  const decide = (user: UserInfo, info: Access): AuditDecision => {
    const rule = policy.rules?.find((one) => matches(one, user, info));
    return {
      level: rule?.level ?? 'None',
      omitStages: [...(policy.omitStages ?? []), ...(rule?.omitStages ?? [])],
      omitManagedFields: rule?.omitManagedFields ?? policy.omitManagedFields ?? false,
    };
  };
  return { decide, ...(complaints.length > 0 ? { complaint: strictError(complaints) } : {}) };
}

function decoded(text: string): ReturnType<typeof readConfiguration> {
  try {
    const configuration = readConfiguration(text, SCHEME);
    if (configuration.kind === 'Policy') return configuration;
    const version = configuration.apiVersion.split('/').at(-1);
    throw new ConfigurationError(`converting (${version}.${configuration.kind}) to (audit.Policy): unknown conversion`);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new ConfigurationError(`failed decoding: ${error.message}`);
    throw error;
  }
}

function ruleErrors(rule: Rule, index: number): FieldError[] {
  const at = `rules[${index}]`;
  const { level, nonResourceURLs: urls = [], resources = [], namespaces = [] } = rule;
  const errors: FieldError[] = [];
  if (!level) errors.push(required(`${at}.level`));
  else if (!LEVELS.includes(level)) errors.push(notSupported(`${at}.level`, level, LEVELS));
  urls.forEach((url, place) => {
    const path = `${at}.nonResourceURLs[${place}]`;
    if (url === '*') return;
    if (!url.startsWith('/')) errors.push(invalid(path, url, "non-resource URL rules must begin with a '/' character"));
    if (url.slice(0, -1).includes('*')) {
      errors.push(invalid(path, url, "non-resource URL wildcards '*' must be the final character of the rule"));
    }
  });
  errors.push(...resources.flatMap((one) => resourceErrors(`${at}.resources`, one)));
  errors.push(...stageErrors(`${at}.omitStages`, rule.omitStages));
  if (urls.length > 0 && (resources.length > 0 || namespaces.length > 0)) {
    const words = 'rules cannot apply to both regular resources and non-resource URLs';
    errors.push(invalid(`${at}.nonResourceURLs`, urls, words));
  }
  return errors;
}

function resourceErrors(
  path: string,
  { group = '', resources = [], resourceNames = [] }: GroupResources,
): FieldError[] {
  const wrong = group === '' || group === '*' ? '' : dns1123Subdomain(group).join(',');
  const words = 'using resourceNames requires at least one resource';
  return [
    ...(wrong === '' ? [] : [invalid(`${path}.group`, group, wrong)]),
    ...(resourceNames.length > 0 && resources.length === 0
      ? [invalid(`${path}.resourceNames`, resourceNames, words)]
      : []),
  ];
}

function stageErrors(path: string, stages: readonly string[] = []): FieldError[] {
  return stages.flatMap((stage, index) =>
    STAGES.includes(stage) ? [] : [invalid(`${path}[${index}]`, stage, `allowed stages are ${STAGES.join(',')}`)],
  );
}

/** Whether a rule is about a request. What a rule does not name it does not look at. */
function matches(rule: Rule, user: UserInfo, info: Access): boolean {
  const { users = [], userGroups = [], verbs = [], resources = [], namespaces = [], nonResourceURLs = [] } = rule;
  if (users.length > 0 && !users.includes(user.name)) return false;
  if (userGroups.length > 0 && !user.groups.some((group) => userGroups.includes(group))) return false;
  if (verbs.length > 0 && !verbs.includes(info.verb)) return false;
  if (namespaces.length > 0 || resources.length > 0) {
    if (!info.isResource || (namespaces.length > 0 && !namespaces.includes(info.namespace))) return false;
    return resources.length === 0 || resources.some((one) => covers(one, info));
  }
  if (nonResourceURLs.length === 0) return true;
  return !info.isResource && nonResourceURLs.some((url) => isPathOf(info.path, url));
}

function isPathOf(path: string, url: string): boolean {
  return url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, '')));
}

function covers({ group = '', resources = [], resourceNames = [] }: GroupResources, info: Access): boolean {
  if (group !== info.group && group !== '*') return false;
  if (resources.length === 0) return true;
  if (resourceNames.length > 0 && !resourceNames.includes(info.name)) return false;
  const whole = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
  return resources.some(
    (one) =>
      one === whole ||
      one === '*' ||
      (info.subresource !== '' && one === `*/${info.subresource}`) ||
      one === `${info.resource}/*`,
  );
}
