import type { Waiting } from '../../kernel/wait.js';
import type { Document } from './document.js';
import type { Layout, Place, Row } from './layout.js';
import { lineOf, placeOf } from './layout.js';
import type { Decoration } from './paint.js';
import { BEYOND, paintRow } from './paint.js';
import type { Screen } from './screen.js';

/** What the view asks of the session it belongs to. */
export interface ViewOwner {
  readonly screen: Screen;
  readonly document: Document;
  readonly layout: Layout;
  /** `-c`: paint from the top instead of scrolling. */
  readonly paintsFromTop: boolean;
  /** Rows scrolled forward at most before the screen is painted anew; -1: any number. */
  readonly forwardMax: number;
  readonly backwardMax: number;
  readonly tildes: boolean;
  readonly filtering: boolean;
  /** Which row a target is put on: 1 is the first, -1 the last. */
  readonly targetRow: number;
  decoration(row: Row): Decoration;
  aborted(): boolean;
}

/**
 * Which places of the text are on the rows of the screen, and how that moves. The last entry is the place behind the
 * screen; undefined is a row with nothing in it.
 */
export class View {
  /** Behind the end nothing is refused while a file is followed. */
  following = false;
  /** The rows have to be painted anew. */
  trashed = false;
  /** The cursor stands at the bottom and the line is clear. */
  promptReady = false;
  /** What the person sees ended before the screen was full, and stands at its bottom. */
  private squished = false;
  private firstTime = true;
  private table: (Place | undefined)[] = [];

  constructor(
    private readonly owner: ViewOwner,
    /** A command was given for the start: then a short text is shown at the top. */
    private readonly commanded: boolean,
  ) {
    this.clear();
  }

  private get rows(): number {
    return Math.max(2, this.owner.screen.size.rows);
  }

  /** The place of a row; `bottom` and `behind` count from below. */
  place(index: number | 'bottom' | 'behind'): Place | undefined {
    return this.table[index === 'bottom' ? this.rows - 2 : index === 'behind' ? this.rows - 1 : index];
  }

  get empty(): boolean {
    return this.emptyRows(0, this.rows - 1);
  }

  clear(): void {
    this.table = new Array(this.rows).fill(undefined);
  }

  /** The end of the text is on the screen. */
  get atEnd(): boolean {
    if (this.following || !this.owner.document.complete) return false;
    const behind = this.place('behind');
    return behind === undefined || this.isEnd(behind);
  }

  get showsAll(): boolean {
    const top = this.place(0);
    return this.atEnd && (top === undefined || top === 0);
  }

  /** The first row that has something, and which it is. */
  top(): { place: Place; row: number } | undefined {
    const row = this.table.slice(0, this.rows - 1).findIndex((place) => place !== undefined);
    return row < 0 ? undefined : { place: this.table[row] as Place, row: row + 1 };
  }

  /** Keeps the first row when the window has another size. */
  resize(): void {
    const { table } = this;
    this.clear();
    for (let at = 0; at < this.rows - 1; at += 1) this.table[at] = table[at];
    this.trashed = true;
  }

  /** Paints from a place if nothing is shown yet, or again if that is needed. */
  *show(start: { place: Place; row: number } | undefined): Waiting<void> {
    if (this.empty) yield* this.jump(start?.place ?? 0, start?.row ?? 1);
    else if (this.trashed) yield* this.repaint(true);
  }

  *forward(count: number, options: { force?: boolean; screenful?: boolean } = {}): Waiting<void> {
    let behind = this.place('behind');
    if (behind === undefined && (!options.force || this.emptyRows(2, this.rows - 1))) {
      if (!this.following) return this.refuse();
      if (this.empty) behind = 0;
      else {
        do {
          yield* this.scrollBack(1, this.place(0), true);
          behind = this.place('behind');
        } while (behind === undefined);
      }
    }
    yield* this.scroll(count, behind, options.force ?? false, options.screenful ?? false);
  }

