/** What the controller's ConfigMap may say, as far as it counts here (config.Configuration of v1.15). */
export interface ControllerSettings {
  readonly allowSnippetAnnotations: boolean;
  readonly annotationsRiskLevel: string;
  readonly strictValidatePathType: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly redirectCode: number;
  readonly hsts: boolean;
  readonly hstsMaxAge: string;
  readonly hstsIncludeSubdomains: boolean;
  readonly hstsPreload: boolean;
  readonly serverTokens: boolean;
  readonly useForwardedHeaders: boolean;
  readonly proxyBodySize: string;
  readonly proxyConnectTimeout: string;
  readonly proxyReadTimeout: string;
  readonly proxySendTimeout: string;
  readonly proxyNextUpstream: string;
  readonly proxyNextUpstreamTries: string;
  readonly allowlist: string;
  readonly keepAlive: string;
  readonly keepAliveRequests: string;
  readonly sslProtocols: string;
  readonly logFormat: string;
  readonly rejectHandshake: boolean;
  /** `auto`: as many as there are processors. */
  readonly workerProcesses: string;
  readonly mainSnippet: string;
  readonly httpSnippet: string;
  readonly serverSnippet: string;
  readonly locationSnippet: string;
}

const LOG_FORMAT =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ' +
  '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr ' +
  '$upstream_response_length $upstream_response_time $upstream_status $req_id';

/** Reads the data of the ConfigMap; what it does not say is as the controller has it. */
export function readSettings(data: Readonly<Record<string, string>> = {}): ControllerSettings {
  const text = (name: string, otherwise: string) => data[name] ?? otherwise;
  const flag = (name: string, otherwise: boolean) =>
    /^(?:true|false)$/i.test(data[name] ?? '') ? /^true$/i.test(data[name] ?? '') : otherwise;
  return {
    allowSnippetAnnotations: flag('allow-snippet-annotations', false),
    annotationsRiskLevel: text('annotations-risk-level', 'High'),
    strictValidatePathType: flag('strict-validate-path-type', true),
    sslRedirect: flag('ssl-redirect', true),
    forceSslRedirect: flag('force-ssl-redirect', false),
    redirectCode: Number(text('http-redirect-code', '308')),
    hsts: flag('hsts', true),
    hstsMaxAge: text('hsts-max-age', '31536000'),
    hstsIncludeSubdomains: flag('hsts-include-subdomains', true),
    hstsPreload: flag('hsts-preload', false),
    serverTokens: flag('server-tokens', false),
    useForwardedHeaders: flag('use-forwarded-headers', false),
    proxyBodySize: text('proxy-body-size', '1m'),
    proxyConnectTimeout: text('proxy-connect-timeout', '5'),
    proxyReadTimeout: text('proxy-read-timeout', '60'),
    proxySendTimeout: text('proxy-send-timeout', '60'),
    proxyNextUpstream: text('proxy-next-upstream', 'error timeout'),
    proxyNextUpstreamTries: text('proxy-next-upstream-tries', '3'),
    allowlist: text('whitelist-source-range', ''),
    keepAlive: text('keep-alive', '75'),
    keepAliveRequests: text('keep-alive-requests', '1000'),
    sslProtocols: text('ssl-protocols', 'TLSv1.2 TLSv1.3'),
    logFormat: text('log-format-upstream', LOG_FORMAT),
    rejectHandshake: flag('ssl-reject-handshake', false),
    workerProcesses: text('worker-processes', 'auto'),
    mainSnippet: text('main-snippet', ''),
    httpSnippet: text('http-snippet', ''),
    serverSnippet: text('server-snippet', ''),
    locationSnippet: text('location-snippet', ''),
  };
}
