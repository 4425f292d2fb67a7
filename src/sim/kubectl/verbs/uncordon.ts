import type { Command } from '../cobra/command.js';
import { completeNames } from '../completion/resources.js';
import { cordonNodes, nodesOf } from '../drain/cordon.js';

/** `kubectl uncordon`. */
export const uncordon: Command = {
  name: 'uncordon',
  short: 'Mark node as schedulable',
  complete: completeNames('nodes'),
  run: function* (session, _flags, args) {
    yield* cordonNodes(session, yield* nodesOf(session, args, 'uncordon'), false);
  },
};
