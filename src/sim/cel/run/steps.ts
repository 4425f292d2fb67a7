/** How the parts of a program run that are more than a value or a variable. */
import { CelError, CelList, CelMap, Optional, type Value } from '../values.js';
import { callCostOf, equalsCost, isPaidFirst } from './call-costs.js';
import { isEqual } from './equality.js';
import { charge, type Step } from './frame.js';
import { NO_OVERLOAD } from './mistakes.js';
import { goTypeName } from './text.js';

/** All terms but the deciding one may be errors. */
export function logical(terms: readonly Step[], decides: boolean): Step {
  const [left, right] = terms as [Step, Step];
  return (frame) => {
    const first = left(frame);
    if (first === decides) return decides;
    const second = right(frame);
    if (second === decides) return decides;
    if (typeof first !== 'boolean') return first instanceof CelError ? first : NO_OVERLOAD;
    if (typeof second !== 'boolean') return second instanceof CelError ? second : NO_OVERLOAD;
    return !decides;
  };
}

const inequalityCost = callCostOf('_!=_', 'not_equals');

/** Whether two values are equal, or whether they are not. */
export function equality(steps: readonly Step[], wanted: boolean): Step {
  const [left, right] = steps as [Step, Step];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    const result = a instanceof CelError ? a : b instanceof CelError ? b : isEqual(a, b) === wanted;
    charge(frame, wanted ? equalsCost(a, b) : inequalityCost([a, b], result));
    return result;
  };
}

/** The first optional value that is there; with `wrapped` it stays optional. */
export function either(steps: readonly Step[], wrapped: boolean): Step {
  const [left, right] = steps as [Step, Step];
  return (frame) => {
    const first = left(frame);
    if (!(first instanceof Optional)) return first;
    if (first.value === undefined) return right(frame);
    return wrapped ? first : first.value;
  };
}

/** Calls a function with its arguments; `lazy` ones look at no more of them once one is an error. */
export function caller(
  name: string,
  overload: string,
  steps: readonly Step[],
  apply: (args: Value[]) => Value,
  lazy: boolean,
): Step {
  const costOf = callCostOf(name, overload);
  const paidFirst = isPaidFirst(overload);
  const strict = name !== '@not_strictly_false';
  return (frame) => {
    const args: Value[] = [];
    let mistake: CelError | undefined;
    for (let at = 0; at < steps.length; at += 1) {
      const value = (steps[at] as Step)(frame);
      args.push(value);
      if (!(value instanceof CelError) || mistake || !strict) continue;
      mistake = value;
      // What follows is not looked at, and then the call itself is not counted.
      if (lazy && at < steps.length - 1) return value;
    }
    if (paidFirst) charge(frame, costOf(args, null));
    const result = mistake ?? apply(args);
    if (!paidFirst) charge(frame, costOf(args, result));
    return result;
  };
}

/** Makes a list, map or object. */
export function built(make: Step, cost: number): Step {
  return (frame) => {
    const value = make(frame);
    charge(frame, cost);
    return value;
  };
}

interface Loop {
  readonly range: Step;
  readonly accumulator: number;
  readonly variable: number;
  readonly second: number | undefined;
  readonly condition: Step;
  readonly step: Step;
  readonly result: Step;
}

/** Goes through a list or map. */
export function loop(parts: Loop): Step {
  const { range, accumulator, variable, second, condition, step, result } = parts;
  return (frame) => {
    const over = range(frame);
    if (over instanceof CelError) return over;
    if (!(over instanceof CelList || over instanceof CelMap)) return notIterable(over, second !== undefined);
    const { slots } = frame;
    slots[accumulator] = undefined;
    const keys = over instanceof CelMap ? over.keys() : undefined;
    for (let at = 0; at < over.size; at += 1) {
      const key = keys ? (keys[at] as Value) : second === undefined ? (over as CelList).at(at) : BigInt(at);
      if (key === undefined) break;
      slots[variable] = key;
      if (second !== undefined) slots[second] = keys ? ((over as CelMap).find(key) ?? null) : (over as CelList).at(at);
      if (condition(frame) === false) break;
      slots[accumulator] = step(frame);
    }
    return result(frame);
  };
}

function notIterable(value: Value, two: boolean): CelError {
  const type = goTypeName(value);
  return new CelError(two ? `unsupported comprehension range type: ${type}` : `got '${type}', expected iterable type`);
}
