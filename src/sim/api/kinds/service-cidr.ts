/** networking.k8s.io/v1 ServiceCIDR. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { internalForm } from '../internal-form.js';
import type { ServiceCIDR } from '../types/networking.js';
import { parseCIDR, validateCanonicalCIDR } from './ip-rules.js';
import { type ApiKind, column, defineKind, withStatus } from './kind.js';
import { immutable, validateMeta, validateMetaUpdate } from './meta.js';

const PATH = 'spec.cidrs';

/** The strategy of the blocks that addresses of services are taken from. A write to the object may write its status too. */
export const serviceCidrKind: ApiKind = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  namespaced: false,
  subresourceFacts: withStatus(),
  validateCreate: (object) => [...validateMeta(object, false), ...validateBlocks(object as ServiceCIDR)],
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateChange(object as ServiceCIDR, old as ServiceCIDR),
  ],
  printer: {
    columns: [column('Name'), column('CIDRs', 'string', 0, 'networking.v1.ServiceCIDRSpec.cidrs'), column('Age')],
    rows: (object, now) => {
      const { metadata, spec } = object as ServiceCIDR;
      return [{ cells: [metadata.name, (spec.cidrs ?? []).join(','), ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateBlocks({ spec }: ServiceCIDR): FieldError[] {
  const { cidrs = [] } = spec;
  if (cidrs.length === 0) return [required(PATH, 'at least one CIDR required')];
  if (cidrs.length > 2) {
    return [invalid(PATH, internalForm('networking.v1.ServiceCIDRSpec', spec), 'may only hold up to 2 values')];
  }
  const errors = cidrs.flatMap((cidr, index) => validateCanonicalCIDR(`${PATH}[${index}]`, cidr));
  const [first, second] = cidrs.map((cidr) => parseCIDR(cidr)?.bytes.length);
  if (first !== undefined && first === second) {
    const words = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
    errors.push(invalid(PATH, cidrs, words));
  }
  return errors;
}

/** Blocks stay; a second one may join the first. */
function validateChange(object: ServiceCIDR, old: ServiceCIDR): FieldError[] {
  const { cidrs = [] } = object.spec;
  const { cidrs: before = [] } = old.spec;
  if (cidrs.length === before.length) {
    return cidrs.flatMap((cidr, index) => immutable(`${PATH}[${index}]`, cidr, before[index]));
  }
  if (before.length === 1 && cidrs.length === 2) {
    return [...immutable(`${PATH}[0]`, cidrs[0], before[0]), ...validateBlocks(object)];
  }
  return [invalid(PATH, givenField(object.spec, 'cidrs') ?? null, 'field is immutable')];
}
