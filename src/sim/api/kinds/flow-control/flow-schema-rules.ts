/** What is wrong with a FlowSchema (flowcontrol/validation). */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { internalForm } from '../../internal-form.js';
import { dns1123Label, dns1123Subdomain } from '../../names.js';
import { semanticEqual } from '../../object.js';
import type {
  FlowSchema,
  FlowSchemaSpec,
  FlowSubject,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
} from '../../types/flow-control.js';
import { checkText, validateMeta } from '../meta.js';
import { mandatoryFlowSchemas } from './bootstrap.js';
import { validateConditions } from './condition-rules.js';

const PRECEDENCE_MAX = 10_000;
const METHODS = ['ByNamespace', 'ByUser'];
const SUBJECT_KINDS = ['Group', 'ServiceAccount', 'User'];
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

/** All of a flow schema, new or changed. */
export function validateFlowSchema(schema: FlowSchema): FieldError[] {
  const { metadata, spec, status } = schema;
  const errors = [...validateMeta(schema, false), ...validateSpec(metadata.name ?? '', spec)];
  const mandatory = mandatoryFlowSchemas().find((one) => one.metadata.name === metadata.name);
  if (mandatory && !semanticEqual(spec, mandatory.spec)) {
    const shown = internalForm('flowcontrol.v1.FlowSchemaSpec', spec);
    errors.push(invalid('spec', shown, `spec of '${metadata.name}' must equal the fixed value`));
  }
  return [...errors, ...validateConditions(status)];
}

function validateSpec(name: string, spec: FlowSchemaSpec): FieldError[] {
  const { matchingPrecedence: precedence, distinguisherMethod: method, rules = [] } = spec;
  const errors: FieldError[] = [];
  const refuse = (words: string) => errors.push(invalid('spec.matchingPrecedence', precedence, words));
  if (precedence <= 0) refuse('must be a positive value');
  if (precedence > PRECEDENCE_MAX) refuse(`must not be greater than ${PRECEDENCE_MAX}`);
  if (precedence === 1 && name !== 'exempt') refuse("only the schema named 'exempt' may have matchingPrecedence 1");
  if (method && !METHODS.includes(method.type)) {
    const shown = internalForm('flowcontrol.v1.FlowDistinguisherMethod', method);
    errors.push(notSupported('spec.distinguisherMethod.type', shown, METHODS));
  }
  const level = spec.priorityLevelConfiguration.name;
  const path = 'spec.priorityLevelConfiguration.name';
  if (level) errors.push(...checkText(path, level, dns1123Subdomain));
  else errors.push(required(path, 'must reference a priority level'));
  return [...errors, ...rules.flatMap((rule, index) => validateRules(`spec.rules[${index}]`, rule))];
}

