/** Tells a watcher of changes, in order, also of those whose objects a webhook has to convert first. */
import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Change } from '../../store/entry.js';
import type { Store } from '../../store/store.js';
import { converting, needsConversion } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import type { Selection } from '../request/selection.js';
import type { ServedKind } from '../served-kind.js';
import { objectAs } from '../storage/stored-object.js';

type Event = readonly [type: string, object: object];

/** What changes are told with. */
interface Telling {
  readonly context: RequestContext;
  readonly kind: ServedKind;
  readonly store: Store;
  readonly selection: Selection;
  readonly send: (type: string, object: object) => void;
  readonly close: () => void;
}

/** Changes of one watch. One that cannot be shown yet holds up those behind it. */
export class ChangeTeller {
  private readonly held: Change[] = [];

  constructor(private readonly telling: Telling) {}

  /** Whether changes wait to be told. */
  get isBehind(): boolean {
    return this.held.length > 0;
  }

  /** Tells of changes, or holds them until they can be shown. */
  tell(changes: readonly Change[]): void {
    for (const change of changes) {
      if (this.isBehind) this.held.push(change);
      else this.tellOne(change);
    }
  }

  private tellOne(change: Change): void {
    try {
      this.sendEvent(eventOf(this.telling, change));
    } catch (error) {
      if (!needsConversion(error)) throw error;
      this.held.push(change);
      this.telling.context.parts.watches.doLater(() => this.catchUp());
    }
  }

  /** A watch whose objects cannot be converted ends with the reason. */
  private *catchUp(): Waiting<void> {
    const { telling, held } = this;
    const { context, store, send, close } = telling;
    try {
      for (let change = held[0]; change; change = held[0]) {
        const next = change;
        this.sendEvent(yield* converting(context.parts, store, () => eventOf(telling, next)));
        held.shift();
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      send('ERROR', error.status);
      close();
    }
  }

  private sendEvent(event: Event | undefined): void {
    if (event) this.telling.send(...event);
  }
}

/** A write turned into the event a selecting watcher sees: what comes into view is added, what goes out is deleted. */
function eventOf({ context, kind, selection }: Telling, change: Change): Event | undefined {
  const before = change.previous && objectAs(kind, change.previous);
  const after = change.entry && objectAs(kind, change.entry);
  if (!isNamed(context, (after ?? before) as KubeObject)) return undefined;
  const wasSeen = before !== undefined && selection.matches(before);
  if (after && selection.matches(after)) return [wasSeen ? 'MODIFIED' : 'ADDED', after];
  return wasSeen ? ['DELETED', atRevision(before, change.revision)] : undefined;
}

/** Whether a watch of one name is about an object. */
export function isNamed(context: RequestContext, object: KubeObject): boolean {
  return context.info.name === '' || object.metadata.name === context.info.name;
}

const lastStates = new WeakMap<KubeObject, KubeObject>();

/** An object's last state with the revision of its end: the same one for all who watch it. */
function atRevision(object: KubeObject, revision: number): KubeObject {
  const resourceVersion = String(revision);
  let last = lastStates.get(object);
  if (last?.metadata.resourceVersion !== resourceVersion) {
    last = { ...object, metadata: { ...object.metadata, resourceVersion } };
    lastStates.set(object, last);
  }
  return last;
}
