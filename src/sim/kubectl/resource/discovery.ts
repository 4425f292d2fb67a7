import { goQuote } from '../../api/go-text.js';
import { StatusError } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import { klogLine } from '../../client/klog.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { UrlError } from '../errors.js';
import { DISCOVERY_ACCEPT } from '../rest.js';
import type { Session } from '../session.js';

/** A resource the server serves, with all its names. */
export interface Mapping extends ResourceType {
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
}

/** A group with its versions, the preferred one first. */
export interface Group {
  readonly name: string;
  readonly versions: readonly string[];
}

interface AggregatedResource {
  readonly resource: string;
  readonly responseKind?: { readonly group: string; readonly version: string; readonly kind: string };
  readonly scope: 'Cluster' | 'Namespaced';
  readonly singularResource?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly verbs?: readonly string[];
  readonly subresources?: readonly { readonly subresource: string }[];
}

interface AggregatedVersion {
  readonly version: string;
  readonly resources?: readonly AggregatedResource[];
  /** `Stale` where whoever serves it cannot be asked. */
  readonly freshness?: string;
}

interface AggregatedList {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly AggregatedVersion[];
  }[];
}

/** So often kubectl complains on its way to a command's own error, when nobody listens. */
const COMPLAINTS = 5;
/** Verbs that ask less often before they give up. */
const COMPLAINTS_OF: Readonly<Record<string, number>> = {
  'api-resources': 1,
  'auth can-i': 2,
  explain: 2,
  logs: 4,
  run: 1,
};
const PATIENCE = '?timeout=32s';

/** What the server serves, read once a run by aggregated discovery. Throws `UrlError` when nobody answers. */
export class Discovery {
  private mappings: readonly Mapping[] | undefined;
  private known: readonly Group[] = [];

  constructor(private readonly session: Session) {}

  /** Every resource of every version, in the server's order. */
  *resources(complain = COMPLAINTS_OF[this.session.path] ?? COMPLAINTS): Waiting<readonly Mapping[]> {
    if (this.mappings) return this.mappings;
    const lists: AggregatedList[] = [];
    try {
      for (const path of ['/api', '/apis'])
        lists.push(
          yield* this.session
            .rest()
            .send<AggregatedList>({ method: 'GET', path: `${path}${PATIENCE}`, accept: DISCOVERY_ACCEPT }),
        );
    } catch (error) {
      if (isErrno(error) || error instanceof UrlError || error instanceof StatusError)
        yield* this.complain(error, complain);
      throw error;
    }
    const items = lists.flatMap((list) => list.items ?? []);
    this.known = items.map(({ metadata, versions }) => ({
      name: metadata.name ?? '',
      versions: versions.filter(({ freshness }) => freshness !== 'Stale').map(({ version }) => version),
    }));
    this.mappings = items.flatMap(({ metadata, versions }) =>
      versions.flatMap(({ version, resources }) =>
        (resources ?? []).flatMap((each) => mappingOf(each, metadata.name ?? '', version)),
      ),
    );
    return this.mappings;
  }

  *groups(): Waiting<readonly Group[]> {
    yield* this.resources();
    return this.known;
  }

  /** What client-go's memory cache logs each time it asks in vain. */
  private *complain(error: unknown, times: number): Waiting<void> {
    const text = error instanceof Error ? error.message : String(error);
    const line = `"Unhandled Error" err=${goQuote(`couldn't get current server API group list: ${text}`)}`;
    for (let count = 0; count < times; count += 1)
      yield* this.session.err(klogLine(this.session.sys, 'E', 'memcache.go:265', line));
  }
}

function mappingOf(resource: AggregatedResource, group: string, version: string): Mapping[] {
  if (!resource.responseKind) return [];
  return [
    {
      group,
      version,
      resource: resource.resource,
      kind: resource.responseKind.kind,
      namespaced: resource.scope === 'Namespaced',
      singular: resource.singularResource || resource.responseKind.kind.toLowerCase(),
      shortNames: resource.shortNames ?? [],
      categories: resource.categories ?? [],
      verbs: resource.verbs ?? [],
      subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
    },
  ];
}
