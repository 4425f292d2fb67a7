import { type FieldError, internalFieldError } from '../../api/field-error.js';
import { isJsonObject } from '../../api/object.js';
import { QuantityError } from '../../api/quantity.js';
import type { Autoscaler } from './types.js';
import { validateAutoscaler } from './validate.js';

/**
 * What a review holds, as Go reads it into a type: what is left out is empty. `problem` says in the decoder's words why it
 * cannot be read.
 */
export function readObject(
  object: unknown,
  type: string,
  emptySpec: object = {},
): { readonly object: object } | { readonly problem: string } {
  if (object === undefined) return { problem: 'unexpected end of JSON input' };
  // Go leaves a value as it was for null.
  const given = object ?? {};
  const wrong = (what: unknown, where: string) => ({
    problem: `json: cannot unmarshal ${nameOf(what)} into Go ${where}`,
  });
  if (!isJsonObject(given)) return wrong(given, `value of type ${type}`);
  const { metadata = {}, spec = {} } = given;
  const field = (name: string, of: string) => `struct field ${type.slice(3)}.${name} of type ${of}`;
  if (!isJsonObject(metadata)) return wrong(metadata, field('metadata', 'v1.ObjectMeta'));
  if (!isJsonObject(spec)) return wrong(spec, field('spec', `${type}Spec`));
  return { object: { ...given, metadata, spec: { ...emptySpec, ...spec } } };
}

/** An autoscaler out of a review, with what is wrong with it; without it when it cannot be read at all. */
export function readAutoscaler(
  object: unknown,
  isCreate: boolean,
): {
  readonly autoscaler?: Autoscaler;
  readonly errors: readonly FieldError[];
  readonly warnings: readonly string[];
} {
  const unreadable = (why: string) => ({ errors: [internalFieldError('.', why)], warnings: [] });
  const read = readObject(object, 'v1.VerticalPodAutoscaler');
  if ('problem' in read) return unreadable(read.problem);
  const autoscaler = read.object as Autoscaler;
  try {
    return { autoscaler, ...validateAutoscaler(autoscaler, isCreate) };
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    return unreadable(error.message);
  }
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
