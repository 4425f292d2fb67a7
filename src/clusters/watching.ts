import { type ApiRequest, type ApiResponse, type WatchEvent, WatchRefusedError } from './port.js';

/** An event as it is sent; bookmarks among them only tell how far the list is. */
export interface SentEvent {
  readonly type: WatchEvent['type'] | 'BOOKMARK';
  readonly object: { readonly metadata?: { readonly resourceVersion?: string } };
}

/** The events in the pieces of an answer, one JSON a line. */
export class WatchLines {
  private readonly decoder = new TextDecoder();
  private rest = '';

  /** The events that a further piece makes whole. */
  take(bytes: Uint8Array): SentEvent[] {
    const lines = (this.rest + this.decoder.decode(bytes, { stream: true })).split('\n');
    this.rest = lines.pop() as string;
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SentEvent);
  }
}

/** The path by which a list is followed from where it was. */
export function watchPath(path: string, resourceVersion: string): string {
  return withQuery(path, { watch: 'true', allowWatchBookmarks: 'true', resourceVersion });
}

/** Where a list is now. Throws `WatchRefusedError`. */
export async function presentVersion(
  ask: (request: ApiRequest) => Promise<ApiResponse>,
  path: string,
): Promise<string> {
  const { status, body, error } = await ask({ method: 'GET', path: withQuery(path, { limit: '1' }) });
  const list = body as { metadata?: { resourceVersion?: string }; message?: string } | undefined;
  if (status === 200 && list?.metadata?.resourceVersion !== undefined) return list.metadata.resourceVersion;
  throw new WatchRefusedError(error ?? list?.message ?? `status ${status}`);
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;
}
