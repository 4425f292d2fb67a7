import { goQuote } from '../../../api/go-text.js';
import { configMapKey } from '../../../api/names.js';
import { decodeText } from '../../../kernel/bytes.js';
import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { hashedName } from '../../generate/hash.js';
import { isText, readSources } from '../../generate/sources.js';

/** `kubectl create configmap`. */
export const configmap: Command = generatorCommand('create', {
  name: 'configmap',
  aliases: ['cm'],
  short: 'Create a config map from a local file, directory or literal value',
  failing: 'failed to create configmap: ',
  build: function* ({ session, name }) {
    const { flags } = session;
    if (
      flags.list('from-env-file').length > 0 &&
      flags.list('from-file').length + flags.list('from-literal').length > 0
    ) {
      throw new CommandError('from-env-file cannot be combined with from-file or from-literal');
    }
    const data: Record<string, string> = {};
    const binaryData: Record<string, string> = {};
    readSources(session, (key, value) => {
      const problems = configMapKey(key);
      if (problems.length > 0)
        throw new CommandError(`${goQuote(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`);
      const taken = key in data ? 'Data' : key in binaryData ? 'BinaryData' : undefined;
      if (taken)
        throw new CommandError(
          `cannot add key ${goQuote(key)}, another key by that name already exists in ${taken} for ConfigMap ${goQuote(name)}`,
        );
      if (typeof value === 'string') data[key] = value;
      else if (isText(value)) data[key] = decodeText(value);
      else binaryData[key] = Buffer.from(value).toString('base64');
    });
    const content = {
      ...(Object.keys(data).length > 0 ? { data } : {}),
      ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
    };
    const full = flags.bool('append-hash') ? hashedName('ConfigMap', name, content) : name;
    return { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: full }, ...content };
  },
});
