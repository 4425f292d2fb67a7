/** The names below docker.io/library: Docker's official images. Nobody else may put anything there. */
export const OFFICIAL_NAMES: ReadonlySet<string> = new Set(
  (
    'adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash bonita buildpack-deps busybox caddy ' +
    'cassandra centos chronograf cirros clearlinux clefos clickhouse clojure composer consul convertigo couchbase couchdb crate dart debian docker drupal ' +
    'eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle ' +
    'groovy haproxy haskell haxe hello-world hitch hola-mundo httpd hylang ibmjava influxdb irssi jetty jobber joomla jruby julia kapacitor kibana kong ' +
    'krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mysql nats nats-streaming neo4j ' +
    'neurodebian nextcloud nginx node notary odoo open-liberty openjdk opensuse oraclelinux orientdb percona perl photon php php-zendserver phpmyadmin plone ' +
    'postfixadmin postgres pypy python r-base rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa ' +
    'scratch silverpeas sl solr sonarqube spark spiped storm swift swipl teamspeak telegraf thrift tomcat tomee traefik ubuntu unit varnish vault websphere-liberty ' +
    'wordpress xwiki yourls znc zookeeper'
  ).split(' '),
);

/** Folders and single names of registry.k8s.io, which only Kubernetes' own projects fill. */
export const KUBERNETES_NAMES: ReadonlySet<string> = new Set(
  (
    'addon-resizer aws autoscaling build-image busybox cloud-controller-manager cloud-provider-gcp cloud-provider-vsphere cluster-api ' +
    'cluster-api-azure conformance coredns cpa csi-secrets-store csi-vsphere debian-base defaultbackend-amd64 descheduler distroless-iptables dns dra-driver-gpu ' +
    'dra-example-driver e2e-test-images echoserver etcd etcdadm external-dns gateway-api git-sync hpa-example ingress-nginx jobset kas-network-proxy ' +
    'kube-apiserver kube-controller-manager kube-cross kube-proxy kube-registry-proxy kube-scheduler kube-state-metrics kubectl kueue kustomize lws ' +
    'metrics-server networking nfd nginx nginx-slim node-problem-detector node-test pause prometheus-adapter provider-aws provider-os redis releng ' +
    'scheduler-plugins security-profiles-operator serve_hostname sig-storage'
  ).split(' '),
);

/** Names of Docker Hub's users and their images that people often ask for: a slip in one of them names nothing. */
export const WELL_KNOWN_NAMES: readonly string[] = (
  'argoproj/argocd bitnami/kubectl bitnami/nginx bitnami/postgresql bitnami/redis calico/cni calico/node cilium/cilium curlimages/curl dockersamples/examplevotingapp_vote ' +
  'falcosecurity/falco flannel/flannel fluent/fluent-bit grafana/grafana grafana/loki hashicorp/http-echo hashicorp/vault ingress/nginx istio/pilot istio/proxyv2 ' +
  'jenkins/jenkins kong/kong kubernetesui/dashboard kubernetesui/metrics-scraper mendhak/http-https-echo minio/minio nicolaka/netshoot nginxinc/nginx-unprivileged ' +
  'openpolicyagent/gatekeeper openpolicyagent/opa polinux/stress prom/node-exporter prom/prometheus prom/pushgateway rancher/local-path-provisioner ' +
  'stefanprodan/podinfo tomcat/tomcat traefik/traefik traefik/whoami vish/stress weaveworks/weave-kube'
).split(' ');
