import { goJson, goQuote } from '../../../../api/go-text.js';
import { configMapKey } from '../../../../api/names.js';
import type { Command } from '../../../cobra/command.js';
import { CommandError } from '../../../errors.js';
import { generatorCommand } from '../../../generate/generator.js';
import { hashedName } from '../../../generate/hash.js';
import { readSources } from '../../../generate/sources.js';

const KEY = '.dockerconfigjson';

/** `kubectl create secret docker-registry`. */
export const dockerRegistry: Command = generatorCommand('create secret', {
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  failing: 'failed to create secret ',
  build: function* ({ session, name }) {
    const { flags } = session;
    const [username, password, server, email] = [
      'docker-username',
      'docker-password',
      'docker-server',
      'docker-email',
    ].map((flag) => flags.text(flag)) as [string, string, string, string];
    const data: Record<string, string> = {};
    if (flags.list('from-file').length > 0) {
      readSources(session, (key, value) => {
        const problems = configMapKey(key);
        if (problems.length > 0)
          throw new CommandError(`${goQuote(key)} is not valid key name for a Secret ${problems.join(';')}`);
        data[key] = Buffer.from(value as string).toString('base64');
      });
    } else {
      if (username === '' || password === '' || server === '') {
        throw new CommandError(
          'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
        );
      }
      const auth = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      const config = { auths: { [server]: { username, password, ...(email === '' ? {} : { email }), auth } } };
      data[KEY] = Buffer.from(goJson(config), 'utf8').toString('base64');
    }
    const type = 'kubernetes.io/dockerconfigjson';
    const full = flags.bool('append-hash') ? hashedName('Secret', name, { data }, type) : name;
    return { kind: 'Secret', apiVersion: 'v1', metadata: { name: full }, data, type };
  },
});
