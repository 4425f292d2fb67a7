/** Which overload carries a call out, by the values it is given. */
import type { FunctionDeclaration, Overload } from '../environment.js';
import { CelError, Duration, Timestamp, type Value } from '../values.js';
import { isOf, typeOf } from './kinds.js';
import { NO_OVERLOAD } from './mistakes.js';

type Apply = (args: Value[]) => Value;

/** Carries a call out: by the one overload it must be, or by the first that fits. */
export function dispatcher(name: string, { overloads, run, takes }: FunctionDeclaration, only: string): Apply {
  if (run) {
    const mistake = new CelError(`no such overload: ${name}`);
    const call = run as (...all: Value[]) => Value;
    return (args) => {
      const first = args[0] as Value;
      if (takes && !takes(first)) return answersForItself(first) ? NO_OVERLOAD : mistake;
      // Most functions take two values, and loops call them often.
      return args.length === 2 ? call(first, args[1] as Value) : call(...args);
    };
  }
  const candidates = only === '' ? overloads : overloads.filter(({ id }) => id === only);
  return (args) => {
    for (const overload of candidates) if (fits(overload, args)) return carryOut(overload, args);
    return new CelError(`no such overload: ${name}(${args.map((arg) => typeOf(arg).name).join(', ')})`);
  };
}

/** Texts and times are asked for functions themselves, and say no in other words. */
function answersForItself(value: Value): boolean {
  return typeof value === 'string' || value instanceof Timestamp || value instanceof Duration;
}

function fits({ args: wanted }: Overload, args: readonly Value[]): boolean {
  return wanted.length === args.length && wanted.every((type, at) => isOf(args[at] as Value, type));
}

function carryOut({ run }: Overload, args: Value[]): Value {
  return run ? (run as (...all: Value[]) => Value)(...args) : new CelError('no such overload');
}
