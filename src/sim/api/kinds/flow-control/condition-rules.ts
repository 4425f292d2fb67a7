import { duplicate, type FieldError, required } from '../../field-error.js';
import type { FlowControlCondition } from '../../types/flow-control.js';

/** Conditions of flow schemas and priority levels: one of a type, and it has one. */
export function validateConditions(status: { conditions?: FlowControlCondition[] } | undefined): FieldError[] {
  const seen = new Set<string>();
  return (status?.conditions ?? []).flatMap(({ type = '' }, index) => {
    const path = `status.conditions[${index}].type`;
    const errors = seen.has(type) ? [duplicate(path, type)] : [];
    seen.add(type);
    return type === '' ? [...errors, required(path)] : errors;
  });
}
