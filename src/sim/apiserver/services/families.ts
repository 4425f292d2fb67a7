import { type FieldError, invalid } from '../../api/field-error.js';
import { validateClusterIPs } from '../../api/kinds/service-rules.js';
import { deepEqual } from '../../api/object.js';
import type { ServiceSpec } from '../../api/types/service.js';
import { familyOf, type IPFamily } from './ip-range.js';

const POLICY = 'spec.ipFamilyPolicy';
const DOUBLE = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
const RELEASE = "must be 'SingleStack' to release the secondary";

/**
 * Fills in families and policy of who does not say, for a cluster that has these families, the usual one first
 * (core/service alloc.go initIPFamilyFields). Gives what is wrong; then nothing may be allocated.
 */
export function chooseFamilies(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  configured: readonly IPFamily[],
): FieldError[] {
  if (staysPreferDual(spec, old)) return [];
  const forBoth = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.ipFamilyPolicy ?? (forBoth ? 'RequireDualStack' : 'SingleStack');
  const wrong = validateClusterIPs(spec);
  if (wrong.length > 0) return wrong;
  const errors = [...releaseSecond(spec, old), ...inferFamilies(spec, configured)];
  if (errors.length > 0) return errors;
  const first = spec.ipFamilies?.[0] as IPFamily | undefined;
  const other = (family: string): IPFamily => (family === 'IPv4' ? 'IPv6' : 'IPv4');
  if (forBoth) {
    const families = spec.ipFamilies?.length ? spec.ipFamilies : [configured[0] as IPFamily];
    const [one = 'IPv4'] = families;
    spec.ipFamilies = families.length < 2 && spec.ipFamilyPolicy !== 'SingleStack' ? [one, other(one)] : families;
    return [];
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack' && configured.length < 2) {
    errors.push(invalid(POLICY, spec.ipFamilyPolicy, 'this cluster is not configured for dual-stack services'));
  }
  (spec.ipFamilies ?? []).forEach((family, index) => {
    if (configured.includes(family as IPFamily)) return;
    errors.push(invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'));
  });
  if (errors.length > 0) return errors;
  if (!first) spec.ipFamilies = [configured[0] as IPFamily];
  if (spec.ipFamilyPolicy !== 'SingleStack' && spec.ipFamilies?.length === 1 && configured.length === 2) {
    spec.ipFamilies = [spec.ipFamilies[0] as string, other(spec.ipFamilies[0] as string)];
  }
  return [];
}

/** A service that prefers both and did not change is neither given an address nor robbed of one. */
function staysPreferDual(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  const prefers = spec.ipFamilyPolicy === 'PreferDualStack' && old?.type === spec.type;
  if (!prefers || !['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type ?? '')) return false;
  if (old?.ipFamilyPolicy !== undefined && old.ipFamilyPolicy !== 'PreferDualStack') return false;
  return (
    deepEqual(old?.clusterIPs ?? [], spec.clusterIPs ?? []) && deepEqual(old?.ipFamilies ?? [], spec.ipFamilies ?? [])
  );
}

/** Who goes back to one family gives up the second; who only takes it out of a list must say so. */
function releaseSecond(spec: ServiceSpec, old: ServiceSpec | undefined): FieldError[] {
  const errors: FieldError[] = [];
  if (old && spec.ipFamilyPolicy === 'SingleStack') {
    if (deepEqual(old.clusterIPs, spec.clusterIPs)) spec.clusterIPs = spec.clusterIPs?.slice(0, 1) as string[];
    if (deepEqual(old.ipFamilies, spec.ipFamilies)) spec.ipFamilies = spec.ipFamilies?.slice(0, 1) as string[];
    if (!spec.clusterIPs?.length) delete spec.clusterIPs;
    if (!spec.ipFamilies?.length) delete spec.ipFamilies;
  } else if (old) {
    const reduced = (before: readonly string[] = [], after: readonly string[] = []) =>
      before.length === 2 && after.length === 1 && before[0] === after[0];
    if (reduced(old.clusterIPs, spec.clusterIPs)) {
      errors.push(invalid(POLICY, spec.ipFamilyPolicy ?? null, `${RELEASE} cluster IP`));
    }
    if (reduced(old.ipFamilies, spec.ipFamilies)) {
      errors.push(invalid(POLICY, spec.ipFamilyPolicy ?? null, `${RELEASE} IP family`));
    }
  }
  if (spec.ipFamilyPolicy !== 'SingleStack') return errors;
  if (spec.clusterIPs?.length === 2)
    errors.push(invalid(POLICY, spec.ipFamilyPolicy, `${DOUBLE} cluster IPs are specified`));
  if (spec.ipFamilies?.length === 2)
    errors.push(invalid(POLICY, spec.ipFamilyPolicy, `${DOUBLE} IP families are specified`));
  return errors;
}

/** Addresses somebody chose say which families are meant. */
function inferFamilies(spec: ServiceSpec, configured: readonly IPFamily[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, address] of (spec.clusterIPs ?? []).entries()) {
    if (address === 'None') break;
    if (address === '' || index < (spec.ipFamilies?.length ?? 0)) continue;
    const family = familyOf(address);
    if (configured.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else
      errors.push(invalid(`spec.clusterIPs[${index}]`, spec.clusterIPs, `${family} is not configured on this cluster`));
  }
  return errors;
}
