/** Names of resources outside of containers: in limit ranges and quotas. */
import { type FieldError, invalid } from '../field-error.js';
import { labelKey } from '../names.js';
import { checkText } from './meta.js';
import { isHugePages, STANDARD_RESOURCES } from './pod/resource-rules.js';

/** What is counted in thousands of ways but cannot be limited for a namespace. */
const NOT_IN_QUOTAS = 'storage';

/** A resource that Kubernetes knows, or a qualified name. */
export function validateResourceName(path: string, name: string): FieldError[] {
  const errors = checkText(path, name, labelKey);
  if (errors.length > 0 || name.includes('/')) return errors;
  const known = STANDARD_RESOURCES.has(name) || isQuotaHugePages(name);
  return known ? [] : [invalid(path, name, 'must be a standard resource type or fully qualified')];
}

/** A resource that quotas know, or a qualified name. */
export function validateQuotaResourceName(path: string, name: string): FieldError[] {
  const errors = validateResourceName(path, name);
  if (name.includes('/') || isQuotaResource(name)) return errors;
  return [...errors, invalid(path, name, 'must be a standard resource for quota')];
}

/** Whether quotas know a resource by this name. */
export function isQuotaResource(name: string): boolean {
  return (STANDARD_RESOURCES.has(name) && name !== NOT_IN_QUOTAS) || isQuotaHugePages(name);
}

function isQuotaHugePages(name: string): boolean {
  return isHugePages(name) || name.startsWith('requests.hugepages-');
}
