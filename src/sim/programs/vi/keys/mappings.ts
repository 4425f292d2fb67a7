import type { Key } from '../../editor/decode-key.js';

/** Where a key is read: normal and visual mode, behind an operator, in text, on the `:` line. */
export type MapMode = 'n' | 'v' | 'o' | 'i' | 'c';

/** Keys that stand for others. */
export interface Mapping {
  readonly modes: readonly MapMode[];
  readonly from: readonly Key[];
  readonly to: readonly Key[];
  /** What it stands for may be mapped itself. */
  readonly remaps: boolean;
  /** The `:` lines in it are not shown. */
  readonly silent: boolean;
  /** Both sides as they were written. */
  readonly shown: readonly [from: string, to: string];
}

const startsWith = (keys: readonly Key[], part: readonly Key[]): boolean =>
  part.length <= keys.length && part.every((key, at) => keys[at] === key);
const same = (one: readonly Key[], other: readonly Key[]): boolean =>
  one.length === other.length && startsWith(one, other);

/** The mappings of one editor. */
export class Mappings {
  private all: Mapping[] = [];

  /** Adds one, in the place of what these keys stood for in its modes. */
  set(mapping: Mapping): void {
    this.remove(mapping.modes, mapping.from);
    this.all.push(mapping);
  }

  /** Takes a mapping out of some modes; false when there is none. */
  remove(modes: readonly MapMode[], from: readonly Key[]): boolean {
    const found = this.all.some((each) => same(each.from, from) && each.modes.some((mode) => modes.includes(mode)));
    this.keep(modes, (each) => !same(each.from, from));
    return found;
  }

  /** Takes all mappings out of some modes. */
  clear(modes: readonly MapMode[]): void {
    this.keep(modes, () => false);
  }

  private keep(modes: readonly MapMode[], stays: (mapping: Mapping) => boolean): void {
    this.all = this.all.flatMap((each) => {
      if (stays(each)) return [each];
      const left = each.modes.filter((mode) => !modes.includes(mode));
      return left.length === 0 ? [] : [{ ...each, modes: left }];
    });
  }

  /** The mappings of some modes whose keys begin so, by their keys. */
  list(modes: readonly MapMode[], from: readonly Key[]): Mapping[] {
    return this.all
      .filter((each) => each.modes.some((mode) => modes.includes(mode)) && startsWith(each.from, from))
      .sort((one, other) => (one.shown[0] < other.shown[0] ? -1 : 1));
  }

  /** Whether anything is mapped in a mode. */
  has(mode: MapMode): boolean {
    return this.all.some(({ modes }) => modes.includes(mode));
  }

  /** What typed keys stand for in a mode, and whether more keys could make them another. */
  match(mode: MapMode, typed: readonly Key[]): { exact: Mapping | undefined; longer: boolean } {
    const possible = this.all.filter(({ modes, from }) => modes.includes(mode) && startsWith(from, typed));
    return {
      exact: possible.find(({ from }) => from.length === typed.length),
      longer: possible.some(({ from }) => from.length > typed.length),
    };
  }
}
