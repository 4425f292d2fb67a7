import { isJsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { type CriClient, CriError, criClient } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Arguments, readArguments } from './arguments.js';
import { Fatal } from './fatal.js';
import { inspectContainers, inspectImages, inspectPods } from './inspect.js';
import { runInteractive } from './interactive.js';
import { listContainers, listImages, listPods } from './lists.js';
import { printedJson } from './printed-json.js';

const SOCKET = '/run/containerd/containerd.sock';
const VERSION = 'v1.36.0';

type Command = (sys: Sys, cri: CriClient, args: Arguments) => Waiting<string | number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  *exec(sys, cri, { flags, rest }) {
    const [id, ...command] = rest;
    if (id === undefined || command.length === 0) throw new Fatal('ID and command cannot be empty');
    if (flags.has('tty') || flags.has('interactive'))
      return yield* runInteractive(sys, cri, { id, command, tty: flags.has('tty'), stdin: flags.has('interactive') });
    const timeoutSeconds = Number(flags.get('timeout') ?? 0);
    const { stdout, stderr, exitCode } = yield* cri.call('ExecSync', { containerId: id, command, timeoutSeconds });
    yield* sys.write(1, stdout);
    yield* sys.write(2, stderr);
    if (exitCode !== 0)
      throw new Fatal(`execing command in container failed: command terminated with exit code ${exitCode}`);
    return '';
  },
  images: (_sys, cri, args) => listImages(cri, args),
  *info(_sys, cri) {
    const { conditions, cniConfig } = yield* cri.call('Status', {});
    return printedJson({ status: { conditions }, cniconfig: cniConfig ?? null });
  },
  inspect: (_sys, cri, args) => inspectContainers(cri, args),
  inspecti: (_sys, cri, args) => inspectImages(cri, args),
  inspectp: (_sys, cri, args) => inspectPods(cri, args),
  *logs(sys, cri, { flags, rest }) {
    const [id] = rest;
    if (id === undefined) throw new Fatal('ID cannot be empty');
    const { containers } = yield* cri.call('ListContainers', { id });
    const [container] = containers;
    if (!container)
      throw new Fatal(
        `rpc error: code = NotFound desc = an error occurred when try to find container ${JSON.stringify(id)}: not found`,
      );
    let shown = 0;
    for (;;) {
      const lines = readLog(sys, container.logPath);
      const tail = flags.get('tail');
      const from =
        shown === 0 && tail !== undefined && Number(tail) >= 0 ? Math.max(lines.length - Number(tail), 0) : shown;
      for (const { time, stream, text } of lines.slice(from))
        yield* sys.write(stream === 'stderr' ? 2 : 1, `${flags.has('timestamps') ? `${time} ` : ''}${text}\n`);
      shown = lines.length;
      const now = yield* cri.call('ListContainers', { id: container.id });
      if (!flags.has('follow') || now.containers[0]?.state !== 'CONTAINER_RUNNING') return '';
      yield* sys.sleep(SECOND / 5);
    }
  },
  pods: listPods,
  ps: listContainers,
  *pull(_sys, cri, { flags, rest }) {
    const [image] = rest;
    if (image === undefined) throw new Fatal('image name cannot be empty');
    const creds = flags.get('creds');
    const colon = creds?.indexOf(':') ?? -1;
    const auth =
      creds === undefined
        ? undefined
        : colon < 0
          ? { username: creds, password: '' }
          : { username: creds.slice(0, colon), password: creds.slice(colon + 1) };
    try {
      const { imageRef } = yield* cri.call('PullImage', { image, auth });
      return `Image is up to date for ${imageRef}\n`;
    } catch (error) {
      if (!(error instanceof CriError) || error.code === 'Unavailable') throw error;
      // As kubelet's client: a code that says nothing is left out.
      throw new Fatal(`pulling image: ${error.code === 'Unknown' ? error.message : error.grpc}`);
    }
  },
  *rm(_sys, cri, { flags, rest }) {
    return yield* forEach(rest, flags.has('all') ? yield* allIds(cri) : [], function* (id) {
      const containerId = yield* fullId(cri, id);
      const { containers } = yield* cri.call('ListContainers', { id: containerId });
      if (containers[0]?.state === 'CONTAINER_RUNNING' && !flags.has('force'))
        throw new Fatal(`removing the container ${JSON.stringify(id)}: container is running; please stop first`);
      yield* cri.call('RemoveContainer', { containerId });
    });
  },
  *rmi(_sys, cri, { rest }) {
    const lines: string[] = [];
    for (const image of rest.length > 0 ? rest : fail('ID cannot be empty')) {
      const { image: found } = yield* cri.call('ImageStatus', { image });
      if (!found) throw new Fatal(`no such image ${image}`);
      yield* cri.call('RemoveImage', { image });
      lines.push(...found.repoTags.map((tag) => `Deleted: ${tag}\n`));
    }
    return lines.join('');
  },
  *rmp(_sys, cri, { rest }) {
    const lines: string[] = [];
    for (const id of rest.length > 0 ? rest : fail('ID cannot be empty')) {
      const podSandboxId = yield* fullPodId(cri, id);
      yield* cri.call('StopPodSandbox', { podSandboxId });
      yield* cri.call('RemovePodSandbox', { podSandboxId });
      lines.push(`Removed sandbox ${id}\n`);
    }
    return lines.join('');
  },
  *stop(_sys, cri, { flags, rest }) {
    return yield* forEach(rest, [], function* (id) {
      const containerId = yield* fullId(cri, id);
      yield* cri.call('StopContainer', { containerId, timeoutSeconds: Number(flags.get('timeout') ?? 0) });
    });
  },
  *stopp(_sys, cri, { rest }) {
    const lines: string[] = [];
    for (const id of rest.length > 0 ? rest : fail('ID cannot be empty')) {
      yield* cri.call('StopPodSandbox', { podSandboxId: yield* fullPodId(cri, id) });
      lines.push(`Stopped sandbox ${id}\n`);
    }
    return lines.join('');
  },
  *version(_sys, cri) {
    const { runtimeName, runtimeVersion, runtimeApiVersion } = yield* cri.call('Version', {});
    return `Version:  0.1.0\nRuntimeName:  ${runtimeName}\nRuntimeVersion:  ${runtimeVersion}\nRuntimeApiVersion:  ${runtimeApiVersion}\n`;
  },
};
const ALIASES: Readonly<Record<string, string>> = { image: 'images', img: 'images' };

