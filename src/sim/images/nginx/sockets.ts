import { isErrno } from '../../kernel/errno.js';
import { type Listener, type Message, type Peer, type ServerTls, TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ERRNO } from './load.js';
import type { KeyPair, Scripts } from './scripts.js';
import { type Configuration, type Listen, type Site, wordsOf } from './sites.js';

/** The ports that nginx listens at, and the certificates that it shows there. */
export class Sockets {
  private readonly listeners = new Map<string, { readonly listener: Listener; readonly ssl: boolean }>();
  private readonly pems = new Map<string, string>();
  private table: Configuration['table'] | undefined;

  constructor(
    private readonly sys: Sys,
    private readonly scripts: Scripts,
    private readonly serve: (port: number, message: Message, peer: Peer) => Waiting<Message>,
  ) {}

  /** Certificates are read once; from now on they are read again. */
  forgetPems(): void {
    this.pems.clear();
  }

  /** Opens the ports that sites want and closes the others; returns what is wrong. Certificates are read anew when they were forgotten. */
  listen(configuration: Configuration): string | undefined {
    const { sites } = configuration;
    this.readPems(sites);
    const wanted = new Map<string, Listen>();
    for (const listen of sites.flatMap(({ listens }) => listens)) {
      if (listen.address.startsWith('unix:')) continue;
      const local = /^(?:127\.|\[::1\]|localhost)/.test(listen.address) ? '127.0.0.1' : listen.address;
      const all = local.startsWith('[') || local === '0.0.0.0';
      const key = all ? String(listen.port) : `${local}:${listen.port}`;
      if (!wanted.has(key) || listen.ssl) wanted.set(key, { ...listen, address: all ? '0.0.0.0' : local });
    }
    for (const [key, { listener, ssl }] of this.listeners) {
      if (wanted.get(key)?.ssl === ssl) continue;
      listener.close();
      this.listeners.delete(key);
    }
    for (const [key, { address, port, ssl }] of wanted) {
      if (this.listeners.has(key)) continue;
      try {
        const listener = this.sys.listen({
          ...(address === '0.0.0.0' ? {} : { address }),
          port,
          application: 'http',
          handler: (message, peer) => this.serve(port, message, peer),
          ...(ssl ? { tls: this.tlsOf(port) } : {}),
        });
        this.listeners.set(key, { listener, ssl });
      } catch (error) {
        if (!isErrno(error)) throw error;
        return `bind() to ${address}:${port} failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
      }
    }
    this.table = configuration.table;
    return undefined;
  }

  /** Certificate and key of the site for the name that a client asks for, as they are when it comes. */
  private tlsOf(port: number): ServerTls {
    const read = (name: string, serverName: string | undefined) => {
      const site = this.siteFor(port, serverName);
      const scripted = this.scripted(site, serverName);
      if (scripted) return name === 'ssl_certificate' ? scripted.certificate : scripted.key;
      if (site && wordsOf(site.base, 'ssl_reject_handshake')?.[0] === 'on')
        throw new TlsError('remote error: tls: unrecognized name');
      const path = (site && wordsOf(site.base, name)?.[0]) ?? '';
      const full = path.startsWith('/') ? path : `/etc/nginx/${path}`;
      const kept = this.pems.get(full) ?? Buffer.from(this.sys.readFile(full)).toString('utf8');
      this.pems.set(full, kept);
      return kept;
    };
    return {
      certificate: (serverName) => read('ssl_certificate', serverName),
      key: (serverName) => read('ssl_certificate_key', serverName),
      library: 'openssl',
    };
  }

  private siteFor(port: number, serverName: string | undefined): Site | undefined {
    return this.table?.choose(port, serverName?.toLowerCase() ?? '');
  }

  private scripted(site: Site | undefined, serverName: string | undefined): KeyPair | undefined {
    const script = site && wordsOf(site.base, 'ssl_certificate_by_lua_file')?.[0];
    return script === undefined ? undefined : this.scripts.certificate?.(script, serverName?.toLowerCase());
  }

  /** nginx reads its certificates at its start and at a reload. */
  private readPems(sites: readonly Site[]): void {
    for (const { listens, base } of sites) {
      if (!listens.some(({ ssl }) => ssl)) continue;
      for (const name of ['ssl_certificate', 'ssl_certificate_key']) {
        const path = wordsOf(base, name)?.[0];
        if (path === undefined || path.includes('$')) continue;
        const full = path.startsWith('/') ? path : `/etc/nginx/${path}`;
        if (!this.pems.has(full)) this.pems.set(full, Buffer.from(this.sys.readFile(full)).toString('utf8'));
      }
    }
  }
}