function validateRules(path: string, rules: PolicyRulesWithSubjects): FieldError[] {
  const { resourceRules = [], nonResourceRules = [] } = rules;
  const subjects = rules.subjects ?? [];
  const errors = subjects.flatMap((subject, index) => validateSubject(`${path}.subjects[${index}]`, subject));
  if (subjects.length === 0) errors.push(required(`${path}.subjects`, 'subjects must contain at least one value'));
  if (resourceRules.length === 0 && nonResourceRules.length === 0) {
    errors.push(required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
  }
  resourceRules.forEach((rule, index) => {
    errors.push(...validateResourceRule(`${path}.resourceRules[${index}]`, rule));
  });
  nonResourceRules.forEach((rule, index) => {
    errors.push(...validateNonResourceRule(`${path}.nonResourceRules[${index}]`, rule));
  });
  return errors;
}

function validateSubject(path: string, subject: FlowSubject): FieldError[] {
  const { kind } = subject;
  if (!SUBJECT_KINDS.includes(kind)) return [notSupported(`${path}.kind`, kind, SUBJECT_KINDS)];
  const errors = validateNamed(path, subject);
  for (const other of kind === 'ServiceAccount' ? ['User', 'Group'] : ['ServiceAccount', 'User', 'Group']) {
    const field = fieldOf(other);
    if (other === kind || subject[field] === undefined) continue;
    errors.push(forbidden(`${path}.${field}`, `${field} is forbidden when subject kind is not '${other}'`));
  }
  return errors;
}

function fieldOf(kind: string): 'group' | 'serviceAccount' | 'user' {
  return kind === 'ServiceAccount' ? 'serviceAccount' : kind === 'Group' ? 'group' : 'user';
}

function validateNamed(path: string, subject: FlowSubject): FieldError[] {
  const field = fieldOf(subject.kind);
  const at = `${path}.${field}`;
  const named = subject[field];
  if (!named) return [required(at, `${field} is required when subject kind is '${subject.kind}'`)];
  const errors = named.name ? [] : [required(`${at}.name`)];
  if (field !== 'serviceAccount') return errors;
  const { name, namespace } = named as { name: string; namespace: string };
  if (name && name !== '*') errors.push(...checkText(`${at}.name`, name, dns1123Subdomain));
  if (namespace) return [...errors, ...checkText(`${at}.namespace`, namespace, dns1123Label)];
  return [...errors, required(`${at}.namespace`, 'must specify namespace for service account')];
}

function validateVerbs(path: string, verbs: readonly string[]): FieldError[] {
  if (verbs.length === 0) return [required(path, 'verbs must contain at least one value')];
  if (verbs.includes('*')) return alone(path, verbs, 'verbs');
  return verbs.every((verb) => VERBS.includes(verb)) ? [] : [notSupported(path, verbs, VERBS)];
}

/** Where everything is meant, nothing else may stand. */
function alone(path: string, values: readonly string[], what: string): FieldError[] {
  const crowded = values.length > 1 && values.includes('*');
  return crowded ? [invalid(path, values, `if '*' is present, must not specify other ${what}`)] : [];
}

function validateResourceRule(path: string, rule: ResourcePolicyRule): FieldError[] {
  const errors = validateVerbs(`${path}.verbs`, rule.verbs ?? []);
  for (const [field, one, many] of [
    ['apiGroups', 'api group', 'api groups'],
    ['resources', 'resource', 'resources'],
  ] as const) {
    const values = rule[field] ?? [];
    const at = `${path}.${field}`;
    if (values.length > 0) errors.push(...alone(at, values, many));
    else errors.push(required(at, `resource rules must supply at least one ${one}`));
  }
  const namespaces = rule.namespaces ?? [];
  const at = `${path}.namespaces`;
  if (namespaces.length === 0 && !rule.clusterScope) {
    errors.push(required(at, 'resource rules that are not cluster scoped must supply at least one namespace'));
  } else if (namespaces.includes('*')) errors.push(...alone(at, namespaces, 'namespaces'));
  else {
    const intro = "each member of this list must be '*' or a DNS-1123 label; ";
    namespaces.forEach((namespace, index) => {
      const found = dns1123Label(namespace);
      errors.push(...found.map((words) => invalid(`${at}[${index}]`, namespace, `${intro}${words}`)));
    });
  }
  return errors;
}

function validateNonResourceRule(path: string, rule: NonResourcePolicyRule): FieldError[] {
  const errors = validateVerbs(`${path}.verbs`, rule.verbs ?? []);
  const urls = rule.nonResourceURLs ?? [];
  const at = `${path}.nonResourceURLs`;
  if (urls.length === 0) errors.push(required(at, 'nonResourceURLs must contain at least one value'));
  else if (urls.includes('*')) errors.push(...alone(at, urls, 'non-resource URLs'));
  else {
    urls.forEach((url, index) => {
      const words = urlError(url);
      if (words !== undefined) errors.push(invalid(`${at}[${index}]`, url, words));
    });
  }
  return errors;
}

function urlError(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const stars = url.split('*').length - 1;
  return stars > 1 || (stars === 1 && !url.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}
