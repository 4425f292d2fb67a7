/** core/v1 ResourceQuota. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { compareText } from '../go-text.js';
import { internalForm } from '../internal-form.js';
import { compareQuantity, formatQuantity } from '../quantity.js';
import type { ResourceQuota, ResourceQuotaSpec, ScopeSelector } from '../types/limits.js';
import { type ApiKind, column, defineKind, keepStatus, withStatus } from './kind.js';
import { sortedPairs, validateMeta, validateMetaUpdate } from './meta.js';
import { validateAmount } from './pod/resource-rules.js';
import { readQuantity, roundResourceList } from './quantity-rules.js';
import { isQuotaResource, validateQuotaResourceName } from './resource-name-rules.js';

const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const POD_SCOPE = ['pods', ...COMPUTE];
/** Which of the resources that quotas know a scope leaves; undefined for all. */
const SCOPES: Readonly<Record<string, readonly string[] | undefined>> = {
  BestEffort: ['pods'],
  CrossNamespacePodAffinity: POD_SCOPE,
  NotBestEffort: POD_SCOPE,
  NotTerminating: POD_SCOPE,
  PriorityClass: POD_SCOPE,
  Terminating: POD_SCOPE,
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};
/** Scopes that a selector can only ask about, not compare with values. */
const PLAIN_SCOPES = ['BestEffort', 'CrossNamespacePodAffinity', 'NotBestEffort', 'NotTerminating', 'Terminating'];
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
/** Resources whose request should not be more than their limit; the bare name counts as a request for the first two. */
const COMPARED = ['cpu', 'memory', 'storage', 'ephemeral-storage'];

/** The strategy of resource quotas. */
export const resourceQuotaKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  namespaced: true,
  shortNames: ['quota'],
  subresourceFacts: withStatus(),
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { spec, status } = object as ResourceQuota;
    for (const list of [spec.hard, status?.hard, status?.used]) roundResourceList(list);
  },
  prepareCreate: (object) => {
    object['status'] = {};
  },
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec((object as ResourceQuota).spec)],
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec((object as ResourceQuota).spec),
    ...keepScopes((object as ResourceQuota).spec, (old as ResourceQuota).spec),
  ],
  validateStatus: (object, old) => {
    const { status } = object as ResourceQuota;
    return [
      ...validateMetaUpdate(object, old),
      ...validateList('status.hard', status?.hard),
      ...validateList('status.used', status?.used),
    ];
  },
  warnings: (object, old) => (old ? [] : quotaWarnings((object as ResourceQuota).spec)),
  printer: {
    columns: [
      column('Name'),
      column('Request', 'string', 0, 'Request represents a minimum amount of cpu/memory that a container may consume.'),
      column(
        'Limit',
        'string',
        0,
        'Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.',
      ),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, status } = object as ResourceQuota;
      const rows = sortedPairs(status?.hard).map(([name, hard]) => {
        const used = formatQuantity(readQuantity(status?.used?.[name]));
        return [name, `${name}: ${used}/${formatQuantity(readQuantity(hard))}`] as const;
      });
      const texts = (limits: boolean) =>
        rows.flatMap(([name, text]) => (name.startsWith('limits.') === limits ? [text] : [])).join(', ');
      return [{ cells: [metadata.name, texts(false), texts(true), ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateSpec(spec: ResourceQuotaSpec): FieldError[] {
  return [
    ...validateList('spec.hard', spec.hard),
    ...validateScopes(spec),
    ...(spec.scopeSelector ? validateSelector(spec, spec.scopeSelector) : []),
  ];
}

function validateList(path: string, list: Record<string, string> | undefined): FieldError[] {
  return sortedPairs(list).flatMap(([name, text]) => {
    const at = `${path}[${name}]`;
    return [...validateQuotaResourceName(at, name), ...validateAmount(at, name, text)];
  });
}

/** How many of the limited resources a scope does not leave. */
function countUnfit(scope: string, spec: ResourceQuotaSpec): number {
  const fit = SCOPES[scope];
  if (!fit) return 0;
  return Object.keys(spec.hard ?? {}).filter((name) => isQuotaResource(name) && !fit.includes(name)).length;
}

function validateScopes(spec: ResourceQuotaSpec): FieldError[] {
  const scopes = spec.scopes ?? [];
  const path = 'spec.scopes';
  const errors = scopes.flatMap((scope) => [
    ...(Object.hasOwn(SCOPES, scope) ? [] : [invalid(path, scopes, 'unsupported scope')]),
    ...unfitErrors(path, scope, spec, scopes),
  ]);
  return [...errors, ...conflicts(path, scopes, scopes)];
}

function unfitErrors(path: string, scope: string, spec: ResourceQuotaSpec, shown: unknown): FieldError[] {
  const error = invalid(path, shown, 'unsupported scope applied to resource');
  return Array.from({ length: countUnfit(scope, spec) }, () => error);
}

function conflicts(path: string, scopes: readonly string[], shown: unknown): FieldError[] {
  return OPPOSITES.flatMap((pair) =>
    pair.every((scope) => scopes.includes(scope)) ? [invalid(path, shown, 'conflicting scopes')] : [],
  );
}

function validateSelector(spec: ResourceQuotaSpec, selector: ScopeSelector): FieldError[] {
  const path = 'spec.scopeSelector.matchExpressions';
  const expressions = selector.matchExpressions ?? [];
  const shown = internalForm('core.v1.ScopeSelector', selector);
  const errors = expressions.flatMap(({ scopeName, operator, values }) => [
    ...(Object.hasOwn(SCOPES, scopeName) ? [] : [invalid(`${path}.scopeName`, scopeName, 'unsupported scope')]),
    ...unfitErrors(path, scopeName, spec, shown),
    ...validateOperator(path, scopeName, operator, values ?? []),
  ]);
  const names = expressions.map(({ scopeName }) => scopeName);
  return [...errors, ...conflicts(path, names, spec.scopes ?? null)];
}

function validateOperator(path: string, scope: string, operator: string, values: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  if (PLAIN_SCOPES.includes(scope) && operator !== 'Exists') {
    const words =
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
    errors.push(invalid(`${path}.operator`, operator, words));
  }
  if (operator === 'In' || operator === 'NotIn') {
    const words = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    return values.length > 0 ? errors : [...errors, required(`${path}.values`, words)];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    const words = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    return values.length === 0 ? errors : [...errors, invalid(`${path}.values`, values, words)];
  }
  return [...errors, invalid(`${path}.operator`, operator, 'not a valid selector operator')];
}

function keepScopes(spec: ResourceQuotaSpec, old: ResourceQuotaSpec): FieldError[] {
  const set = (list: readonly string[] | undefined) => [...new Set(list)].sort(compareText).join(' ');
  if (set(spec.scopes) === set(old.scopes)) return [];
  return [invalid('spec.scopes', givenField(spec, 'scopes') ?? null, 'field is immutable')];
}

function quotaWarnings({ hard = {} }: ResourceQuotaSpec): string[] {
  return COMPARED.flatMap((name) => {
    const bare = name === 'cpu' || name === 'memory' ? name : '';
    const request = hard[`requests.${name}`] === undefined && bare !== '' ? bare : `requests.${name}`;
    const limit = `limits.${name}`;
    if (hard[request] === undefined || hard[limit] === undefined) return [];
    const [asked, most] = [readQuantity(hard[request]), readQuantity(hard[limit])];
    if (compareQuantity(asked, most) <= 0) return [];
    return [
      `ResourceQuota ${request} (${formatQuantity(asked)}) should be less than ${limit} (${formatQuantity(most)})`,
    ];
  });
}
