import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create deployment`. */
export const deployment: Command = generatorCommand('create', {
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  required: ['image'],
  failing: 'failed to create deployment: ',
  build: function* ({ session: { flags }, name, command }) {
    const images = flags.list('image');
    if (images.length > 1 && command.length > 0)
      throw new CommandError('cannot specify multiple --image options and command');
    const port = flags.number('port');
    const containers = images.map((image) => ({
      name: containerName(image),
      image,
      ...(command.length > 0 ? { command } : {}),
      ...(port >= 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }));
    const labels = { app: name };
    return {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name, labels },
      spec: {
        replicas: flags.number('replicas'),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    };
  },
});

/** The last part of an image's name, without tag and digest, as a container may be called. */
function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  return (last.split(/[:@]/)[0] ?? '').replaceAll(/[^-a-zA-Z0-9]/g, '-');
}
