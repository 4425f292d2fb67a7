import type { WatchEvent } from '../port.js';
import { presentVersion, type SentEvent, WatchLines, watchPath } from '../watching.js';
import type { FarServer } from '../workstation/far-server.js';
import { askServer } from './request.js';

/** Between tries to take up a watch again. */
const RETRY_MILLISECONDS = 1000;

/**
 * Follows a list from now on. What breaks off (API servers end watches now and then) is taken up where it was; what the API
 * server no longer knows begins anew with an ERROR event told before. Bookmarks are heeded and not told.
 */
export async function followList(
  far: FarServer,
  path: string,
  hears: (event: WatchEvent) => void,
  from?: string,
): Promise<() => void> {
  const state = {
    stopped: false,
    version: from ?? (await presentVersion((request) => askServer(far, request), path)),
    stop: (): void => {},
  };
  follow(far, path, state, hears);
  return () => {
    state.stopped = true;
    state.stop();
  };
}

interface Following {
  stopped: boolean;
  version: string;
  stop(): void;
}

function follow(far: FarServer, path: string, state: Following, hears: (event: WatchEvent) => void): void {
  let status = 0;
  const lines = new WatchLines();
  const exchange = far.exchange(
    { method: 'GET', path: watchPath(path, state.version), headers: { accept: 'application/json' } },
    {
      response(response) {
        status = response.status;
      },
      chunk(_stream, bytes) {
        for (const event of status < 300 ? lines.take(bytes) : []) hear(event);
      },
      end: () => again(),
    },
  );
  const timer: { again?: NodeJS.Timeout } = {};
  state.stop = () => {
    clearTimeout(timer.again);
    exchange.disconnect();
  };

  function hear(event: SentEvent): void {
    if (event.type === 'ERROR') state.version = '';
    else state.version = event.object.metadata?.resourceVersion ?? state.version;
    if (event.type !== 'BOOKMARK' && !state.stopped) hears({ type: event.type, object: event.object });
  }

  function again(): void {
    if (state.stopped) return;
    if (status === 410) hear({ type: 'ERROR', object: {} });
    timer.again = setTimeout(() => {
      void anew().catch(() => again());
    }, RETRY_MILLISECONDS);
    timer.again.unref();
  }

  async function anew(): Promise<void> {
    if (state.version === '') state.version = await presentVersion((request) => askServer(far, request), path);
    if (!state.stopped) follow(far, path, state, hears);
  }
}
