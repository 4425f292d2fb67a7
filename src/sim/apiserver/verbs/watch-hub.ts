import type { Micros } from '../../kernel/time.js';

/** An open watch, as the server keeps it. */
export interface OpenWatch {
  /** When the server ends it by itself. */
  readonly deadline: Micros;
  /** Sends a bookmark when the client asked for them. */
  bookmark(): void;
  /** Ends the stream. */
  close(): void;
}

/** All open watches: ended at their time, reminded of the revision now and then, all closed when etcd was replaced. */
export class WatchHub {
  private readonly open = new Set<OpenWatch>();

  get count(): number {
    return this.open.size;
  }

  /** Keeps a watch; what is returned forgets it. */
  add(watch: OpenWatch): () => void {
    this.open.add(watch);
    return () => this.open.delete(watch);
  }

  /** Ends what is over its time and bookmarks the rest; called about once a minute. */
  tick(now: Micros): void {
    for (const watch of [...this.open]) {
      watch.bookmark();
      if (watch.deadline <= now) watch.close();
    }
  }

  closeAll(): void {
    for (const watch of [...this.open]) watch.close();
  }
}
