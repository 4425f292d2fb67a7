import type { ApiClient } from '../../../src/sim/client/client.js';
import { EventBroadcaster } from '../../../src/sim/client/event-recorder.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { KeyQueue } from '../../../src/sim/client/work-queue.js';
import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import type { ControllerContext } from '../../../src/sim/controllers/machinery/context.js';
import { DEFAULT_OPTIONS } from '../../../src/sim/controllers/machinery/options.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';

/** What a test of kubectl needs: everything that makes pods, endpoints and accounts, nothing that judges nodes. */
const NAMES = [
  'daemonset-controller',
  'deployment-controller',
  'disruption-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'replicaset-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
];

/** Starts controllers in a process. */
export function startControllers(sys: Sys, client: ApiClient): void {
  const informers = new InformerFactory(sys, client);
  const events = new EventBroadcaster(sys, client);
  const context: ControllerContext = {
    sys,
    client,
    options: DEFAULT_OPTIONS,
    log: { info: () => {}, error: () => {} },
    informer: (type) => informers.informer(type),
    queue: () => new KeyQueue(sys),
    recorder: (component) => events.recorder({ component }),
    waitForCaches: () => informers.waitForCaches(),
  };
  for (const controller of CONTROLLERS) if (NAMES.includes(controller.name)) controller.start(context);
  informers.start();
}
