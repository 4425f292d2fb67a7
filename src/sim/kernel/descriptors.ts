import { Errno } from './errno.js';
import type { OpenFile } from './files.js';
import { LIMITS } from './limits.js';

interface Slot {
  readonly file: OpenFile;
  closeOnExec: boolean;
}

/** The descriptors of one process. */
export class DescriptorTable {
  private readonly slots = new Map<number, Slot>();

  /** Puts an open file, whose reference it takes over, at the lowest free number from `from`. Throws EMFILE. */
  install(file: OpenFile, from = 0): number {
    let number = from;
    while (this.slots.has(number)) number += 1;
    if (number >= LIMITS.descriptors_max) throw new Errno('EMFILE');
    this.slots.set(number, { file, closeOnExec: false });
    return number;
  }

  /** Puts an open file at a number, closing what was there. */
  replace(number: number, file: OpenFile): void {
    if (number < 0 || number >= LIMITS.descriptors_max) throw new Errno('EBADF');
    this.slots.get(number)?.file.release();
    this.slots.set(number, { file, closeOnExec: false });
  }

  get(number: number): OpenFile {
    const slot = this.slots.get(number);
    if (!slot) throw new Errno('EBADF');
    return slot.file;
  }

  setCloseOnExec(number: number, value: boolean): void {
    const slot = this.slots.get(number);
    if (!slot) throw new Errno('EBADF');
    slot.closeOnExec = value;
  }

  close(number: number): void {
    const file = this.get(number);
    this.slots.delete(number);
    file.release();
  }

  closeAll(): void {
    for (const number of [...this.slots.keys()]) this.close(number);
  }

  /** What exec does to descriptors. */
  closeForExec(): void {
    for (const [number, slot] of [...this.slots]) if (slot.closeOnExec) this.close(number);
  }

  numbers(): number[] {
    return [...this.slots.keys()].sort((one, other) => one - other);
  }

  /** A child's table: all of this one's, or the chosen ones under new numbers. */
  inherit(chosen?: ReadonlyMap<number, number>): DescriptorTable {
    const child = new DescriptorTable();
    const pairs = chosen ? [...chosen] : this.numbers().map((number) => [number, number] as const);
    for (const [number, from] of pairs) {
      const slot = this.slots.get(from);
      if (!slot) throw new Errno('EBADF');
      slot.file.retain();
      child.slots.set(number, { file: slot.file, closeOnExec: chosen ? false : slot.closeOnExec });
    }
    return child;
  }
}
