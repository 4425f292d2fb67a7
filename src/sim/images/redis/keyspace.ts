/** What a key holds. */
export type Value =
  | { readonly kind: 'string'; text: string }
  | { readonly kind: 'list'; readonly items: string[] }
  | { readonly kind: 'set'; readonly members: Set<string> }
  | { readonly kind: 'hash'; readonly fields: Map<string, string> }
  | { readonly kind: 'zset'; readonly scores: Map<string, number> };

export type Kind = Value['kind'];

/** Fails a command; its message is the whole error as clients see it. */
export class CommandError extends Error {}

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';

/** One numbered database: keys, and when some of them end (milliseconds since the Unix epoch). */
export class Database {
  readonly values = new Map<string, Value>();
  readonly ends = new Map<string, number>();

  /** What a key holds, after its end nothing. */
  get(key: string, now: number): Value | undefined {
    const end = this.ends.get(key);
    if (end !== undefined && end <= now) this.remove(key);
    return this.values.get(key);
  }

  /** What a key of one kind holds. Throws `CommandError` when it is of another kind. */
  typed<K extends Kind>(key: string, kind: K, now: number): Extract<Value, { kind: K }> | undefined {
    const value = this.get(key, now);
    if (value && value.kind !== kind) throw new CommandError(WRONG_TYPE);
    return value as Extract<Value, { kind: K }> | undefined;
  }

  /** Sets a key anew, without an end. */
  set(key: string, value: Value): void {
    this.values.set(key, value);
    this.ends.delete(key);
  }

  remove(key: string): boolean {
    this.ends.delete(key);
    return this.values.delete(key);
  }

  /** Lists, sets and the like without members are no longer there. */
  drop(key: string): void {
    const value = this.values.get(key);
    if (value && value.kind !== 'string' && sizeOf(value) === 0) this.remove(key);
  }

  /** Keys that have not ended. */
  keys(now: number): string[] {
    for (const [key, end] of [...this.ends]) if (end <= now) this.remove(key);
    return [...this.values.keys()];
  }

  clear(): void {
    this.values.clear();
    this.ends.clear();
  }
}

/** How many members a key's value has; bytes for texts. */
function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'string':
      return value.text.length;
    case 'list':
      return value.items.length;
    case 'set':
      return value.members.size;
    case 'hash':
      return value.fields.size;
    case 'zset':
      return value.scores.size;
  }
}

/** Members of a sorted set, lowest score first, then by bytes. */
export function ranked(scores: ReadonlyMap<string, number>): [member: string, score: number][] {
  return [...scores].sort(([one, low], [other, high]) => low - high || (one < other ? -1 : 1));
}

/** About how many bytes of memory a key and what it holds take. */
export function bytesUsed(key: string, value: Value): number {
  const entry = 56 + key.length;
  switch (value.kind) {
    case 'string':
      return entry + value.text.length;
    case 'list':
      return entry + value.items.reduce((sum, item) => sum + item.length + 11, 40);
    case 'set':
      return entry + [...value.members].reduce((sum, member) => sum + member.length + 16, 64);
    case 'hash':
      return entry + [...value.fields].reduce((sum, [name, text]) => sum + name.length + text.length + 24, 64);
    case 'zset':
      return entry + [...value.scores.keys()].reduce((sum, member) => sum + member.length + 40, 64);
  }
}
