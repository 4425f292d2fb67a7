import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { ManifestError, readManifest } from './manifest.js';

/** What a file in the manifest folder says; while it is wrong, what it said before. */
interface Known {
  readonly text: string;
  readonly pod: Pod | undefined;
  readonly error: string | undefined;
}

/**
 * Reads the manifest folder again and again. When something in it changes, a file that is wrong by then changes nothing;
 * at the list that is made from time to time its pod goes (config.sourceFile).
 */
export class StaticSource {
  private readonly context: KubeletContext;
  private readonly update: (pods: readonly Pod[]) => void;
  private readonly known = new Map<string, Known>();

  constructor(context: KubeletContext, update: (pods: readonly Pod[]) => void) {
    this.context = context;
    this.update = update;
  }

  *work(): Waiting<void> {
    const { sys, config, timing } = this.context;
    const folder = config.staticPodPath;
    if (folder === undefined) {
      this.update([]);
      return;
    }
    let until = sys.now();
    for (;;) {
      const isList = sys.now() >= until;
      if (isList) until = sys.now() + timing.manifestRescan;
      const pods = this.scan(folder, isList);
      if (pods) this.update(pods);
      const queue = this.watch(folder);
      yield queue ? { queues: [queue], until } : { queues: [], until };
    }
  }

  private watch(folder: string) {
    const { sys } = this.context;
    try {
      return sys.fileSystem().watch(folder, sys.credentials);
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  }

  private scan(folder: string, isList: boolean): Pod[] | undefined {
    const { sys, log } = this.context;
    let names: string[];
    try {
      if (sys.stat(folder).type !== 'directory') names = [''];
      else names = sys.readDirectory(folder).map(({ name }) => name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      log.error('file_linux.go:59', `path does not exist, ignoring`, 'Unable to read config path', { path: folder });
      return [];
    }
    const paths = names
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => (name === '' ? folder : `${folder}/${name}`));
    for (const path of [...this.known.keys()]) if (!paths.includes(path)) this.known.delete(path);
    return paths.flatMap((path) => this.read(path, isList) ?? []);
  }

  private read(path: string, isList: boolean): Pod | undefined {
    const { log } = this.context;
    const text = this.textOf(path, isList);
    if (text === undefined) return undefined;
    const before = this.known.get(path);
    const isNew = before?.text !== text;
    const found = isNew ? this.parse(path, text, before?.pod) : before;
    const { error } = found;
    if (error !== undefined && isList) log.error('file.go:186', error, 'Could not process manifest file', { path });
    else if (error !== undefined && isNew)
      log.error(
        'file.go:107',
        `can't process config file ${JSON.stringify(path)}: ${error}`,
        'Unable to process watch event',
      );
    const pod = error !== undefined && isList ? undefined : found.pod;
    this.known.set(path, { ...found, pod });
    return pod;
  }

  private parse(path: string, text: string, before: Pod | undefined): Known {
    const { sys, nodeName } = this.context;
    try {
      const seen = formatTime(sys.now()).replace('Z', '.000000000Z');
      return { text, pod: readManifest(text, { path, nodeName, seen }), error: undefined };
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error;
      return { text, pod: before, error: error.message };
    }
  }

  private textOf(path: string, isList: boolean): string | undefined {
    const { sys, log } = this.context;
    try {
      const { type } = sys.stat(path);
      if (type === 'file') return Buffer.from(sys.readFile(path)).toString('utf8');
      const words = 'Provided manifest path is a directory, not recursing into manifest path';
      if (type === 'directory' && isList) log.error('file.go:181', undefined, words, { path });
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    return undefined;
  }
}
