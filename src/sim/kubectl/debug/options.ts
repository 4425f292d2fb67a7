import { knownType } from '../../api/facts/fact-types.js';
import { goQuote } from '../../api/go-text.js';
import { parseImageReference } from '../../api/image-reference.js';
import { isJsonObject } from '../../api/object.js';
import type { Container, EnvVar } from '../../api/types/pod.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError, plainText } from '../errors.js';
import { fileOptions } from '../resource/files.js';
import type { Session } from '../session.js';
import { PROFILES } from './profiles.js';

/** What a debugging session is asked for. */
export interface DebugOptions {
  readonly session: Session;
  readonly names: readonly string[];
  /** What stood behind `--`: the command, or with `argumentsOnly` its arguments. */
  readonly words: readonly string[];
  readonly argumentsOnly: boolean;
  readonly attach: boolean;
  readonly container: string;
  readonly copyTo: string;
  readonly env: readonly EnvVar[];
  readonly image: string;
  readonly images: ReadonlyMap<string, string>;
  readonly pullPolicy: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
  readonly target: string;
  readonly profile: string;
  readonly custom: Partial<Container> | undefined;
}

/** Reads the flags and refuses those that do not go together, in kubectl's words and order. */
export function* readDebugOptions(session: Session, flags: Flags, args: readonly string[]): Waiting<DebugOptions> {
  const dash = flags.dashAt;
  const stdin = flags.bool('stdin');
  const env = [...pairsOf(flags, 'env')].map(([name, value]) => ({ name, ...(value === '' ? {} : { value }) }));
  const images = pairsOf(flags, 'set-image');
  const profile = flags.text('profile');
  if (!PROFILES[profile]) throw new CommandError(`unknown profile: ${profile}`);
  const options: DebugOptions = {
    session,
    names: dash >= 0 && args.length > dash ? args.slice(0, dash) : args,
    words: dash >= 0 ? args.slice(dash) : [],
    argumentsOnly: flags.bool('arguments-only'),
    attach: flags.has('attach') ? flags.bool('attach') : stdin,
    container: flags.text('container'),
    copyTo: flags.text('copy-to'),
    env,
    image: flags.text('image'),
    images,
    pullPolicy: flags.text('image-pull-policy'),
    stdin,
    tty: flags.bool('tty'),
    quiet: flags.bool('quiet'),
    target: flags.text('target'),
    profile,
    custom: customProfile(session, flags.text('custom')),
  };
  checkActions(options, flags);
  yield* checkValues(options);
  return options;
}

function checkActions(options: DebugOptions, flags: Flags): void {
  const { image, container, images, words, copyTo } = options;
  if (options.attach && flags.has('attach') && image === '' && container === '')
    throw new CommandError('you must specify --container or create a new container using --image in order to attach.');
  if (copyTo !== '') {
    if (image === '' && images.size === 0 && words.length === 0)
      throw new CommandError('you must specify --image, --set-image or command arguments.');
    if (words.length > 0 && container === '' && image === '')
      throw new CommandError('you must specify an existing container or a new image when specifying args.');
    return;
  }
  if (flags.bool('replace')) throw new CommandError('--replace may only be used with --copy-to.');
  if (flags.bool('same-node')) throw new CommandError('--same-node may only be used with --copy-to.');
  if (images.size > 0) throw new CommandError('--set-image may only be used with --copy-to.');
  if (image === '') throw new CommandError('you must specify --image when not using --copy-to.');
}

function* checkValues(options: DebugOptions): Waiting<void> {
  const { session, image, images, names, pullPolicy, target, custom } = options;
  const badImage = 'invalid reference format';
  if (image !== '' && !parseImageReference(image))
    throw new CommandError(`invalid image name ${goQuote(image)}: ${badImage}`);
  if (names.length === 0 && fileOptions(session).filenames.length === 0)
    throw new CommandError('NAME or filename is required for debug');
  if (!['Always', 'IfNotPresent', 'Never', ''].includes(pullPolicy))
    throw new CommandError(`invalid image pull policy: ${pullPolicy}`);
  for (const [name, value] of images)
    if (!parseImageReference(value))
      throw new CommandError(`invalid image name ${goQuote(value)} for container ${goQuote(name)}: ${badImage}`);
  if (target !== '') {
    if (options.copyTo !== '')
      throw new CommandError('--target is incompatible with --copy-to. Use --share-processes instead.');
    if (!options.quiet)
      yield* session.out(
        `Targeting container ${goQuote(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
  }
  if (options.tty && !options.stdin) throw new CommandError('-i/--stdin is required for containers with -t/--tty=true');
  if (custom && FIXED.some((field) => isSet(custom[field])))
    throw new CommandError('name, command, image, lifecycle and volume devices are not modifiable via custom profile');
  if (options.profile === 'legacy')
    yield* session.err(
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
    );
}

/** What a custom profile may not say. */
const FIXED = ['name', 'command', 'image', 'lifecycle', 'volumeDevices'] as const;

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}

/** The values of a flag of pairs. Throws for one that is none. */
function pairsOf(flags: Flags, name: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const given of flags.inOrder().filter(([flag]) => flag === name)) {
    // Only several pairs in one value are separated by commas, so that one value may have some.
    const texts = (given[1].match(/=/g) ?? []).length > 1 ? given[1].split(',') : [given[1]];
    for (const text of texts) {
      const at = text.indexOf('=');
      if (at < 0)
        throw new CommandError(
          `invalid argument ${goQuote(given[1])} for "--${name}" flag: ${text} must be formatted as key=value\nSee 'kubectl debug --help' for usage.`,
        );
      pairs.set(text.slice(0, at), text.slice(at + 1));
    }
  }
  return pairs;
}

function customProfile({ sys }: Session, path: string): Partial<Container> | undefined {
  if (path === '') return undefined;
  let text: string;
  try {
    text = decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const why = `open ${path}: ${error.message.toLowerCase()}`;
    throw new CommandError(`must pass a container spec json file for custom profile: ${why}`);
  }
  let value: unknown;
  try {
    value = readYaml(text);
  } catch (error) {
    throw new CommandError(`${path} does not contain a valid container spec: ${plainText(error)}`);
  }
  if (!isJsonObject(value)) return undefined;
  // What no container has is passed over.
  const known = knownType('core.v1.Container').byName;
  return Object.fromEntries(Object.entries(value).filter(([name]) => known.has(name))) as Partial<Container>;
}
