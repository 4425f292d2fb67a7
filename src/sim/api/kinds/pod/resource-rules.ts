/** Rules of requests and limits. */
import { type FieldError, forbidden, invalid, notFoundField, required } from '../../field-error.js';
import { labelKey } from '../../names.js';
import { compareQuantity, formatQuantity, parseQuantity, type Quantity, QuantityError } from '../../quantity.js';
import type { ResourceRequirements } from '../../types/pod.js';
import { checkText, NEGATIVE, sortedPairs } from '../meta.js';

const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/** Resources that Kubernetes itself knows, of containers and of quotas. */
export const STANDARD_RESOURCES: ReadonlySet<string> = new Set([
  ...CONTAINER_RESOURCES,
  ...CONTAINER_RESOURCES.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);
const COUNTED_RESOURCES = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

/** Memory in large pages, a resource for each size. */
export const isHugePages = (name: string) => name.startsWith('hugepages-');
const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');

/** A resource of somebody's own, such as nvidia.com/gpu. */
function isExtendedResource(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && labelKey(`requests.${name}`).length === 0;
}

/** Whether pods may ask for more than there is, limit and request being different. */
export function allowsOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** An amount that can be: not below zero, and whole where things are counted. */
export function validateAmount(path: string, name: string, text: string): FieldError[] {
  const amount = readAmount(text);
  const errors: FieldError[] = [];
  if (amount.nanos < 0n) errors.push(invalid(path, text, NEGATIVE));
  if ((COUNTED_RESOURCES.has(name) || isExtendedResource(name)) && amount.nanos % 1_000_000_000n !== 0n) {
    errors.push(invalid(path, text, 'must be an integer'));
  }
  return errors;
}

function readAmount(text: string): Quantity {
  try {
    return parseQuantity(String(text));
  } catch (error) {
    // Decoding refuses what is no quantity; objects that never were decoded count as zero here.
    if (error instanceof QuantityError) return { nanos: 0n, format: 'DecimalSI' };
    throw error;
  }
}

/** The name of a resource that containers can ask for. */
export function validateContainerResourceName(path: string, name: string): FieldError[] {
  const errors = checkText(path, name, labelKey);
  const wellFormed = errors.length === 0;
  if (!name.includes('/')) {
    if (wellFormed && !STANDARD_RESOURCES.has(name) && !isHugePages(name) && !name.startsWith('requests.hugepages-')) {
      errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
    }
    if (!CONTAINER_RESOURCES.includes(name) && !isHugePages(name)) {
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
    }
  } else if (!isNative(name) && !isExtendedResource(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

/** Requests and limits of a container. */
export function validateResources(
  resources: ResourceRequirements,
  path: string,
  claimNames: readonly string[],
): FieldError[] {
  const errors: FieldError[] = [];
  const { limits = {}, requests = {} } = resources;
  for (const [name, text] of sortedPairs(limits)) {
    const at = `${path}.limits[${name}]`;
    errors.push(...validateContainerResourceName(at, name), ...validateAmount(at, name, text));
  }
  for (const [name, text] of sortedPairs(requests)) {
    const at = `${path}.requests[${name}]`;
    errors.push(...validateContainerResourceName(at, name), ...validateAmount(at, name, text));
    errors.push(...compareWithLimit(path, name, text, limits[name]));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(forbidden(path, 'HugePages require cpu or memory'));
  }
  return [...errors, ...validateClaims(resources, `${path}.claims`, claimNames)];
}

function compareWithLimit(path: string, name: string, text: string, limitText: string | undefined): FieldError[] {
  if (limitText === undefined) {
    if (allowsOvercommit(name)) return [];
    return [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const request = readAmount(text);
  const limit = readAmount(limitText);
  const order = compareQuantity(request, limit);
  const of = `${name} limit of ${formatQuantity(limit)}`;
  if (order !== 0 && !allowsOvercommit(name)) {
    return [invalid(`${path}.requests`, formatQuantity(request), `must be equal to ${of}`)];
  }
  return order > 0 ? [invalid(`${path}.requests`, formatQuantity(request), `must be less than or equal to ${of}`)] : [];
}

function validateClaims(resources: ResourceRequirements, path: string, known: readonly string[]): FieldError[] {
  return (resources.claims ?? []).flatMap(({ name }, index) => {
    if (!name) return [required(`${path}[${index}]`)];
    if (known.includes(name)) return [];
    const error = notFoundField(`${path}[${index}]`, name);
    const names = known.length === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
    return [{ ...error, body: `${error.body}: must be one of the names in pod.spec.resourceClaims${names}` }];
  });
}
