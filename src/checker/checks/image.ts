import { type ImageFacts, imagesInArchive } from '../archives/image.js';
import { configOf, imagesOf, type Runtime } from '../archives/runtime.js';
import { CONDITIONS, type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { findValue } from '../json-path.js';
import { needsOfFile } from '../needs/host-needs.js';
import { quantityValue } from '../quantity.js';
import { flag, map, orVariant, path, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

interface ImageSubject extends Condition {
  readonly image: {
    readonly host: string;
    readonly tag?: string;
    /** An archive; the host's runtime when left out. */
    readonly path?: string;
    readonly runtime?: Runtime;
    readonly as?: string;
    readonly format?: 'docker' | 'oci';
    readonly layers_max?: number;
    readonly size_max?: string | number;
    readonly there?: boolean;
    /** Into the image's configuration. */
    readonly jsonpath?: string;
  };
}

/** An image on a host: in an archive, or with the runtime. */
export const image: CheckKind<ImageSubject> = {
  field: 'image',
  schema: map(
    {
      host: text('A host by its base name.'),
      tag: text('Its name with tag, such as registry.local/shop:1.2; Docker Hub and latest may be left out.'),
      path,
      runtime: {
        enum: ['containerd', 'podman', 'docker'],
        description: 'What keeps the image when there is no path; containerd when left out.',
      },
      as: text('Whose images they are, where each user has some (podman); root when left out.'),
      format: { enum: ['docker', 'oci'], description: 'How the archive is written.' },
      layers_max: orVariant({ type: 'integer', minimum: 1, description: 'How many layers it has at most.' }),
      size_max: { type: ['string', 'number'], description: 'Its bytes at most, as a quantity such as 50Mi.' },
      there: flag('It is there (true when left out), or no image of that tag is.'),
      jsonpath: text('Into its configuration, such as $.config.User or $.config.Entrypoint.', { pattern: '^\\$' }),
    },
    ['host'],
    'An image in an archive (docker or OCI), or with the runtime of a host.',
  ),
  beside: conditionFields,
  needs: ({ image: { host, path: archive } }, place) =>
    archive === undefined ? ['nodes-root'] : needsOfFile(host, archive, place),
  lint,
  async judge(subject, context) {
    const { image: wanted } = subject;
    const images = await readImages(wanted, context);
    const where = wanted.path ?? `${wanted.runtime ?? 'containerd'} of ${context.host(wanted.host)}`;
    const expected = `${wanted.there === false ? 'no image' : 'image'} ${wanted.tag ?? ''}`.trim();
    if (typeof images === 'string') return { passed: false, expected: `${expected} in ${where}`, found: images };
    const { tag } = wanted;
    const found = images.find(({ tags }) => tag === undefined || tags.some((one) => means(tag, one)));
    if (wanted.there === false || !found)
      return {
        passed: (found === undefined) === (wanted.there === false),
        expected: `${expected} in ${where}`,
        found: found ? `it is there: ${found.tags.join(', ')}` : tagsOf(images),
      };
    return shape(found, wanted) ?? inside(found, subject, context, `${expected} in ${where}`);
  },
};

async function readImages(
  { host: base, path: archive, runtime = 'containerd', as = 'root' }: ImageSubject['image'],
  { cluster, host }: CheckContext,
): Promise<readonly ImageFacts[] | string> {
  if (archive === undefined) return imagesOf(cluster, host(base), runtime, as);
  const file = await cluster.file(host(base), archive);
  return file ? imagesInArchive(file.content) : `no file ${archive}`;
}

function shape(found: ImageFacts, wanted: ImageSubject['image']): Verdict | undefined {
  const { format, layers_max: layersMax, size_max: sizeMax } = wanted;
  const layers = `at most ${layersMax} layer${Number(layersMax) === 1 ? '' : 's'}`;
  if (format !== undefined && found.format !== format)
    return {
      passed: false,
      expected: archiveOf(format),
      found: archiveOf(found.format),
    };
  if (layersMax !== undefined) {
    if (found.layers === undefined)
      return found.format
        ? { passed: false, expected: layers, found: 'its manifest cannot be read' }
        : unknown(layers, 'the runtime does not tell of layers');
    if (found.layers > Number(layersMax)) return { passed: false, expected: layers, found: `${found.layers} layers` };
  }
  if (sizeMax !== undefined) {
    if (found.size === undefined) return unknown(`at most ${sizeMax}`, 'the runtime does not tell of sizes');
    if (found.size > (quantityValue(sizeMax) ?? 0))
      return { passed: false, expected: `at most ${sizeMax}`, found: `${found.size} bytes` };
  }
  return undefined;
}

function archiveOf(format: ImageFacts['format']): string {
  if (format === undefined) return 'no archive';
  return format === 'oci' ? 'an oci archive' : 'a docker archive';
}

function unknown(expected: string, found: string): Verdict {
  return { passed: false, undecided: true, expected, found };
}

async function inside(
  found: ImageFacts,
  subject: ImageSubject,
  { cluster, host }: CheckContext,
  expected: string,
): Promise<Verdict> {
  const { jsonpath, path: archive, runtime = 'containerd', as = 'root', host: base } = subject.image;
  if (jsonpath === undefined || !CONDITIONS.some((name) => name in subject))
    return { passed: true, expected, found: found.tags.join(', ') || 'an image without a tag' };
  const config =
    archive === undefined ? await configOf(cluster, host(base), runtime, as, found.tags[0] ?? '') : found.config;
  if (config === undefined || config === null)
    return { passed: false, expected, found: 'its configuration cannot be read' };
  const verdict = judge(findValue(config, jsonpath), subject);
  return { ...verdict, expected: `${jsonpath} ${verdict.expected}`, found: `${jsonpath} ${verdict.found}` };
}

/** Whether a tag means an image; podman puts those it built under `localhost/`. */
function means(tag: string, one: string): boolean {
  const whole = wholeTag(tag);
  return wholeTag(one) === whole || wholeTag(one) === whole.replace(/^docker\.io\//, 'localhost/');
}

/** A tag in one spelling: `nginx` and `docker.io/library/nginx:latest` are `docker.io/nginx:latest`. */
function wholeTag(tag: string): string {
  const [first = '', ...rest] = tag.split('/');
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const name = hosted ? tag : `docker.io/${tag}`;
  const bare = name.replace('docker.io/library/', 'docker.io/');
  return /:[^/]+$/.test(bare) ? bare : `${bare}:latest`;
}

const SHOWN_MAX = 5;

function tagsOf(images: readonly ImageFacts[]): string {
  const tags = images.flatMap((one) => one.tags);
  if (tags.length === 0) return images.length === 0 ? 'no image' : 'an image without a tag';
  const more = tags.length - SHOWN_MAX;
  return `${tags.slice(0, SHOWN_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function lint(subject: ImageSubject, at: string, report: Report): void {
  lintCondition(subject, at, report);
  const where = `${at}/image`;
  const { image: wanted } = subject;
  if (wanted.path === undefined && wanted.tag === undefined)
    report(where, 'says not which image: tag, or the path of an archive');
  for (const name of ['runtime', 'as'] as const)
    if (wanted.path !== undefined && name in wanted) report(`${where}/${name}`, 'does not matter for an archive');
  if (wanted.path === undefined && 'format' in wanted)
    report(`${where}/format`, 'belongs to path: only archives have one');
  if (CONDITIONS.some((name) => name in subject) && wanted.jsonpath === undefined)
    report(where, 'jsonpath is missing: which field of its configuration the condition is about');
}
