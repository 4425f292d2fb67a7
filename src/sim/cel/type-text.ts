/** Types as mistakes are worded with, and as Kubernetes' own messages name them. */
import type { CelType } from './types.js';

const SHORT: Partial<Record<CelType['kind'], string>> = {
  any: 'any',
  duration: 'duration',
  error: '!error!',
  null: 'null',
  timestamp: 'timestamp',
};

/** A type as the checker names it: `list(string)`, `timestamp`, `null`. */
export function checkedTypeText(type: CelType): string {
  const short = SHORT[type.kind];
  if (short !== undefined) return short;
  return type.params.length === 0 ? type.name : `${type.name}(${type.params.map(checkedTypeText).join(', ')})`;
}

/** A type as `must evaluate to bool but got …` names it: `list(string)`, `google.protobuf.Timestamp`, `null_type`. */
export function typeText(type: CelType): string {
  if (type.kind === 'param') return `<${type.name}>`;
  return type.params.length === 0 ? type.name : `${type.name}(${type.params.map(typeText).join(', ')})`;
}
