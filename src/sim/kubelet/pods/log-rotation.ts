import { gzipSync } from 'node:zlib';
import { parseQuantity, quantityValue } from '../../api/quantity.js';
import { formatTime } from '../../api/time.js';
import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';

const COMPRESSED = '.gz';
/** A compressed log that was not finished (container_log_manager.go tmpSuffix). */
const UNFINISHED = '.tmp';

/** The thread that puts logs away that have become too long (logs container_log_manager.go). */
export function* rotateLogs(context: KubeletContext): Waiting<void> {
  const { sys, config } = context;
  const size = quantityValue(parseQuantity(config.containerLogMaxSize));
  if (size < 0) return;
  let seen: number | undefined;
  for (;;) {
    yield* sys.sleep(config.containerLogMonitorInterval);
    // Where nothing was written no log has grown.
    const used = sys.fileSystem().mounts()[0]?.used;
    if (used === seen) continue;
    seen = used;
    yield* look(context, size);
  }
}

function* look(context: KubeletContext, sizeMax: number): Waiting<void> {
  const { cri, sys, log } = context;
  const { containers } = yield* cri.call('ListContainers', {});
  for (const { id, state, logPath } of containers) {
    if (state !== 'CONTAINER_RUNNING' || sizeOf(sys, logPath) < sizeMax) continue;
    try {
      makeRoom(context, logPath);
      yield* rotate(context, id, logPath);
    } catch (error) {
      if (!isErrno(error)) throw error;
      log.error('container_log_manager.go:294', error.message, 'Failed to rotate log for container', { path: logPath });
    }
  }
}

/** Removes the oldest of the logs that were put away, and compresses the rest. */
function makeRoom({ sys, config }: KubeletContext, path: string): void {
  const cut = path.lastIndexOf('/');
  const [folder, file] = [path.slice(0, cut), path.slice(cut + 1)];
  const names = sys
    .readDirectory(folder)
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${file}.`))
    .sort();
  const finished = names.filter((name) => !name.endsWith(UNFINISHED));
  const kept = Math.max(0, config.containerLogMaxFiles - 2);
  const excess = finished.slice(0, Math.max(0, finished.length - kept));
  for (const name of [...excess, ...names.filter((each) => each.endsWith(UNFINISHED))]) sys.unlink(`${folder}/${name}`);
  for (const name of finished.filter((each) => !excess.includes(each) && !each.endsWith(COMPRESSED))) {
    sys.writeFile(`${folder}/${name}${COMPRESSED}`, gzipSync(sys.readFile(`${folder}/${name}`)), 0o640);
    sys.unlink(`${folder}/${name}`);
  }
}

function* rotate({ sys, cri }: KubeletContext, id: string, path: string): Waiting<void> {
  const stamp = formatTime(sys.now()).replace(/[-:Z]/g, '').replace('T', '-');
  const away = `${path}.${stamp}`;
  sys.rename(path, away);
  try {
    yield* cri.call('ReopenContainerLog', { containerId: id });
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    sys.rename(away, path);
  }
}

function sizeOf(sys: Sys, path: string): number {
  try {
    return sys.stat(path).size;
  } catch (error) {
    if (isErrno(error)) return 0;
    throw error;
  }
}
