import type { Context } from './command.js';
import { UsageError } from './options.js';

/** The two operands of a program that takes no more and no fewer. Throws UsageError. */
export function twoFiles(context: Context): readonly [string, string] {
  const [first, second, extra] = context.operands;
  if (first === undefined) throw new UsageError('missing operand');
  if (second === undefined) throw new UsageError(`missing operand after ${context.quote(first)}`);
  if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
  return [first, second];
}
