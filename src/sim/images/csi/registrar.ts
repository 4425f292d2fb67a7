import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program } from '../../kernel/sys.js';
import { goListen } from '../go/server.js';
import { serveCsi } from './serve.js';
import { driverName, flagsOf, socketPath } from './sidecar.js';

/** node-driver-registrar: tells the node's kubelet of the driver beside it, by a socket where kubelet looks for them. */
export const nodeDriverRegistrar: Program = function* nodeDriverRegistrar(sys) {
  const flags = flagsOf(sys);
  const name = yield* driverName(sys, socketPath(flags.get('csi-address')?.[0] ?? '/run/csi/socket'));
  const endpoint = flags.get('kubelet-registration-path')?.[0] ?? '';
  serveCsi(sys, `/registration/${name}-reg.sock`, { GetInfo: () => ({ type: 'CSIPlugin', name, endpoint }) });
  const port = Number((flags.get('http-endpoint')?.[0] ?? '').split(':').at(-1));
  if (port > 0) goListen(sys, port, () => ({ text: 'ok' }));
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

/** livenessprobe: answers as long as the driver beside it does. */
export const livenessprobe: Program = function* livenessprobe(sys) {
  const flags = flagsOf(sys);
  const socket = socketPath(flags.get('csi-address')?.[0] ?? '/run/csi/socket');
  yield* driverName(sys, socket);
  goListen(sys, Number(flags.get('health-port')?.[0] ?? 9808), () => {
    try {
      sys.connectPath(socket).close();
      return { text: 'ok' };
    } catch {
      return { status: 500, text: 'rpc error: code = Unavailable desc = connection error' };
    }
  });
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};
