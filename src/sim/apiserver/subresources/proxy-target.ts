import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';

/** Where a proxied request goes. */
export interface ProxyTarget {
  readonly scheme: 'http' | 'https';
  readonly address: string;
  readonly port: number;
}

/** The server's way to pods and services. Throws `Error` with Go's words when nobody can be reached. */
export interface ProxyAccess {
  request(target: ProxyTarget, request: HttpRequest): Waiting<HttpResponse>;
}
