/** A revision older than the history that is kept. */
export class CompactedError extends Error {
  readonly requested: number;
  readonly compacted: number;

  constructor(requested: number, compacted: number) {
    super('etcdserver: mvcc: required revision has been compacted');
    this.name = 'CompactedError';
    this.requested = requested;
    this.compacted = compacted;
  }
}

/** A revision nothing was written at yet. */
export class FutureRevisionError extends Error {
  constructor() {
    super('etcdserver: mvcc: required revision is a future revision');
    this.name = 'FutureRevisionError';
  }
}

/** A snapshot file that is damaged, cut short, or no snapshot at all. */
export class SnapshotError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SnapshotError';
  }
}
