import type { NodeInfo } from './node-info.js';

/** So many columns are kept. */
const COLUMNS_MAX = 128;

/** One thing about nodes, worked out once for each until that node changes. */
class Column<T> {
  private readonly values: T[] = [];
  private readonly versions: object[] = [];

  constructor(public workOut: (node: NodeInfo) => T) {}

  readonly of = (node: NodeInfo): T => {
    const { slot, version } = node;
    if (slot === undefined) return this.workOut(node);
    if (this.versions[slot] === version) return this.values[slot] as T;
    const value = this.workOut(node);
    this.values[slot] = value;
    this.versions[slot] = version;
    return value;
  };
}

/**
 * What was worked out of nodes, in columns: pods come in crowds of one kind, and few nodes change between one and the next.
 */
export class NodeNotes {
  private columns = new Map<string, Column<unknown>>();

  /** Gives `workOut` with a memory; `what` has to say all that its result depends on beside the node and its pods. */
  column<T>(what: string, workOut: (node: NodeInfo) => T): (node: NodeInfo) => T {
    let column = this.columns.get(what) as Column<T> | undefined;
    if (column) column.workOut = workOut;
    else {
      if (this.columns.size >= COLUMNS_MAX) this.columns = new Map();
      column = new Column(workOut);
      this.columns.set(what, column as Column<unknown>);
    }
    return column.of;
  }
}
