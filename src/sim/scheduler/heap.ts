/** A binary heap from which items may also be taken out of the middle; every step costs the logarithm of its size. */
export class PriorityHeap<T> {
  private readonly items: T[] = [];
  private readonly places = new Map<T, number>();

  constructor(private readonly comesBefore: (a: T, b: T) => boolean) {}

  /** The item that comes before all others. */
  first(): T | undefined {
    return this.items[0];
  }

  add(item: T): void {
    this.items.push(item);
    this.places.set(item, this.items.length - 1);
    this.rise(this.items.length - 1);
  }

  /** Takes an item out; nothing happens when it is not there. */
  delete(item: T): void {
    const at = this.places.get(item);
    if (at === undefined) return;
    this.places.delete(item);
    const last = this.items.pop() as T;
    if (at === this.items.length) return;
    this.put(last, at);
    this.rise(at);
    this.sink(this.places.get(last) as number);
  }

  private put(item: T, at: number): void {
    this.items[at] = item;
    this.places.set(item, at);
  }

  private rise(from: number): void {
    const item = this.items[from] as T;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.items[above] as T;
      if (!this.comesBefore(item, other)) break;
      this.put(other, at);
      at = above;
    }
    this.put(item, at);
  }

  private sink(from: number): void {
    const item = this.items[from] as T;
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.items.length) break;
      const right = below + 1;
      if (right < this.items.length && this.comesBefore(this.items[right] as T, this.items[below] as T)) below = right;
      const other = this.items[below] as T;
      if (!this.comesBefore(other, item)) break;
      this.put(other, at);
      at = below;
    }
    this.put(item, at);
  }
}
