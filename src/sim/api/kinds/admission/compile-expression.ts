import { type CelType, compile, type Environment, type Program, sameType, typeText } from '../../../cel/index.js';

/** A compiled expression, or why there is none, in the server's words. */
export type CompiledExpression =
  | { readonly expression: string; readonly program: Program; readonly error?: undefined }
  | { readonly expression: string; readonly program?: undefined; readonly error: string };

/** Compiles an expression that must be of one of some types; without any, of whatever it is. */
export function compileExpression(
  expression: string,
  environment: Environment,
  wanted: readonly CelType[] = [],
): CompiledExpression {
  const { program, issues, failure } = compile(expression, environment);
  if (issues !== undefined) return { expression, error: `compilation failed: ${issues}` };
  if (!program) return { expression, error: `program instantiation failed: ${failure}` };
  if (wanted.length === 0 || wanted.some((type) => sameType(type, program.outputType))) return { expression, program };
  const got = typeText(program.outputType);
  const texts = wanted.map(typeText);
  const error =
    texts.length === 1
      ? `must evaluate to ${texts[0]} but got ${got}`
      : `must evaluate to one of [${texts.join(' ')}] but got ${got}`;
  return { expression, error };
}
