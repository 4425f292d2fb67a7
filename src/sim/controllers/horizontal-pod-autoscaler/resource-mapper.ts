import type { ApiClient } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type DiscoveredResource, discoverAll } from '../machinery/discovery.js';
import { SyncError } from '../machinery/failures.js';

/** The manager forgets what it knows of discovery so often. */
const FRESH: Micros = 30 * SECOND;

/** Which resources kinds are, by discovery (client-go's DeferredDiscoveryRESTMapper, reset every half minute). */
export class ResourceMapper {
  private known: readonly DiscoveredResource[] = [];
  private readAt: Micros | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly now: () => Micros,
  ) {}

  /** The resources of a kind, that of the preferred version first. Throws `SyncError` for a kind nobody serves. */
  *mappings(
    group: string,
    kind: string,
    word: (why: string) => string = (why) => why,
  ): Waiting<readonly DiscoveredResource[]> {
    const isOld = this.readAt === undefined || this.now() - this.readAt >= FRESH;
    const find = () => this.known.filter((one) => one.group === group && one.kind === kind);
    let found = find();
    if (isOld || found.length === 0) {
      this.known = yield* discoverAll(this.client);
      this.readAt = this.now();
      found = find();
    }
    if (found.length === 0) throw new SyncError(word(`no matches for kind "${kind}" in group "${group}"`));
    return found;
  }
}
