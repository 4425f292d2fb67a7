import { goQuote } from '../../../../api/go-text.js';
import { configMapKey } from '../../../../api/names.js';
import type { Command } from '../../../cobra/command.js';
import { CommandError } from '../../../errors.js';
import { generatorCommand } from '../../../generate/generator.js';
import { hashedName } from '../../../generate/hash.js';
import { readSources } from '../../../generate/sources.js';

/** `kubectl create secret generic`. */
export const generic: Command = generatorCommand('create secret', {
  name: 'generic',
  short: 'Create a secret from a local file, directory, or literal value',
  failing: 'failed to create secret ',
  build: function* ({ session, name }) {
    const { flags } = session;
    if (
      flags.list('from-env-file').length > 0 &&
      flags.list('from-file').length + flags.list('from-literal').length > 0
    ) {
      throw new CommandError('from-env-file cannot be combined with from-file or from-literal');
    }
    const data: Record<string, string> = {};
    readSources(session, (key, value) => {
      const problems = configMapKey(key);
      if (problems.length > 0)
        throw new CommandError(`${goQuote(key)} is not valid key name for a Secret ${problems.join(';')}`);
      if (key in data) throw new CommandError(`cannot add key ${key}, another key by that name already exists`);
      data[key] = Buffer.from(value as string).toString('base64');
    });
    const type = flags.text('type');
    const content = Object.keys(data).length > 0 ? { data } : {};
    const full = flags.bool('append-hash') ? hashedName('Secret', name, content, type) : name;
    return { kind: 'Secret', apiVersion: 'v1', metadata: { name: full }, ...content, ...(type === '' ? {} : { type }) };
  },
});
