import { parseImageReference } from '../../api/image-reference.js';
import type { CriClient } from '../../client/cri-client.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Arguments } from './arguments.js';
import { printedJson } from './printed-json.js';
import { ago, humanSize, shortId, table } from './table.js';

const CONTAINER_STATES: Readonly<Record<string, string>> = {
  CONTAINER_CREATED: 'Created',
  CONTAINER_EXITED: 'Exited',
  CONTAINER_RUNNING: 'Running',
  CONTAINER_UNKNOWN: 'Unknown',
};

/** crictl ps. */
export function* listContainers(sys: Sys, cri: CriClient, { flags }: Arguments): Waiting<string> {
  const pod = flags.get('pod');
  const { containers } = yield* cri.call('ListContainers', {
    ...(pod ? { sandboxId: pod } : {}),
    ...(flags.get('id') ? { id: flags.get('id') as string } : {}),
  });
  const { items } = yield* cri.call('ListPodSandbox', {});
  const podOf = (id: string) => items.find((sandbox) => sandbox.id === id)?.config;
  const state = flags.get('state')?.toLowerCase();
  const name = flags.get('name');
  const shown = containers
    .filter((container) => {
      const own = (CONTAINER_STATES[container.state] ?? '').toLowerCase();
      if (state !== undefined) return own === state;
      return flags.has('all') || flags.has('latest') || flags.has('last') || own === 'running';
    })
    .filter(({ config }) => name === undefined || new RegExp(name).test(config.name))
    .filter(({ sandboxId }) => !flags.has('namespace') || podOf(sandboxId)?.namespace === flags.get('namespace'))
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, flags.has('latest') ? 1 : Number(flags.get('last') ?? Number.POSITIVE_INFINITY));
  if (flags.has('quiet')) return shown.map(({ id }) => `${id}\n`).join('');
  if (flags.get('output') === 'json') return printedJson({ containers: shown.map(jsonContainer) });
  const id = (text: string) => (flags.has('no-trunc') ? text : shortId(text));
  const rows = shown.map((container) => {
    const owner = podOf(container.sandboxId);
    return [
      id(container.id),
      flags.has('no-trunc') ? container.imageRef : shortId(container.config.imageRef),
      ago(sys.now() - container.createdAt),
      CONTAINER_STATES[container.state] ?? 'Unknown',
      container.config.name,
      String(container.config.attempt),
      id(container.sandboxId),
      owner?.name ?? 'unknown',
      owner?.namespace ?? 'unknown',
    ];
  });
  return table([['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'], ...rows]);
}

function jsonContainer({
  id,
  sandboxId,
  config,
  state,
  createdAt,
  imageRef,
}: {
  id: string;
  sandboxId: string;
  config: { name: string; attempt: number; image: string; imageRef: string; labels: unknown; annotations: unknown };
  state: string;
  createdAt: number;
  imageRef: string;
}) {
  return {
    id,
    podSandboxId: sandboxId,
    metadata: { name: config.name, attempt: config.attempt },
    image: { image: config.imageRef, userSpecifiedImage: config.image },
    imageRef,
    state,
    createdAt: `${createdAt}000`,
    labels: config.labels,
    annotations: config.annotations,
  };
}

/** crictl pods. */
export function* listPods(sys: Sys, cri: CriClient, { flags }: Arguments): Waiting<string> {
  const { items } = yield* cri.call('ListPodSandbox', flags.get('id') ? { id: flags.get('id') as string } : {});
  const state = flags.get('state')?.toLowerCase();
  const shown = items
    .filter((pod) => state === undefined || (pod.state === 'SANDBOX_READY' ? 'ready' : 'notready') === state)
    .filter(({ config }) => !flags.has('name') || new RegExp(flags.get('name') as string).test(config.name))
    .filter(({ config }) => !flags.has('namespace') || config.namespace === flags.get('namespace'))
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, flags.has('latest') ? 1 : Number(flags.get('last') ?? Number.POSITIVE_INFINITY));
  if (flags.has('quiet')) return shown.map(({ id }) => `${id}\n`).join('');
  if (flags.get('output') === 'json') {
    const pods = shown.map(({ id, config, state: own, createdAt }) => ({
      id,
      metadata: { name: config.name, uid: config.uid, namespace: config.namespace, attempt: config.attempt },
      state: own,
      createdAt: `${createdAt}000`,
      labels: config.labels,
      annotations: config.annotations,
      runtimeHandler: '',
    }));
    return printedJson({ items: pods });
  }
  const rows = shown.map((pod) => [
    flags.has('no-trunc') ? pod.id : shortId(pod.id),
    ago(sys.now() - pod.createdAt),
    pod.state === 'SANDBOX_READY' ? 'Ready' : 'NotReady',
    pod.config.name,
    pod.config.namespace,
    String(pod.config.attempt),
    '(default)',
  ]);
  return table([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...rows]);
}

/** crictl images. */
export function* listImages(cri: CriClient, { flags, rest }: Arguments): Waiting<string> {
  const { images } = yield* cri.call('ListImages', {});
  const [wanted] = rest;
  const rows = images.flatMap((image) => {
    const tags =
      image.repoTags.length > 0 ? image.repoTags : [`${image.repoDigests[0]?.split('@')[0] ?? '<none>'}:<none>`];
    return tags.map((full) => {
      const at = full.lastIndexOf(':');
      return { name: full.slice(0, at), tag: full.slice(at + 1), image };
    });
  });
  const reference = wanted === undefined ? undefined : parseImageReference(wanted);
  const shown = rows
    .filter(({ name }) => !reference || name === `${reference.host}/${reference.path}`)
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  if (flags.has('quiet')) return shown.map(({ image }) => `${image.id}\n`).join('');
  if (flags.get('output') === 'json') {
    const list = shown.map(({ image: { id, repoTags, repoDigests, size } }) => ({
      id,
      repoTags,
      repoDigests,
      size: String(size),
    }));
    return printedJson({ images: list });
  }
  return table([
    ['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
    ...shown.map(({ name, tag, image }) => [
      name,
      tag,
      flags.has('no-trunc') ? image.id : shortId(image.id),
      humanSize(image.size),
    ]),
  ]);
}
