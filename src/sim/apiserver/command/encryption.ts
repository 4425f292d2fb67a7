import { klogLine } from '../../client/klog.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { ConfigurationError } from '../configuration-file.js';
import { readEncryptionConfiguration } from '../encryption/configuration.js';
import type { ResourceEntry } from '../encryption/configuration-types.js';
import { EncryptedStore, type TransformerOf } from '../encryption/encrypted-store.js';
import { resourceOfKey } from '../encryption/resource-of-key.js';
import { resourceTransformers } from '../encryption/transformers.js';
import type { KindRegister } from '../kind-register.js';
import { readText, StartError } from './files.js';
import type { Flags } from './flags.js';

const FILE = 'encryption-provider-config';
const RELOAD = `${FILE}-automatic-reload`;
const RELOAD_PERIOD = MINUTE;

/** How a server encrypts what it writes, and what it says of itself because of that. */
export interface Encryption {
  /** A store as this server sees it. */
  seen(store: Store): Store;
  /** Whether the file is read again when it changes. */
  readonly reloads: boolean;
  /** The plug-in among those that keep keys elsewhere whose health is asked for: nobody answers for one here. */
  readonly plugin: string | undefined;
  /** Looks every minute whether the file has changed; a wrong one is told and left. */
  keepFresh(sys: Sys): Waiting<void>;
}

/** What does not fit in the flags, in the server's words. */
export function encryptionProblems(flags: Flags): string[] {
  return flags.boolean(RELOAD, false) && flags.text(FILE) === '' ? [`--${RELOAD} must be set with --${FILE}`] : [];
}

/** The encryption that the flags ask for; undefined without a file. Throws StartError. */
export function readEncryption(sys: Sys, flags: Flags, kinds: KindRegister): Encryption | undefined {
  const path = flags.text(FILE);
  if (path === '') return undefined;
  const reloads = flags.boolean(RELOAD, false);
  const random = sys.random().fork('encryption');
  const first = load(sys, path, reloads, kinds);
  let { text, transformerOf } = first;
  const views: EncryptedStore[] = [];
  return {
    reloads,
    plugin: pluginOf(first.entries),
    seen(store) {
      const view = new EncryptedStore(store, transformerOf, (count) => random.bytes(count));
      views.push(view);
      return view;
    },
    *keepFresh() {
      for (;;) {
        yield* sys.sleep(RELOAD_PERIOD);
        try {
          const next = load(sys, path, reloads, kinds);
          if (next.text === text) continue;
          ({ text, transformerOf } = next);
          for (const view of views) view.reconfigure(transformerOf);
        } catch (error) {
          if (!(error instanceof StartError)) throw error;
          const told = `"Unhandled Error" err=${JSON.stringify(`error processing encryption config file ${path}: ${error.message}`)} logger="UnhandledError"`;
          yield* sys.write(2, klogLine(sys, 'E', 'controller.go:182', told));
        }
      }
    },
  };
}

function pluginOf(entries: readonly ResourceEntry[]): string | undefined {
  for (const { providers } of entries) for (const { kms } of providers ?? []) if (kms) return kms.name;
  return undefined;
}

interface Loaded {
  readonly text: string;
  readonly entries: readonly ResourceEntry[];
  readonly transformerOf: TransformerOf;
}

function load(sys: Sys, path: string, reload: boolean, kinds: KindRegister): Loaded {
  const text = readFile(sys, path);
  const entries = parsing('error while parsing file', () => readEncryptionConfiguration(text, path, reload));
  const choose = parsing('error while building transformers', () => resourceTransformers(entries));
  return { text, entries, transformerOf: (key) => choose(...resourceOfKey(kinds, key)) };
}

function readFile(sys: Sys, path: string): string {
  const where = `encryption provider configuration file ${JSON.stringify(path)}`;
  const prefix = 'error while parsing file: error while loading file: ';
  let text: string;
  try {
    text = readText(sys, path);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${prefix}error reading ${where}: ${error.message}`);
  }
  if (text === '') throw new StartError(`${prefix}${where} is empty`);
  return text;
}

function parsing<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) throw new StartError(`${prefix}: ${error.message}`);
    throw error;
  }
}
