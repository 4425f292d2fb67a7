/** Values as nobody would write them. */
import type { JsonObject } from '../../src/sim/api/object.js';
import type { Random } from '../../src/sim/kernel/random.js';

/** Names that mean something to JavaScript, to paths, to YAML, or to nobody. */
const ODD_TEXTS = [
  '__proto__', 'constructor', 'toString', '', ' ', '..', 'a/b', '%', '\0', '\ud800', '😀', 'null', 'true', '1', '-1',
  'A', 'x'.repeat(64), 'x'.repeat(254), '$patch', '$retainKeys', '{{', "'", '"', '\n', '100%', '1Gi', '1e3', 'a.b.c',
]; // biome-ignore format: a table
const ODD_NUMBERS = [0, -1, 1, 0.5, 65536, 2 ** 31, 2 ** 53, -(2 ** 31) - 1, 1e300];

/** Any small value. */
export function oddValue(random: Random): unknown {
  switch (random.below(8)) {
    case 0:
      return null;
    case 1:
      return random.below(2) === 0;
    case 2:
      return random.pick(ODD_NUMBERS);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [random.pick(ODD_TEXTS), random.pick(ODD_NUMBERS), null, {}];
    case 6:
      return JSON.parse(`{${JSON.stringify(random.pick(ODD_TEXTS))}:${JSON.stringify(random.pick(ODD_TEXTS))}}`);
    default:
      return random.pick(ODD_TEXTS);
  }
}

/** Any text from the table. */
export function oddText(random: Random): string {
  return random.pick(ODD_TEXTS);
}

/** A copy of an object with some places changed. */
export function mutated(random: Random, object: JsonObject, changes: number): JsonObject {
  const copy = JSON.parse(JSON.stringify(object)) as JsonObject;
  for (let count = 0; count < changes; count += 1) mutateOne(random, copy);
  return copy;
}

/** Changes one place somewhere below. */
function mutateOne(random: Random, root: JsonObject): void {
  let holder = root as unknown as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(holder);
    if (keys.length === 0 || random.below(12) === 0) {
      insert(random, holder);
      return;
    }
    const key = random.pick(keys);
    const value = holder[key];
    if (typeof value === 'object' && value !== null && random.below(8) !== 0) holder = value as typeof holder;
    else {
      change(random, holder, key);
      return;
    }
  }
}

function insert(random: Random, holder: Record<string, unknown>): void {
  if (Array.isArray(holder)) holder.push(oddValue(random));
  else {
    const name = random.below(2) === 0 ? oddText(random) : 'bogus';
    Object.defineProperty(holder, name, {
      value: oddValue(random),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

function change(random: Random, holder: Record<string, unknown>, key: string): void {
  const value = holder[key];
  const roll = random.below(6);
  if (roll === 0 && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (roll === 0) delete holder[key];
  else if (roll === 1 && Array.isArray(value)) holder[key] = [...value, ...value];
  else if (roll === 2 && typeof value === 'string') holder[key] = `${value}${random.pick(['x', '-', '.', 'X', '/'])}`;
  else if (roll === 2 && typeof value === 'number') holder[key] = value + random.pick([1, -1, 0.5, 2 ** 31]);
  else holder[key] = oddValue(random);
}

/** Bytes with some of them turned, cut or doubled. */
export function garbled(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length === 0) return random.bytes(random.below(20));
  if (random.below(4) === 0) return copy.subarray(0, random.below(copy.length));
  for (let count = 1 + random.below(3); count > 0; count -= 1) copy[random.below(copy.length)] = random.below(256);
  return copy;
}