function fail(message: string): never {
  throw new Fatal(message);
}

function* forEach(
  ids: readonly string[],
  more: readonly string[],
  act: (id: string) => Waiting<void>,
): Waiting<string> {
  const all = [...ids, ...more];
  if (all.length === 0) throw new Fatal('ID cannot be empty');
  for (const id of all) yield* act(id);
  return all.map((id) => `${id}\n`).join('');
}

function* allIds(cri: CriClient): Waiting<string[]> {
  return (yield* cri.call('ListContainers', {})).containers.map(({ id }) => id);
}

function* fullId(cri: CriClient, id: string): Waiting<string> {
  return (yield* cri.call('ListContainers', { id })).containers[0]?.id ?? id;
}

function* fullPodId(cri: CriClient, id: string): Waiting<string> {
  return (yield* cri.call('ListPodSandbox', { id })).items[0]?.id ?? id;
}

function readLog(sys: Sys, path: string): { time: string; stream: string; text: string }[] {
  try {
    const lines = Buffer.from(sys.readFile(path)).toString('utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [time = '', stream = '', , ...words] = line.split(' ');
      return { time, stream, text: words.join(' ') };
    });
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal(
      `failed to try resolving symlinks in path ${JSON.stringify(path)}: lstat ${path}: no such file or directory`,
    );
  }
}

/** The runtime's socket: by flag, environment, /etc/crictl.yaml, or the usual place. */
function endpoint(sys: Sys, flags: ReadonlyMap<string, string>): string {
  const given =
    flags.get('runtime-endpoint') ??
    sys.environment.get('CONTAINER_RUNTIME_ENDPOINT') ??
    configured(sys, flags.get('config') ?? '/etc/crictl.yaml');
  return (given ?? SOCKET).replace(/^unix:\/\//, '').replace(/^\/var\/run\//, '/run/');
}

function configured(sys: Sys, path: string): string | undefined {
  try {
    const value = readYaml(Buffer.from(sys.readFile(path)).toString('utf8'));
    const found = isJsonObject(value) ? value['runtime-endpoint'] : undefined;
    return typeof found === 'string' && found !== '' ? found : undefined;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function* run(sys: Sys): Waiting<number> {
  const words = sys.args.slice(1);
  const at = words.findIndex(
    (word, index) =>
      !word.startsWith('-') &&
      !/^(?:-r|-i|-c|--runtime-endpoint|--config|--image-endpoint|--timeout)$/.test(words[index - 1] ?? ''),
  );
  const before = readArguments('', at < 0 ? words : words.slice(0, at));
  if (at < 0) {
    const version = words.includes('--version') || words.includes('-v');
    yield* sys.write(
      1,
      version
        ? `crictl version ${VERSION}\n`
        : 'NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options] [arguments...]\n',
    );
    return 0;
  }
  const name = words[at] as string;
  const command = COMMANDS[ALIASES[name] ?? name];
  if (!command || 'unknown' in before) {
    yield* sys.write(1, `No help topic for '${name}'\n`);
    return 3;
  }
  const args = readArguments(name, words.slice(at + 1), name === 'exec');
  if ('unknown' in args) {
    yield* sys.write(2, `Incorrect Usage: flag provided but not defined: -${args.unknown}\n\n`);
    yield* fatal(sys, `flag provided but not defined: -${args.unknown}`);
    return 1;
  }
  return yield* perform(sys, command, args, endpoint(sys, before.flags));
}

function* perform(sys: Sys, command: Command, args: Arguments, socket: string): Waiting<number> {
  try {
    const cri = criClient(sys, socket);
    // crictl validates the connection first.
    yield* cri.call('Version', {});
    const result = yield* command(sys, cri, args);
    if (typeof result === 'number') return result;
    if (result !== '') yield* sys.write(1, result);
    return 0;
  } catch (error) {
    if (error instanceof Fatal) yield* fatal(sys, error.message);
    else if (error instanceof CriError && error.code === 'Unavailable')
      yield* fatal(
        sys,
        `validate service connection: validate CRI v1 runtime API for endpoint "unix://${socket}": ${error.grpc}`,
      );
    else if (error instanceof CriError) yield* fatal(sys, error.grpc);
    else throw error;
    return 1;
  }
}

function fatal(sys: Sys, message: string): Waiting<void> {
  return sys.write(2, `FATA[0000] ${message} \n`);
}

/** crictl: looks at and touches what the container runtime of this node has. */
export const crictl: InstalledProgram = { name: 'crictl', paths: ['/usr/bin/crictl'], run };
