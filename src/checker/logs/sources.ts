import { UndecidedError } from '../objects.js';
import { refName } from '../reference.js';
import { map, path, type Schema, text } from '../schema/words.js';
import type { CheckContext } from '../subject.js';
import { lastLine } from '../words.js';

/** Where lines come from. */
export interface LogSource {
  /** A host by its base name; with `path` or `unit`. */
  readonly host?: string;
  readonly path?: string;
  readonly unit?: string;
  readonly pods?: { readonly namespace: string; readonly selector?: string; readonly name?: string };
  /** Of those pods; the only one when left out. */
  readonly container?: string;
  /** Of the container's life before this one. */
  readonly previous?: boolean;
}

/** The schemas of a source's fields. */
export const sourceFields: Readonly<Record<string, Schema>> = {
  host: text('A host by its base name; with path or unit.'),
  path,
  unit: text('The unit whose journal it is, such as kubelet.'),
  pods: map(
    {
      namespace: text('The namespace that the pods are in.'),
      selector: text('Several by label selector; "" means all.'),
      name: text('The name, where one pod is meant.'),
    },
    ['namespace'],
    'The pods whose output it is.',
  ),
  container: text('Of those pods; the only one when left out.'),
  previous: { type: 'boolean', description: "Of the container's life before this one." },
};

/** The whole texts of a source, each by what it came from; a text that grew is recognised by its name. */
export type Texts = ReadonlyMap<string, string>;

/** A source in words. */
export function sourceName({ path: file, unit, pods }: LogSource): string {
  if (file !== undefined) return file;
  if (unit !== undefined) return `the journal of ${unit}`;
  return `the log of ${refName({ apiVersion: 'v1', kind: 'Pod', ...pods })}`;
}

/** Reads a source; without texts where there is none: no such file, no line of such a unit, no such pods. */
export async function readTexts(source: LogSource, context: CheckContext): Promise<Texts> {
  if (source.pods) return ofPods(source, context);
  const host = context.host(source.host as string);
  const name = sourceName(source);
  const content =
    source.unit === undefined ? await ofFile(host, source, context) : await ofUnit(host, source.unit, context);
  return new Map(content === undefined ? [] : [[name, content]]);
}

async function ofFile(host: string, source: LogSource, { cluster }: CheckContext): Promise<string | undefined> {
  const found = await cluster.file(host, source.path as string);
  if (!found || found.type === 'directory') return undefined;
  return Buffer.from(found.content).toString('utf8');
}

async function ofUnit(host: string, unit: string, { cluster }: CheckContext): Promise<string | undefined> {
  const argv = ['journalctl', '-u', unit, '-o', 'cat', '--no-pager', '-q'];
  const { code, stdout, stderr } = await cluster.run(host, 'root', argv);
  if (code !== 0 && stderr !== '')
    throw new UndecidedError(`the journal of ${host} cannot be read: ${lastLine(stderr)}`);
  return stdout === '' ? undefined : stdout;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
  readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
}

async function ofPods({ pods, container, previous }: LogSource, { objects }: CheckContext): Promise<Texts> {
  const { namespace, ...which } = pods as NonNullable<LogSource['pods']>;
  const found = (await objects.read({ apiVersion: 'v1', kind: 'Pod', namespace, ...which })) as unknown as Pod[];
  const texts = new Map<string, string>();
  for (const { metadata, spec } of found) {
    const name = container ?? spec?.containers?.[0]?.name ?? '';
    const query = `container=${encodeURIComponent(name)}${previous ? '&previous=true' : ''}`;
    const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?${query}`;
    const { status, body } = await objects.request({ method: 'GET', path });
    // A container that never ran, or ran once only, has no lines; that is no reason to look no further.
    if (status < 300) texts.set(`${metadata.name} ${metadata.uid}`, (body ?? '') as string);
  }
  return texts;
}
