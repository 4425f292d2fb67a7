import type { Evaluate } from '../../clusters/expressions.js';
import type { LabFile } from './lab.js';
import type { Draw } from './variants.js';

/** What evaluates a lab's expressions; undefined for a lab that has none, so that nothing is loaded for it. */
export async function expressionsFor({ spec }: LabFile): Promise<Evaluate | undefined> {
  if (spec.derive === undefined) return undefined;
  const { evaluateExpression } = await import('../../clusters/expressions.js');
  return evaluateExpression;
}

/** A draw with the values that a lab derives of it. Throws `DeriveError` where one cannot be worked out. */
export function derivedValues({ metadata, spec }: LabFile, draw: Draw, evaluate: Evaluate | undefined): Draw {
  if (spec.derive === undefined) return draw;
  if (!evaluate) throw new Error(`${metadata.name} derives values: instantiate it with expressionsFor(lab)`);
  const values: Record<string, Draw[string]> = { ...draw };
  for (const [name, expression] of Object.entries(spec.derive)) {
    if (typeof expression !== 'string') {
      values[name] = expression;
      continue;
    }
    const { value, error } = evaluate(expression, values);
    if (error !== undefined) throw new DeriveError(name, error, values);
    values[name] = value;
  }
  return values;
}

/** A value that a lab derives cannot be worked out: a mistake of the lab. */
export class DeriveError extends Error {
  override readonly name = 'DeriveError';

  constructor(
    readonly derived: string,
    readonly reason: string,
    readonly values: Draw,
  ) {
    super(`${derived} cannot be derived: ${reason}`);
  }
}
