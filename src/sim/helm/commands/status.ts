import { actionContext } from '../action/context.js';
import { exactly, type HelmCommand } from '../command.js';
import { writeAs } from '../output.js';
import { releaseValue } from '../release/encode.js';
import { releaseContent } from '../told/release-content.js';
import { resourceObjects, resourceTables } from '../told/resource-tables.js';
import { statusText } from '../told/status-text.js';

/** `helm status`. */
export const statusCommand: HelmCommand = {
  name: 'status',
  short: 'display the status of the named release',
  usage: 'RELEASE_NAME',
  flags: 'revision:i=0 o/output:s=table',
  arity: exactly(1),
  *run(run, [name = '']) {
    const context = actionContext(run);
    const release = yield* releaseContent(context, name);
    if (run.flags.text('output') === 'table') {
      const resources = yield* resourceTables(context, release.manifest);
      return yield* run.out(statusText(run, release, { resources }));
    }
    const objects = yield* resourceObjects(context, release.manifest);
    yield* writeAs(run, releaseValue(release, objects, false), () => '');
  },
};
