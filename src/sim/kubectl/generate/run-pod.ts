import { envVarName } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import { parseLabelList } from './exposed-service.js';

/** The pod `kubectl run` makes of its flags. Throws for ports and variables that are none. */
export function runPod(session: Session, name: string, words: readonly string[]): KubeObject {
  const { flags } = session;
  const labels = flags.text('labels') === '' ? { run: name } : parseLabelList(flags.text('labels'));
  const annotations = Object.fromEntries(
    flags.list('annotations').map((text) => text.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const stdin = flags.bool('stdin');
  const restart = flags.has('restart') ? flags.text('restart') : stdin ? 'OnFailure' : 'Always';
  const env = flags.list('env').map(variable);
  const port = flags.text('port');
  if (port !== '' && !/^\d+$/.test(port))
    throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  const pull = flags.text('image-pull-policy');
  const container = {
    name,
    image: flags.text('image'),
    ...(words.length === 0 ? {} : flags.bool('command') ? { command: [...words] } : { args: [...words] }),
    ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(env.length > 0 ? { env } : {}),
    resources: {},
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(stdin ? { stdin: true, ...(flags.bool('leave-stdin-open') ? {} : { stdinOnce: true }) } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
  };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, labels, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: { containers: [container], restartPolicy: restart, dnsPolicy: 'ClusterFirst' },
    status: {},
  };
}

function variable(text: string): { name: string; value?: string } {
  const equals = text.indexOf('=');
  if (equals <= 0 || envVarName(text.slice(0, equals)).length > 0) throw new CommandError(`invalid env: ${text}`);
  const value = text.slice(equals + 1);
  return { name: text.slice(0, equals), ...(value === '' ? {} : { value }) };
}
