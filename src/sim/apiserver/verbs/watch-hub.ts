import { MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';

/** An open watch, as the server keeps it. */
export interface OpenWatch {
  /** When the server ends it by itself. */
  readonly deadline: Micros;
  /** Sends a bookmark when the client asked for them. */
  bookmark(): void;
  /** Ends the stream. */
  close(): void;
}

/** A watch that ends is told where it stands this long before (the watch cache's bookmarks). */
const LAST_BOOKMARK = 2 * SECOND;

/** All open watches: ended at their time, reminded of the revision every minute, all closed when etcd was replaced. */
export class WatchHub {
  private readonly open = new Map<OpenWatch, { bookmark: Micros }>();
  /** Woken when something may be due before what `due` said. */
  readonly sooner = new WaitQueue();

  private readonly later: (() => Waiting<void>)[] = [];

  /** Has something done that a watch has to wait for: `takeLater` gives it to whoever can wait. */
  doLater(step: () => Waiting<void>): void {
    this.later.push(step);
    this.sooner.wakeAll();
  }

  /** What is to be done since it was asked last. */
  takeLater(): readonly (() => Waiting<void>)[] {
    return this.later.splice(0);
  }

  get count(): number {
    return this.open.size;
  }

  /** Keeps a watch; what is returned forgets it. */
  add(watch: OpenWatch, now: Micros): () => void {
    this.open.set(watch, { bookmark: nextBookmark(watch, now) });
    if (watch.deadline - now < MINUTE) this.sooner.wakeAll();
    return () => this.open.delete(watch);
  }

  /** When to call `tick`, at the latest. */
  due(now: Micros): Micros {
    let due = now + MINUTE;
    for (const [{ deadline }, { bookmark }] of this.open) due = Math.min(due, deadline, bookmark);
    return due;
  }

  /** Ends what is over its time and bookmarks what waits for it. */
  tick(now: Micros): void {
    for (const [watch, next] of [...this.open]) {
      if (watch.deadline <= now) watch.close();
      else if (next.bookmark <= now) {
        watch.bookmark();
        next.bookmark = nextBookmark(watch, now);
      }
    }
  }

  closeAll(): void {
    for (const watch of [...this.open.keys()]) watch.close();
  }
}

function nextBookmark({ deadline }: OpenWatch, now: Micros): Micros {
  const last = deadline - LAST_BOOKMARK;
  return last > now ? Math.min(now + MINUTE, last) : now + MINUTE;
}
