import { parseTime } from '../../api/time.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Bytes } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { attemptsOf } from '../status/newest.js';
import { type LogOptions, renderLog } from './log-reader.js';

/** A refusal in plain text, as kubelet's server gives it. */
export function refuse(status: number, text: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) };
}

/** GET /containerLogs/NAMESPACE/POD/CONTAINER. */
export function* containerLogs(
  context: KubeletContext,
  containers: readonly CriContainer[],
  name: string,
  podText: string,
  waiting: { readonly now: string | undefined; readonly first: string },
  query: URLSearchParams,
): Waiting<HttpResponse> {
  const attempts = attemptsOf(containers, name).filter(({ state }) => state !== 'CONTAINER_CREATED');
  const previous = query.get('previous') === 'true';
  // Of a container that waits to be started again the last one is the previous one, and all there is.
  const isWaiting = waiting.now !== undefined && attempts[0]?.state === 'CONTAINER_EXITED';
  const container = attempts[previous && !isWaiting ? 1 : 0];
  if (!container) {
    const why = previous
      ? `previous terminated container ${JSON.stringify(name)} in pod ${JSON.stringify(podText)} not found`
      : `container ${JSON.stringify(name)} in pod ${JSON.stringify(podText)} is waiting to start: ${waitingWords(waiting.now ?? waiting.first)}`;
    return refuse(400, why);
  }
  const options = logOptions(query, context.sys.now());
  const text = readFrom(context, container.logPath, 0);
  if (text === undefined)
    return refuse(
      500,
      `failed to try resolving symlinks in path ${JSON.stringify(container.logPath)}: lstat ${container.logPath}: no such file or directory`,
    );
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const first = renderLog(text, options);
  if (query.get('follow') !== 'true') return { status: 200, headers, body: first };
  return { status: 200, headers, stream: follow(context, container, options, first, Buffer.byteLength(text)) };
}

/** kubelet's words for why there is no log yet (validateContainerLogStatus). */
function waitingWords(reason: string): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

function logOptions(query: URLSearchParams, now: number): LogOptions {
  const number = (name: string) => {
    const text = query.get(name);
    return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
  };
  const seconds = number('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const stream = query.get('stream');
  return {
    tailLines: number('tailLines'),
    since: seconds === undefined ? (sinceTime ? parseTime(sinceTime) : undefined) : now - seconds * SECOND,
    timestamps: query.get('timestamps') === 'true',
    limitBytes: number('limitBytes'),
    stream: stream === 'Stdout' ? 'stdout' : stream === 'Stderr' ? 'stderr' : undefined,
  };
}

function readFrom({ sys }: KubeletContext, path: string, offset: number): string | undefined {
  try {
    return Buffer.from(sys.readFile(path)).subarray(offset).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Passes on what is added to a log, until its container is over or nobody listens. */
function follow(
  context: KubeletContext,
  container: CriContainer,
  options: LogOptions,
  first: Bytes,
  length: number,
): NonNullable<HttpResponse['stream']> {
  const items = new Channel<Bytes | { readonly object: unknown }>();
  const cancelled = new WaitQueue();
  let open = true;
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  const send = (bytes: Bytes): void => {
    const piece = bytes.length > left ? bytes.subarray(0, left) : bytes;
    left -= piece.length;
    if (piece.length > 0) items.send(piece);
  };
  send(first);
  context.sys.thread(function* (): Waiting<void> {
    let offset = length;
    while (open && left > 0) {
      const over = !(yield* stillRuns(context, container.id));
      const more = readFrom(context, container.logPath, offset);
      const end = more === undefined ? -1 : more.lastIndexOf('\n') + 1;
      if (more !== undefined && end > 0) {
        offset += Buffer.byteLength(more.slice(0, end));
        send(renderLog(more.slice(0, end), { ...options, tailLines: undefined, limitBytes: undefined }));
        continue;
      }
      if (over || more === undefined) break;
      yield {
        queues: [cancelled, watchFile(context, container.logPath) ?? cancelled],
        until: context.sys.now() + SECOND,
      };
    }
    items.close();
  });
  const cancel = () => {
    open = false;
    cancelled.wakeAll();
  };
  return { items, cancel };
}

function* stillRuns({ cri }: KubeletContext, id: string): Waiting<boolean> {
  const { containers } = yield* cri.call('ListContainers', { id });
  return containers[0]?.state === 'CONTAINER_RUNNING';
}

function watchFile({ sys }: KubeletContext, path: string): WaitQueue | undefined {
  try {
    return sys.fileSystem().watch(path, sys.credentials);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
