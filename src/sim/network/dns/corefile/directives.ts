/** The plugins CoreDNS is built with, in the order they act in whatever a Corefile's order is (its plugin.cfg). */
export const DIRECTIVES: readonly string[] = (
  'root metadata geoip cancel tls quic grpc_server https https3 timeouts multisocket reload nsid bufsize bind debug ' +
  'trace ready health pprof prometheus errors log dnstap local dns64 any chaos loadbalance tsig cache rewrite acl ' +
  'header dnssec autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto ' +
  'secondary etcd loop forward grpc erratic whoami on sign view nomad'
).split(' ');
