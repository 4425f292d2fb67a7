import type { KubeObject } from '../../api/object.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';

/**
 * Asks the kubelet of a node: `https://<internal IP>:10250<target>`. Throws `Error` with Go's words when it cannot be
 * reached.
 */
export interface KubeletAccess {
  request(node: KubeObject, request: HttpRequest): Waiting<HttpResponse>;
}
