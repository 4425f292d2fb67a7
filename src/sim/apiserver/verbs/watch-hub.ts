import { EventHeap, type Timer } from '../../kernel/heap.js';
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
  private readonly open = new Map<OpenWatch, Timer>();
  /** When something is to be done for a watch, soonest first. */
  private readonly appointments = new EventHeap();
  /** The instant of the `tick` that is on its way. */
  private now: Micros = 0;
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
    this.plan(watch, now);
    if (watch.deadline - now < MINUTE) this.sooner.wakeAll();
    return () => {
      const timer = this.open.get(watch);
      if (timer) timer.cancelled = true;
      this.open.delete(watch);
    };
  }

  /** When to call `tick`, at the latest. */
  due(now: Micros): Micros {
    return Math.min(now + MINUTE, this.appointments.nextAt() ?? Number.POSITIVE_INFINITY);
  }

  /** Ends what is over its time and bookmarks what waits for it. */
  tick(now: Micros): void {
    this.now = now;
    while ((this.appointments.nextAt() ?? Number.POSITIVE_INFINITY) <= now) this.appointments.take().run();
  }

  private plan(watch: OpenWatch, now: Micros): void {
    const at = Math.min(watch.deadline, nextBookmark(watch, now));
    this.open.set(
      watch,
      this.appointments.add(at, () => this.attend(watch)),
    );
  }

  private attend(watch: OpenWatch): void {
    if (watch.deadline <= this.now) return watch.close();
    watch.bookmark();
    this.plan(watch, this.now);
  }

  closeAll(): void {
    for (const watch of [...this.open.keys()]) watch.close();
  }
}

function nextBookmark({ deadline }: OpenWatch, now: Micros): Micros {
  const last = deadline - LAST_BOOKMARK;
  return last > now ? Math.min(now + MINUTE, last) : now + MINUTE;
}