  *backward(count: number, options: { force?: boolean; screenful?: boolean } = {}): Waiting<void> {
    const top = this.place(0);
    if (top === undefined && (!options.force || this.place('bottom') === 0)) return this.refuse();
    yield* this.scrollBack(count, top, options.force ?? false, options.screenful ?? false);
  }

  /** Puts a place on a row of the screen: 1 the first, negative numbers from below. */
  *jump(place: Place, row: number): Waiting<void> {
    const index = this.rowIndex(row);
    const shown = this.rowOf(place);
    if (shown >= 0) {
      const distance = shown - index;
      if (distance > 0) yield* this.scroll(distance, this.place('behind'), true);
      else yield* this.scrollBack(-distance, this.place(0), true);
      return;
    }
    const top = this.place(0);
    if (top === undefined || place >= top) yield* this.jumpForward(place, index);
    else yield* this.jumpBack(place, index, top);
  }

  /** The last row of the text on the last of the screen. */
  *jumpToEnd(): Waiting<void> {
    const { document, layout } = this.owner;
    const reached = yield* document.reach(Number.POSITIVE_INFINITY);
    if (reached === 'interrupted') return;
    this.clear();
    const end = placeOf(document.lines.length);
    const last = yield* layout.back(end);
    if (last === undefined) yield* this.jump(0, this.rows - 1);
    else {
      yield* this.jump(last, this.rows - 1);
      const behind = this.place('behind');
      if (behind === undefined || !this.isEnd(behind)) yield* this.repaint();
    }
  }

  /** All rows again; from an empty screen when `anew`. */
  *repaint(anew = false): Waiting<void> {
    const top = this.top();
    this.clear();
    this.paintingAnew = anew;
    yield* this.jump(top?.place ?? 0, top?.row ?? 1);
    this.paintingAnew = false;
    this.trashed = false;
  }

  /** All rows where they are, because what is marked in them has changed. */
  *remark(): Waiting<void> {
    if (this.squished) yield* this.unsquish();
    const { screen, layout } = this.owner;
    for (let index = 0; index < this.rows - 1; index += 1) {
      const place = this.table[index];
      const found = place === undefined ? undefined : yield* layout.forward(place);
      if (!found) continue;
      screen.goToRow(index);
      this.put(found.row);
    }
    screen.lowerLeft();
  }

  /** A short text that stands at the bottom is put at the top before anything else. */
  *unsquish(): Waiting<void> {
    if (!this.squished) return;
    this.squished = false;
    yield* this.repaint();
  }

  /** The index of the row a target goes to. */
  rowIndex(row: number): number {
    const counted = row < 0 ? row + this.rows : row;
    return Math.min(Math.max(counted, 1), this.rows) - 1;
  }

  private paintingAnew = false;

  private isEnd(place: Place): boolean {
    const { document } = this.owner;
    return document.complete && lineOf(place) >= document.lines.length;
  }

  private rowOf(place: Place): number {
    const [first] = this.table;
    if (first !== undefined && place < first) return -1;
    for (let index = 1; index < this.rows; index += 1) {
      if (place < (this.table[index] ?? -1)) return index - 1;
    }
    return -1;
  }

  private emptyRows(from: number, to: number): boolean {
    for (let index = from; index <= to; index += 1) if ((this.table[index] ?? 0) !== 0) return false;
    return true;
  }

  private refuse(): void {
    this.owner.screen.bell();
  }

  private *jumpForward(target: Place, index: number): Waiting<void> {
    const behind = this.place('behind');
    let place: Place | undefined = target;
    let back = 0;
    for (; back < index; back += 1) {
      if (behind !== undefined && place !== undefined && place <= behind) {
        yield* this.scroll(this.rows - index + back - 1, behind, true);
        return;
      }
      place = yield* this.owner.layout.back(place as Place);
      if (place === undefined) break;
    }
    this.squished = false;
    this.trashed = false;
    yield* this.scroll(this.rows - 1, place, true, false, index - back);
  }

