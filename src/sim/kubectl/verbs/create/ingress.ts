import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';

const RULE =
  /^(?<host>[\w*\-.]*)(?<path>\/[^=]*)=(?<service>[\w-]+):(?<port>[\w-]+)(?<tls>,tls(=(?<secret>[\w-]+))?)?$/;

/** `kubectl create ingress`. */
export const ingress: Command = generatorCommand('create', {
  name: 'ingress',
  aliases: ['ing'],
  short: 'Create an ingress with the specified name',
  failing: 'failed to create ingress: ',
  build: function* ({ session: { flags }, name }) {
    const rules = flags.list('rule');
    const backend = flags.text('default-backend');
    if (backend === '' && rules.length === 0) {
      throw new CommandError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    }
    const parsed = rules.map((rule) => {
      const groups = RULE.exec(rule)?.groups;
      if (!groups)
        throw new CommandError(
          `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
        );
      return groups as Record<string, string | undefined>;
    });
    const annotations = annotationsOf(flags.list('annotation'));
    if (backend !== '' && backend.split(':').length !== 2)
      throw new CommandError('default-backend should be in format servicename:serviceport');
    const className = flags.text('class');
    const tls = tlsOf(parsed);
    return {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      metadata: { name, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        ...(className === '' ? {} : { ingressClassName: className }),
        ...(backend === '' ? {} : { defaultBackend: backendOf(...(backend.split(':') as [string, string])) }),
        ...(tls.length > 0 ? { tls } : {}),
        ...(parsed.length > 0 ? { rules: rulesOf(parsed) } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
});

type Groups = Record<string, string | undefined>;

function annotationsOf(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((text) => {
      const match = /^(?<key>[^=]+)=(?<value>.*)$/s.exec(text);
      if (!match) throw new CommandError(`annotation ${text} is invalid and should be in format key=[value]`);
      return [match[1] as string, match[2] as string];
    }),
  );
}

function backendOf(service: string, port: string): object {
  return { service: { name: service, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function rulesOf(parsed: readonly Groups[]): object[] {
  const hosts = new Map<string, object[]>();
  for (const { host = '', path = '', service = '', port = '' } of parsed) {
    const prefix = path.endsWith('*');
    const entry = {
      path: prefix ? path.slice(0, -1) : path,
      pathType: prefix ? 'Prefix' : 'Exact',
      backend: backendOf(service, port),
    };
    hosts.set(host, [...(hosts.get(host) ?? []), entry]);
  }
  return [...hosts].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } }));
}

function tlsOf(parsed: readonly Groups[]): object[] {
  const secrets = new Map<string, string[]>();
  for (const { host = '', tls, secret = '' } of parsed) {
    if (tls === undefined) continue;
    const hosts = secrets.get(secret) ?? [];
    if (host !== '' && !hosts.includes(host)) hosts.push(host);
    secrets.set(secret, hosts);
  }
  return [...secrets].map(([secretName, hosts]) => ({
    ...(hosts.length > 0 ? { hosts } : {}),
    ...(secretName === '' ? {} : { secretName }),
  }));
}
