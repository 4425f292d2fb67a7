/**
 * Values as messages print them where the server holds its internal Go type: that type has no JSON names, so every field is
 * there, by the name Go has for it, in the order given.
 */
import { knownType } from './facts/fact-types.js';
import type { TypeRef } from './facts/type-text.js';
import { isJsonObject, type JsonObject } from './object.js';

/** Fields whose Go name is more than their JSON name with a capital. */
const GO_NAMES: Readonly<Record<string, string>> = {
  apiGroup: 'APIGroup',
  apiGroups: 'APIGroups',
  apiVersion: 'APIVersion',
  apiVersions: 'APIVersions',
  caBundle: 'CABundle',
  cidrs: 'CIDRs',
  insecureSkipTLSVerify: 'InsecureSkipTLSVerify',
  nonResourceURLs: 'NonResourceURLs',
  uid: 'UID',
  url: 'URL',
};

/** The internal form of a value of a type such as `rbac.v1.RoleRef`. */
export function internalForm(typeId: string, value: object): object {
  const form: JsonObject = {};
  for (const [name, field] of knownType(typeId).byName) {
    const goName = GO_NAMES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    form[goName] = internalValue(field.type, (value as JsonObject)[name]);
  }
  return form;
}

function internalValue(type: TypeRef, value: unknown): unknown {
  if (value === undefined || value === null) return type.pointer ? null : zeroOf(type);
  // What all groups share has JSON names in the internal types too.
  if (type.kind === 'struct' && isJsonObject(value) && !type.struct?.startsWith('meta.')) {
    return internalForm(type.struct ?? '', value);
  }
  if (type.kind === 'list' && Array.isArray(value)) {
    const item = type.item as TypeRef;
    return value.map((one) => internalValue(item, one));
  }
  return value;
}

function zeroOf(type: TypeRef): unknown {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
      return 0;
    case 'struct':
      return type.struct?.startsWith('meta.') ? {} : internalForm(type.struct ?? '', {});
    default:
      return null;
  }
}
