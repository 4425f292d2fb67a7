/** What can be installed in a world besides; a test compares them with the add-ons that there are. */
export const ADD_ON_NAMES = [
  'cloud-metadata',
  'csi-hostpath',
  'csi-hostpath-attach',
  'gateway-api',
  'ingress-nginx',
  'local-path-provisioner',
  'metallb',
  'metrics-adapter',
  'metrics-server',
  'snapshot-controller',
  'vertical-pod-autoscaler',
] as const;
