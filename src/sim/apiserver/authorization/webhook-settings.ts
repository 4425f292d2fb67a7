import { formatDuration, parseDuration } from '../../api/duration.js';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../api/field-error.js';
import { SECOND } from '../../kernel/time.js';
import type { WebhookEntry } from './configuration-types.js';
import { compileCondition } from './webhook/conditions.js';

/** What keeps a file from being read; undefined for one that can be. */
export type FileProblem = (path: string) => string | undefined;

const LONGEST = 30 * SECOND;
const CONDITIONS_MAX = 64;
const KUBECONFIG = 'KubeConfigFile';
const IN_CLUSTER = 'InClusterConfig';

/**
 * What is wrong with a webhook's settings. The server leaves `webhook` out of the paths.
 */
export function webhookErrors(path: string, webhook: WebhookEntry, fileProblem: FileProblem): FieldError[] {
  const conditions = webhook.matchConditions ?? [];
  const matchVersion = webhook.matchConditionSubjectAccessReviewVersion ?? '';
  const matchPath = `${path}.matchConditionSubjectAccessReviewVersion`;
  return [
    ...timeoutErrors(`${path}.timeout`, webhook.timeout),
    ...ttlErrors(`${path}.authorizedTTL`, webhook.authorizedTTL),
    ...ttlErrors(`${path}.unauthorizedTTL`, webhook.unauthorizedTTL),
    ...oneOf(`${path}.subjectAccessReviewVersion`, webhook.subjectAccessReviewVersion, ['v1', 'v1beta1']),
    ...(matchVersion !== ''
      ? oneOf(matchPath, matchVersion, ['v1'])
      : conditions.length > 0
        ? [required(matchPath, 'required if match conditions are specified')]
        : []),
    ...oneOf(`${path}.failurePolicy`, webhook.failurePolicy, ['NoOpinion', 'Deny']),
    ...connectionErrors(`${path}.connectionInfo`, webhook.connectionInfo ?? {}, fileProblem),
    ...conditionErrors(`${path}.matchConditions`, conditions),
  ];
}

function timeoutErrors(path: string, text: string | undefined): FieldError[] {
  const span = spanOf(text);
  if (span === 0) return [required(path)];
  return span > 0 && span <= LONGEST ? [] : [invalid(path, formatDuration(span), 'must be > 0s and <= 30s')];
}

/** Zero stands for what holds when nothing is said. */
function ttlErrors(path: string, text: string | undefined): FieldError[] {
  const span = spanOf(text);
  return span < 0 ? [invalid(path, formatDuration(span), 'must be > 0s')] : [];
}

function spanOf(text: string | undefined): number {
  return text ? parseDuration(text) : 0;
}

function oneOf(path: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  if (!value) return [required(path)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

function connectionErrors(
  path: string,
  { type = '', kubeConfigFile: file = null }: NonNullable<WebhookEntry['connectionInfo']>,
  fileProblem: FileProblem,
): FieldError[] {
  const filePath = `${path}.kubeConfigFile`;
  if (type === '') return [required(`${path}.type`)];
  if (type === IN_CLUSTER) {
    return file === null ? [] : [invalid(filePath, file, 'can only be set when type=KubeConfigFile')];
  }
  if (type !== KUBECONFIG) {
    // The whole connection is printed, with the names its fields have in Go.
    return [notSupported(`${path}.type`, { Type: type, KubeConfigFile: file }, [IN_CLUSTER, KUBECONFIG])];
  }
  if (!file) return [required(filePath)];
  if (!file.startsWith('/')) return [invalid(filePath, file, 'must be an absolute path')];
  const problem = fileProblem(file);
  return problem === undefined ? [] : [invalid(filePath, file, problem)];
}

function conditionErrors(path: string, conditions: readonly { readonly expression?: string }[]): FieldError[] {
  if (conditions.length > CONDITIONS_MAX) return [tooMany(path, conditions.length, CONDITIONS_MAX)];
  const seen = new Set<string>();
  return conditions.flatMap(({ expression = '' }, index) => {
    const at = `${path}[${index}].expression`;
    if (expression.trim() === '') return [required(at)];
    if (seen.has(expression)) return [duplicate(at, expression)];
    seen.add(expression);
    const { error } = compileCondition(expression);
    return error === undefined ? [] : [invalid(at, expression, error)];
  });
}
