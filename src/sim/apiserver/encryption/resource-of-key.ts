import type { KindRegister } from '../kind-register.js';

const known = new WeakMap<KindRegister, Map<string, readonly [group: string, resource: string]>>();

/** The resource that a key in etcd belongs to: that of the built-in kind kept there, or of a custom one. */
export function resourceOfKey(kinds: KindRegister, key: string): readonly [group: string, resource: string] {
  const table = tableOf(kinds);
  const [, , first = '', second = ''] = key.split('/');
  const found = table.get(first) ?? table.get(`${first}/${second}`);
  return found ?? (first.includes('.') ? [first, second] : ['', first]);
}

function tableOf(kinds: KindRegister): Map<string, readonly [group: string, resource: string]> {
  let table = known.get(kinds);
  if (!table) {
    table = new Map();
    for (const { storagePrefix, group, plural, custom, storedAs } of kinds.all()) {
      // Events are kept as those of the core, by whichever group they come.
      const keeper = storedAs?.kind;
      if (custom || storagePrefix === '' || (table.has(storagePrefix) && group !== '')) continue;
      table.set(storagePrefix, [keeper?.group ?? group, plural]);
    }
    known.set(kinds, table);
  }
  return table;
}
