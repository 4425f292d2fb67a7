import type { ImageRepository } from '../image.js';
import { admissionWebhook } from './admission-webhook.js';
import { agnhost } from './agnhost.js';
import { alpine } from './alpine.js';
import { busybox } from './busybox.js';
import { calicoNode } from './calico-node.js';
import { coredns } from './coredns.js';
import { csiAttacher } from './csi-attacher.js';
import { csiNodeDriverRegistrar } from './csi-node-driver-registrar.js';
import { csiProvisioner } from './csi-provisioner.js';
import { csiResizer } from './csi-resizer.js';
import { csiSnapshotter } from './csi-snapshotter.js';
import { curl } from './curl.js';
import { debian } from './debian.js';
import { etcd } from './etcd.js';
import { flannel } from './flannel.js';
import { flannelCniPlugin } from './flannel-cni-plugin.js';
import { hostpathplugin } from './hostpathplugin.js';
import { httpEcho } from './http-echo.js';
import { httpd } from './httpd.js';
import { ingressNginxController } from './ingress-nginx-controller.js';
import { jessieDnsutils } from './jessie-dnsutils.js';
import { kubeApiserver } from './kube-apiserver.js';
import { kubeControllerManager } from './kube-controller-manager.js';
import { kubeProxy } from './kube-proxy.js';
import { kubeScheduler } from './kube-scheduler.js';
import { kubeWebhookCertgen } from './kube-webhook-certgen.js';
import { livenessprobe } from './livenessprobe.js';
import { localPathProvisioner } from './local-path-provisioner.js';
import { memcached } from './memcached.js';
import { metallbController } from './metallb-controller.js';
import { metallbSpeaker } from './metallb-speaker.js';
import { metricsAdapter } from './metrics-adapter.js';
import { metricsServer } from './metrics-server.js';
import { mysql } from './mysql.js';
import { netshoot } from './netshoot.js';
import { nginx } from './nginx.js';
import { nginxGatewayFabric } from './nginx-gateway-fabric.js';
import { nginxGatewayFabricNginx } from './nginx-gateway-fabric-nginx.js';
import { node } from './node.js';
import { pause } from './pause.js';
import { perl } from './perl.js';
import { postgres } from './postgres.js';
import { python } from './python.js';
import { redis } from './redis.js';
import { snapshotController } from './snapshot-controller.js';
import { stress } from './stress.js';
import { ubuntu } from './ubuntu.js';
import { vpaAdmissionController } from './vpa-admission-controller.js';
import { vpaRecommender } from './vpa-recommender.js';
import { vpaUpdater } from './vpa-updater.js';
import { whoami } from './whoami.js';

/** Every repository that can be pulled from. */
export const REPOSITORIES: readonly ImageRepository[] = [
  admissionWebhook,
  agnhost,
  alpine,
  busybox,
  calicoNode,
  coredns,
  csiAttacher,
  csiNodeDriverRegistrar,
  csiProvisioner,
  csiResizer,
  csiSnapshotter,
  curl,
  debian,
  etcd,
  flannel,
  flannelCniPlugin,
  hostpathplugin,
  httpEcho,
  httpd,
  ingressNginxController,
  jessieDnsutils,
  kubeApiserver,
  kubeControllerManager,
  kubeProxy,
  kubeScheduler,
  kubeWebhookCertgen,
  livenessprobe,
  localPathProvisioner,
  memcached,
  metallbController,
  metallbSpeaker,
  metricsAdapter,
  metricsServer,
  mysql,
  netshoot,
  nginx,
  nginxGatewayFabric,
  nginxGatewayFabricNginx,
  node,
  pause,
  perl,
  postgres,
  python,
  redis,
  snapshotController,
  stress,
  ubuntu,
  vpaAdmissionController,
  vpaRecommender,
  vpaUpdater,
  whoami,
];
