import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { CommandError, throwAll } from '../../errors.js';
import { resourcesAndPairs } from '../../metadata/pairs.js';
import { ChangeProblems, changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';
import { containersOf, goTypeName, templateOf } from '../../workload/pod-spec.js';

/** `kubectl set image`. */
export const image: Command = {
  name: 'image',
  short: 'Update the image of a pod template',
  complete: completeTypes(
    'daemonsets',
    'deployments',
    'pods',
    'cronjobs',
    'replicasets',
    'replicationcontrollers',
    'statefulsets',
  ),
  run: function* (session, flags, args) {
    const { resources, pairs } = resourcesAndPairs(args, 'image');
    const images = new Map<string, string>();
    const invalid: string[] = [];
    for (const pair of pairs) {
      const equals = pair.indexOf('=');
      if (equals <= 0) invalid.push(pair);
      else images.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    if (invalid.length > 0) throw new CommandError(`invalid image format: ${invalid.join(', ')}`);
    const infos = yield* setTargets(session, resources);
    const problems: CommandError[] = [];
    if (flags.bool('all') && flags.text('selector') !== '')
      problems.push(new CommandError('cannot set --all and --selector at the same time'));
    if (images.size === 0) problems.push(new CommandError('at least one image update is required'));
    else if (images.size > 1 && images.has('*')) {
      problems.push(
        new CommandError(
          'all containers are already specified by *, but saw more than one container_name=container_image pairs',
        ),
      );
    }
    throwAll(problems);
    checkLocal(session);
    yield* changeAll(session, infos, {
      failing: 'failed to patch image update to pod template: ',
      done: 'image updated',
      change: (object) => {
        const spec = templateOf(object)?.spec;
        if (!spec)
          throw new CommandError(`the object is not a pod or does not have a pod template: ${goTypeName(object)}`);
        const containers = containersOf(spec);
        const missing: CommandError[] = [];
        for (const [name, value] of images) {
          const found = name === '*' ? containers : containers.filter((each) => each.name === name);
          if (found.length === 0)
            missing.push(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`));
          for (const each of found) each.image = value;
        }
        if (missing.length > 0) throw new ChangeProblems(missing);
      },
    });
  },
};
