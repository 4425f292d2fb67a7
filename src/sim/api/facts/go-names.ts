/** Types as Go's messages name them: `int32`, `[]v1.Container`, `map[string]string`. */
import type { FactPackage } from './package.js';
import type { TypeRef } from './type-text.js';

const PLAIN: Partial<Record<TypeRef['kind'], string>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  byte: 'uint8',
  uint: 'uint32',
  float: 'float64',
  bytes: '[]uint8',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  duration: 'v1.Duration',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  raw: 'runtime.RawExtension',
  fieldsV1: 'v1.FieldsV1',
};

/** The name of a type, without its pointer. */
export function goTypeName(type: TypeRef, pack: FactPackage): string {
  if (type.name !== undefined) return type.name.includes('.') ? type.name : `${pack.version}.${type.name}`;
  if (type.kind === 'struct') {
    const [, version, name] = /([^.]+)\.([^.]+)$/.exec(type.struct ?? '') ?? [];
    return `${version}.${name}`;
  }
  const item = type.item ? `${type.item.pointer ? '*' : ''}${goTypeName(type.item, pack)}` : '';
  if (type.kind === 'list') return `[]${item}`;
  if (type.kind === 'map') {
    if (type.key === 'ResourceName' && type.item?.kind === 'quantity') return 'v1.ResourceList';
    const key = type.key === undefined ? 'string' : type.key.includes('.') ? type.key : `${pack.version}.${type.key}`;
    return `map[${key}]${item}`;
  }
  return PLAIN[type.kind] ?? 'interface {}';
}
