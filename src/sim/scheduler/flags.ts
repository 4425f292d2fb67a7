import { flagTable } from '../client/component/flags.js';

/** The flags of kube-scheduler v1.36. */
export const SCHEDULER_FLAGS = flagTable({
  bool: `authentication-skip-lookup authentication-tolerate-lookup-failure contention-profiling
    disable-http2-serving emulation-forward-compatible leader-elect permit-address-sharing permit-port-sharing
    profiling`,
  duration: `authentication-token-webhook-cache-ttl authorization-webhook-cache-authorized-ttl
    authorization-webhook-cache-unauthorized-ttl leader-elect-lease-duration leader-elect-renew-deadline
    leader-elect-retry-period pod-max-in-unschedulable-pods-duration`,
  float: 'kube-api-qps',
  int: 'http2-max-streams-per-connection kube-api-burst secure-port',
  text: `allow-metric-labels allow-metric-labels-manifest authentication-kubeconfig
    authorization-always-allow-paths authorization-kubeconfig bind-address cert-dir client-ca-file config
    debug-socket-path disabled-metrics emulated-version kube-api-content-type kubeconfig leader-elect-resource-lock
    leader-elect-resource-name leader-elect-resource-namespace log-json-info-buffer-size log-json-split-stream
    log-text-info-buffer-size log-text-split-stream master min-compatibility-version requestheader-allowed-names
    requestheader-client-ca-file requestheader-extra-headers-prefix requestheader-group-headers
    requestheader-uid-headers requestheader-username-headers show-hidden-metrics-for-version tls-cert-file
    tls-cipher-suites tls-curve-preferences tls-min-version tls-private-key-file tls-sni-cert-key write-config-to`,
});
