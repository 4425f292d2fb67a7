import { AssociativeElements, IndexedElements } from './arrays.js';

/** The attributes of a variable that `declare` sets, by their letters. */
export type Attribute = 'r' | 'x' | 'i' | 'n' | 'l' | 'u' | 't';

/** A shell variable: a value, or the values of an array. */
export class Variable {
  readonly attributes = new Set<Attribute>();
  /** The value of a scalar; undefined: declared, but never set. */
  value: string | undefined;
  /** Whether an array has been given values; `declare -a` alone gives none. */
  assigned = false;
  items: IndexedElements | AssociativeElements | undefined;
  /** Given for variables that the shell computes when they are read. */
  compute: (() => string) | undefined;
  /** Given for variables whose assignment does something. */
  onAssign: ((value: string) => void) | undefined;
  computeItems: (() => readonly string[]) | undefined;

  constructor(value?: string) {
    this.value = value;
  }

  has(attribute: Attribute): boolean {
    return this.attributes.has(attribute);
  }

  get associative(): AssociativeElements | undefined {
    return this.items instanceof AssociativeElements ? this.items : undefined;
  }

  get indexed(): IndexedElements | undefined {
    if (this.computeItems) return new IndexedElements(this.computeItems());
    return this.items instanceof IndexedElements ? this.items : undefined;
  }

  /** What `$name` is: for an array its element 0. */
  read(): string | undefined {
    if (this.compute) return this.compute();
    if (this.computeItems) return this.computeItems()[0];
    if (this.items) return this.items instanceof IndexedElements ? this.items.get(0) : this.items.get('0');
    return this.value;
  }

  /** Whether anything was ever assigned. */
  get isSet(): boolean {
    return (
      this.compute !== undefined ||
      this.computeItems !== undefined ||
      this.items !== undefined ||
      this.value !== undefined
    );
  }

  /** Turns a scalar into an array, keeping its value as element 0. */
  makeIndexed(): IndexedElements {
    if (this.items instanceof IndexedElements) return this.items;
    const items = new IndexedElements();
    if (this.value !== undefined) items.set(0, this.value);
    this.value = undefined;
    this.items = items;
    return items;
  }

  makeAssociative(): AssociativeElements {
    if (this.items instanceof AssociativeElements) return this.items;
    const items = new AssociativeElements();
    if (this.value !== undefined) items.set('0', this.value);
    this.value = undefined;
    this.items = items;
    return items;
  }

  clone(): Variable {
    const copy = new Variable(this.value);
    copy.assigned = this.assigned;
    for (const attribute of this.attributes) copy.attributes.add(attribute);
    if (this.items)
      copy.items =
        this.items instanceof IndexedElements ? new IndexedElements(this.items) : new AssociativeElements(this.items);
    return copy;
  }

  /** The letters of `declare -p`, in its order. */
  letters(): string {
    const kind = this.associative ? 'A' : this.items || this.computeItems ? 'a' : '';
    const all = kind + [...'ilnrtux'].filter((letter) => this.attributes.has(letter as Attribute)).join('');
    return sortLetters(all) || '-';
  }
}

const ORDER = 'aAilnrtux';

function sortLetters(letters: string): string {
  return [...letters].sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other)).join('');
}
