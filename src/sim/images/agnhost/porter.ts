import { goJson } from '../../api/go-text.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Sys } from '../../kernel/sys.js';
import { loadKeyPair } from '../go/key-pair.js';
import { goLog } from '../go/log.js';
import { type GoHandler, goListen } from '../go/server.js';
import type { Command } from './command.js';
import { listenUdp } from './udp.js';

/** agnhost porter: answers on the ports that SERVE_PORT_80=… and its like in the environment name. */
export const porter: Command = {
  name: 'porter',
  short: 'Serves requested data on ports specified in ENV variables',
  flags: [{ name: 'json-response', truth: true }],
  *run(sys, given) {
    for (const [name, value] of sys.environment) {
      const [, kind, port] = /^SERVE_(|TCP_|UDP_|TLS_)PORT_(\d+)$/.exec(name) ?? [];
      if (port === undefined) continue;
      const failure = serve(sys, kind ?? '', Number(port), value, given.get('json-response') === 'true');
      if (failure !== undefined) goLog(sys, failure);
      else if (kind === 'UDP_') goLog(sys, `Started UDP server on port ${port}`);
    }
    yield* untilSignal(sys);
    return 2;
  },
};

function serve(sys: Sys, kind: string, port: number, value: string, json: boolean): string | undefined {
  if (kind === 'UDP_') return listenUdp(sys, port, () => value);
  const handle: GoHandler = ({ method }) =>
    json
      ? { text: goJson({ Method: method, Body: value }), headers: { 'content-type': 'application/json' } }
      : { text: value };
  if (kind !== 'TLS_') {
    const failure = goListen(sys, port, handle);
    return failure && `server on port "${port}" failed: ${failure}`;
  }
  const [certificate, key] = [
    sys.environment.get('CERT_FILE') || 'localhost.crt',
    sys.environment.get('KEY_FILE') || 'localhost.key',
  ];
  const pair = loadKeyPair(sys, certificate, key);
  const failure = 'failure' in pair ? pair.failure : goListen(sys, port, handle, pair.tls);
  return failure && `tls server on port "${port}" with certFile="${certificate}", keyFile="${key}" failed: ${failure}`;
}
