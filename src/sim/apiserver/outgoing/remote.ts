import type { ClientTls } from '../../kernel/network.js';

/** A server that a kubeconfig names, and how to show oneself there. */
export interface Remote {
  /** `https://host:port/path`, without a slash at the end. */
  readonly server: string;
  /** Throws `Error` when a file of it can no longer be read. */
  tls(): ClientTls;
  headers(): Readonly<Record<string, string>>;
}

/** Reads the kubeconfig at a path, as one that says everything by itself. Throws `Error` in the words of clientcmd. */
export type ReadRemote = (path: string) => Remote;
