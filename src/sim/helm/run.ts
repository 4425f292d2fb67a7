import { goQuote } from '../api/go-text.js';
import { formatTime } from '../api/time.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { type Flags, FlagTable, parseFlags } from '../kubectl/cobra/flags.js';
import { Session } from '../kubectl/session.js';
import { Settings } from './settings.js';
import type { Notes } from './values/dependencies.js';
import { HELM_VERSION } from './version.js';

/** One run of helm: its flags and settings, its streams and log, its way to the cluster. */
export class HelmRun {
  readonly settings: Settings;
  private connected: Session | undefined;
  /** Lines for standard error that synchronous parts left. */
  private readonly pending: string[] = [];

  constructor(
    readonly sys: Sys,
    readonly flags: Flags,
    /** The command's path: `repo add`. */
    readonly path: string,
  ) {
    this.settings = new Settings(sys, flags);
  }

  *out(text: string): Waiting<void> {
    yield* this.flush();
    if (text !== '') yield* this.sys.write(1, text);
  }

  *err(text: string): Waiting<void> {
    yield* this.flush();
    if (text !== '') yield* this.sys.write(2, text);
  }

  /** A line of the structured log: `level=WARN msg="…" key=value`. */
  log(level: 'WARN' | 'ERROR' | 'INFO', message: string, attributes: Readonly<Record<string, string>> = {}): void {
    const pairs = Object.entries({ msg: message, ...attributes }).map(([key, value]) => ` ${key}=${quoted(value)}`);
    this.pending.push(`level=${level}${pairs.join('')}\n`);
  }

  /** A line of Go's plain log, with the time. */
  say(text: string): void {
    const time = formatTime(this.sys.now())
      .replace('T', ' ')
      .replace('Z', '')
      .replaceAll(/(\d{4})-(\d\d)-/g, '$1/$2/');
    this.pending.push(`${time} ${text}\n`);
  }

  /** Writes the lines of the log that were left. */
  *flush(): Waiting<void> {
    if (this.pending.length === 0) return;
    const text = this.pending.splice(0).join('');
    yield* this.sys.write(2, text);
  }

  /** For those who put values together. */
  readonly notes: Notes = {
    log: (text) => this.say(text),
    warn: (message, attributes) => this.log('WARN', message, attributes),
  };

  /** Whether words are coloured: on a terminal, unless somebody does not want it. */
  colours(): boolean {
    const { environment } = this.sys;
    if (environment.get('NO_COLOR')) return false;
    const flag = this.flags.has('colour') ? this.flags.text('colour') : this.flags.text('color');
    const mode = this.flags.has('color') || this.flags.has('colour') ? flag : (environment.get('HELM_COLOR') ?? 'auto');
    if (mode !== 'auto') return mode === 'always';
    return this.sys.terminal(1) !== undefined && environment.get('TERM') !== 'dumb';
  }

  /** The way to the cluster, made as kubectl makes it; `allNamespaces` has no namespace of its own. */
  session(): Session {
    this.connected ??= new Session(this.sys, this.accessFlags(), 'helm', `Helm/${HELM_VERSION.slice(1)}`);
    return this.connected;
  }

  /** What the server serves may have changed: the next look asks again. */
  forgetDiscovery(): void {
    this.connected = undefined;
  }

  /** The namespace releases are in. */
  namespace(): string {
    try {
      return this.session().namespace().name || 'default';
    } catch {
      return this.settings.access('namespace', 'HELM_NAMESPACE') || 'default';
    }
  }

  private accessFlags(): Flags {
    const { settings } = this;
    const words: string[] = [];
    const add = (flag: string, value: string): void => {
      if (value !== '') words.push(`--${flag}=${value}`);
    };
    add('kubeconfig', this.flags.text('kubeconfig'));
    add('context', settings.access('kube-context', 'HELM_KUBECONTEXT'));
    add('namespace', settings.access('namespace', 'HELM_NAMESPACE'));
    add('token', settings.access('kube-token', 'HELM_KUBETOKEN'));
    add('as', settings.access('kube-as-user', 'HELM_KUBEASUSER'));
    for (const group of this.flags.list('kube-as-group')) add('as-group', group);
    add('server', settings.access('kube-apiserver', 'HELM_KUBEAPISERVER'));
    add('certificate-authority', settings.access('kube-ca-file', 'HELM_KUBECAFILE'));
    add('tls-server-name', settings.access('kube-tls-server-name', 'HELM_KUBETLS_SERVER_NAME'));
    if (this.flags.bool('kube-insecure-skip-tls-verify')) add('insecure-skip-tls-verify', 'true');
    return parseFlags(new FlagTable('get'), words);
  }
}

/** A value as slog's text handler writes it. */
function quoted(value: string): string {
  return value === '' || /[\s"=]|[^\x21-\x7e]/.test(value) ? goQuote(value) : value;
}
