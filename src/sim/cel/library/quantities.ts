/** Resource quantities. */
import {
  addQuantity,
  compareQuantity,
  parseQuantity,
  type Quantity,
  QuantityError,
  quantityFloat,
  quantityOf,
  subQuantity,
} from '../../api/quantity.js';
import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { BOOL, type CelType, DOUBLE, INT, STRING, structType } from '../types.js';
import { CelError, Opaque, type Value } from '../values.js';

const QUANTITY = structType('kubernetes.Quantity');
const NANO = 1_000_000_000n;

class QuantityValue extends Opaque {
  readonly type: CelType = QUANTITY;

  constructor(readonly quantity: Quantity) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof QuantityValue && compareQuantity(this.quantity, other.quantity) === 0;
  }
}

function read(text: string): Quantity | CelError {
  try {
    return parseQuantity(text);
  } catch (error) {
    if (error instanceof QuantityError) return new CelError(error.message);
    throw error;
  }
}

function quantity(text: string): Value {
  const found = read(text);
  return found instanceof CelError ? found : new QuantityValue(found);
}

function wholeOf({ quantity: { nanos } }: QuantityValue): bigint | undefined {
  if (nanos % NANO !== 0n) return undefined;
  const whole = nanos / NANO;
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
}

function order(a: QuantityValue, b: QuantityValue): number {
  return compareQuantity(a.quantity, b.quantity);
}

const combined =
  (combine: (a: Quantity, b: Quantity) => Quantity) =>
  (a: QuantityValue, b: QuantityValue | bigint): Value =>
    new QuantityValue(combine(a.quantity, typeof b === 'bigint' ? quantityOf(b, 'DecimalExponent') : b.quantity));

/** Amounts as manifests write them. */
export const QUANTITIES: Library = {
  add: declared(
    member('quantity_add', [QUANTITY, QUANTITY], QUANTITY, combined(addQuantity)),
    member('quantity_add_int', [QUANTITY, INT], QUANTITY, combined(addQuantity)),
  ),
  asApproximateFloat: declared(
    member('quantity_get_float', [QUANTITY], DOUBLE, (value: QuantityValue) => quantityFloat(value.quantity)),
  ),
  asInteger: declared(
    member(
      'quantity_get_int',
      [QUANTITY],
      INT,
      (value: QuantityValue) => wholeOf(value) ?? new CelError('cannot convert value to integer'),
    ),
  ),
  compareTo: declared(
    member('quantity_compare_to', [QUANTITY, QUANTITY], INT, (a: QuantityValue, b: QuantityValue) =>
      BigInt(order(a, b)),
    ),
  ),
  isGreaterThan: declared(
    member(
      'quantity_is_greater_than',
      [QUANTITY, QUANTITY],
      BOOL,
      (a: QuantityValue, b: QuantityValue) => order(a, b) > 0,
    ),
  ),
  isInteger: declared(
    member('quantity_is_integer', [QUANTITY], BOOL, (value: QuantityValue) => wholeOf(value) !== undefined),
  ),
  isLessThan: declared(
    member(
      'quantity_is_less_than',
      [QUANTITY, QUANTITY],
      BOOL,
      (a: QuantityValue, b: QuantityValue) => order(a, b) < 0,
    ),
  ),
  isQuantity: declared(
    overload('is_quantity_string', [STRING], BOOL, (text: string) => !(read(text) instanceof CelError)),
  ),
  quantity: declared(overload('string_to_quantity', [STRING], QUANTITY, quantity)),
  // It is declared without a dot before it, and nobody has dared to change that.
  sign: declared(
    overload('quantity_sign', [QUANTITY], INT, ({ quantity: { nanos } }: QuantityValue) =>
      nanos > 0n ? 1n : nanos < 0n ? -1n : 0n,
    ),
  ),
  sub: declared(
    member('quantity_sub', [QUANTITY, QUANTITY], QUANTITY, combined(subQuantity)),
    member('quantity_sub_int', [QUANTITY, INT], QUANTITY, combined(subQuantity)),
  ),
};
