/** A field of a plain object by a name from outside; what every object inherits is none. */
export function ownField<T>(object: { readonly [key: string]: T }, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Sets a field of a plain object by a name from outside; `__proto__` is a name like any other. */
export function setField<T>(object: { [key: string]: T }, name: string, value: T): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
