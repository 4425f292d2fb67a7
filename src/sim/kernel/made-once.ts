/** Makes a thing for each owner when it is first asked for, and keeps it for as long as the owner is there. */
export function madeOnce<K extends object, V>(make: (owner: K) => V): (owner: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (owner) => {
    const known = made.get(owner);
    if (known) return known.value;
    const value = make(owner);
    made.set(owner, { value });
    return value;
  };
}
