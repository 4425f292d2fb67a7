import { Exit } from '../command.js';
import type { AwkArray, Scalar } from './values.js';

/** A name's content: nothing yet, a scalar or an array. Function parameters share arrays with the caller. */
export interface Cell {
  scalar: Scalar;
  array: AwkArray | undefined;
}

/** The global variables and those of the functions being run. */
export class Variables {
  private readonly globals = new Map<string, Cell>();
  private readonly frames: Map<string, Cell>[] = [];

  cell(name: string): Cell {
    const local = this.frames.at(-1)?.get(name);
    if (local) return local;
    return this.global(name);
  }

  global(name: string): Cell {
    let cell = this.globals.get(name);
    if (!cell) {
      cell = { scalar: undefined, array: undefined };
      this.globals.set(name, cell);
    }
    return cell;
  }

  isLocal(name: string): boolean {
    return this.frames.at(-1)?.has(name) ?? false;
  }

  array(name: string): AwkArray {
    const cell = this.cell(name);
    cell.array ??= new Map();
    return cell.array;
  }

  enter(frame: Map<string, Cell>): void {
    if (this.frames.length > 1000) throw new Exit(2);
    this.frames.push(frame);
  }

  leave(): void {
    this.frames.pop();
  }
}