  private *jumpBack(target: Place, index: number, top: Place): Waiting<void> {
    let place: Place | undefined = target;
    for (let at = index; at < this.rows - 1; at += 1) {
      const found: { next: Place } | undefined = yield* this.owner.layout.forward(place);
      if (!found) break;
      place = found.next;
      if (place >= top) {
        yield* this.scrollBack(at + 1, top, true);
        return;
      }
    }
    this.owner.screen.clear();
    this.trashed = false;
    this.addBack(place);
    yield* this.scrollBack(this.rows - 1, place, true);
  }

  /** Shows `count` rows from a place on, scrolling; `blanks` empty rows come first. */
  private *scroll(
    count: number,
    from: Place | undefined,
    force: boolean,
    screenful = false,
    blanks = 0,
  ): Waiting<void> {
    yield* this.unsquish();
    const { screen, layout, forwardMax } = this.owner;
    const fromTop = this.owner.paintsFromTop || this.paintingAnew;
    const limited = forwardMax >= 0 && count > forwardMax && count !== this.rows - 1;
    const repainting = (screenful && count > this.rows - 1) || limited;
    let forced = force;
    if (!repainting) {
      const whole = fromTop && count >= this.rows - 1 && !(from !== undefined && this.isEnd(from));
      if (whole || from !== this.place('behind') || this.empty) {
        this.clear();
        this.addForward(from);
        forced = true;
        if (fromTop) screen.clear();
        else if (!this.firstTime && !this.owner.filtering) screen.put('...skipping...\r\n');
      }
    }
    let shown = 0;
    let blank = blanks;
    let place = from;
    while (shown < count) {
      let row: Row | undefined;
      if (blank > 0) {
        blank -= 1;
        if (blank === 0) place = 0;
      } else {
        const found: { row: Row; next: Place } | undefined =
          place === undefined ? undefined : yield* layout.forward(place);
        if (!found && this.owner.aborted()) break;
        row = found?.row;
        place = found?.next;
        if (!found && this.stopsHere(forced)) break;
      }
      this.addForward(place);
      shown += 1;
      if (repainting) continue;
      if (this.firstTime && place === undefined && !fromTop && !this.commanded) {
        this.squished = true;
        continue;
      }
      this.put(row);
      this.promptReady = true;
    }
    if (shown === 0 && !this.following) this.refuse();
    else if (repainting) yield* this.repaint();
    this.firstTime = false;
  }

  private stopsHere(forced: boolean): boolean {
    if (!forced && this.place(0) !== undefined) return true;
    return !this.emptyRows(0, 0) && !this.emptyRows(1, 1) && this.emptyRows(2, this.rows - 1);
  }

  private *scrollBack(count: number, from: Place | undefined, force: boolean, screenful = false): Waiting<void> {
    yield* this.unsquish();
    const { screen, layout } = this.owner;
    const repainting = count > this.owner.backwardMax || (screenful && count > this.rows - 1);
    let shown = 0;
    let place = from;
    while (shown < count) {
      place = place === undefined ? undefined : yield* layout.back(place);
      if (place === undefined && !force) break;
      this.addBack(place);
      shown += 1;
      if (repainting) continue;
      const row = place === undefined ? undefined : (yield* layout.forward(place))?.row;
      screen.home();
      screen.openTop();
      this.put(row);
    }
    if (shown === 0) this.refuse();
    else if (repainting) yield* this.repaint();
    else screen.lowerLeft();
  }

  private addForward(place: Place | undefined): void {
    this.table.shift();
    this.table.push(place);
  }

  private addBack(place: Place | undefined): void {
    this.table.pop();
    this.table.unshift(place);
  }

  private put(row: Row | undefined): void {
    const { owner } = this;
    const text = row ? paintRow(row, owner.decoration(row)) : owner.tildes ? BEYOND : '';
    owner.screen.put(`${text}${row?.full ? '' : '\x1b[K'}\r\n`);
  }
}
