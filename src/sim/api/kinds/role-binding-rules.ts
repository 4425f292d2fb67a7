/** What bindings to roles have in common (rbac/validation). */
import { ageOf } from '../duration.js';
import { type FieldError, invalid, notSupported, required } from '../field-error.js';
import { internalForm } from '../internal-form.js';
import { dns1123Subdomain, nameIsPathSegment, pathSegmentName } from '../names.js';
import type { Binding, Subject } from '../types/rbac.js';
import { type ApiKind, column, type Printer } from './kind.js';
import { checkText, validateMeta, validateMetaUpdate } from './meta.js';

const GROUP = 'rbac.authorization.k8s.io';

/** How bindings to roles of these kinds are defaulted and checked. */
export function bindingStrategy(
  roles: readonly string[],
  namespaced: boolean,
): Pick<ApiKind, 'applyDefaults' | 'validateCreate' | 'validateUpdate'> {
  const validate = (binding: Binding) => validateBinding(binding, roles, namespaced);
  return {
    applyDefaults: (object) => applyDefaults(object as Binding),
    validateCreate: (object) => validate(object as Binding),
    validateUpdate: (object, old) => [
      ...validate(object as Binding),
      ...validateMetaUpdate(object, old),
      ...validateSameRole(object as Binding, old as Binding),
    ],
  };
}

/** How they are printed; `word` is their name within a description, `about` what is said of the role. */
export function bindingPrinter(word: string, about: string): Printer {
  return {
    columns: [
      column('Name'),
      column('Role', 'string', 0, about),
      column('Age'),
      column('Users', 'string', 1, `Users in the ${word}`),
      column('Groups', 'string', 1, `Groups in the ${word}`),
      column('ServiceAccounts', 'string', 1, `ServiceAccounts in the ${word}`),
    ],
    rows: (object, now) => {
      const { metadata, roleRef, subjects = [] } = object as Binding;
      const named = (kindOf: string) => subjects.filter((subject) => subject.kind === kindOf);
      const names = (kindOf: string) =>
        named(kindOf)
          .map(({ name }) => name)
          .join(', ');
      const accounts = named('ServiceAccount').map(({ namespace = '', name }) => `${namespace}/${name}`);
      const cells = [metadata.name, `${roleRef.kind}/${roleRef.name}`, ageOf(metadata.creationTimestamp, now)];
      return [{ cells: [...cells, names('User'), names('Group'), accounts.join(', ')] }];
    },
  };
}

function applyDefaults({ roleRef, subjects = [] }: Binding): void {
  roleRef.apiGroup ||= GROUP;
  for (const subject of subjects) {
    if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= GROUP;
  }
}

function validateBinding(binding: Binding, roles: readonly string[], namespaced: boolean): FieldError[] {
  const { roleRef, subjects = [] } = binding;
  const errors = validateMeta(binding, namespaced, nameIsPathSegment);
  if (roleRef.apiGroup !== GROUP) errors.push(notSupported('roleRef.apiGroup', roleRef.apiGroup, [GROUP]));
  if (!roles.includes(roleRef.kind)) errors.push(notSupported('roleRef.kind', roleRef.kind, roles));
  if (roleRef.name) errors.push(...checkText('roleRef.name', roleRef.name, pathSegmentName));
  else errors.push(required('roleRef.name'));
  subjects.forEach((subject, index) => {
    errors.push(...validateSubject(`subjects[${index}]`, subject, namespaced));
  });
  return errors;
}

function validateSubject(path: string, subject: Subject, namespaced: boolean): FieldError[] {
  const { kind, name, namespace, apiGroup = '' } = subject;
  const errors = name ? [] : [required(`${path}.name`)];
  switch (kind) {
    case 'ServiceAccount':
      if (name) errors.push(...checkText(`${path}.name`, name, dns1123Subdomain));
      if (apiGroup !== '') errors.push(notSupported(`${path}.apiGroup`, apiGroup, ['']));
      if (!namespaced && !namespace) errors.push(required(`${path}.namespace`));
      break;
    case 'User':
    case 'Group':
      if (apiGroup !== GROUP) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [GROUP]));
      break;
    default:
      errors.push(notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group']));
  }
  return errors;
}

function validateSameRole({ roleRef }: Binding, { roleRef: old }: Binding): FieldError[] {
  const same = roleRef.apiGroup === old.apiGroup && roleRef.kind === old.kind && roleRef.name === old.name;
  return same ? [] : [invalid('roleRef', internalForm('rbac.v1.RoleRef', roleRef), 'cannot change roleRef')];
}
