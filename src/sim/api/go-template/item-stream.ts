import type { Item } from './lexer.js';

/** Hands out items and takes some back. `latestLine` is the line of the last one read, which complaints name. */
export class ItemStream {
  private at = 0;
  private readonly returned: Item[] = [];
  latestLine = 0;

  constructor(private readonly items: readonly Item[]) {}

  next(): Item {
    const back = this.returned.pop();
    if (back !== undefined) return back;
    const last = this.items.length - 1;
    const item = this.items[Math.min(this.at, last)] as Item;
    this.at++;
    this.latestLine = item.line;
    // Behind an error there is nothing more to read.
    return this.at > last + 1 ? { ...item, type: 'eof', value: 'EOF' } : item;
  }

  /** Takes items back; the first of them comes out first again. */
  back(...items: readonly Item[]): void {
    this.returned.push(...[...items].reverse());
  }

  peek(): Item {
    const item = this.next();
    this.back(item);
    return item;
  }

  nextNonSpace(): Item {
    let item = this.next();
    while (item.type === 'space') item = this.next();
    return item;
  }

  peekNonSpace(): Item {
    const item = this.nextNonSpace();
    this.back(item);
    return item;
  }
}
