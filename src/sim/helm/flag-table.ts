/**
 * The flags that helm 4.2's commands share, in the notation of kubectl's table: `short/name:kind!alone=default`; kinds b
 * truth value, i whole number, d duration, s text, l list (commas separate), a list.
 */

/** Of every command. */
export const GLOBAL_FLAGS =
  'burst-limit:i=100 color:s=auto colour:s=auto content-cache:s debug:b kube-apiserver:s kube-as-group:a kube-as-user:s kube-ca-file:s kube-context:s kube-insecure-skip-tls-verify:b kube-tls-server-name:s kube-token:s kubeconfig:s n/namespace:s qps:s registry-config:s repository-cache:s repository-config:s';

export const VALUE_FLAGS = 'f/values:l set:a set-string:a set-file:a set-json:a set-literal:a';

export const CHART_FLAGS =
  'version:s verify:b keyring:s repo:s username:s password:s cert-file:s key-file:s insecure-skip-tls-verify:b plain-http:b ca-file:s pass-credentials:b';

const WAIT_FLAGS = 'wait:s!watcher=hookOnly wait-for-jobs:b timeout:d=5m0s';

const RENDER_FLAGS = 'post-renderer:s post-renderer-args:a';

/** Of install and template. */
export const INSTALL_FLAGS = `create-namespace:b force-replace:b force:b force-conflicts:b server-side:b=true no-hooks:b replace:b g/generate-name:b name-template:s description:s devel:b dependency-update:b disable-openapi-validation:b rollback-on-failure:b atomic:b skip-crds:b render-subchart-notes:b skip-schema-validation:b l/labels:l enable-dns:b hide-notes:b take-ownership:b ${VALUE_FLAGS} ${CHART_FLAGS} ${WAIT_FLAGS} ${RENDER_FLAGS}`;

export const UPGRADE_FLAGS = `create-namespace:b i/install:b devel:b hide-secret:b force-replace:b force:b force-conflicts:b server-side:s=auto no-hooks:b disable-openapi-validation:b skip-crds:b reset-values:b reuse-values:b reset-then-reuse-values:b rollback-on-failure:b atomic:b history-max:i=10 cleanup-on-fail:b render-subchart-notes:b hide-notes:b skip-schema-validation:b l/labels:l description:s dependency-update:b enable-dns:b take-ownership:b dry-run:s!unset=none o/output:s=table ${VALUE_FLAGS} ${CHART_FLAGS} ${WAIT_FLAGS} ${RENDER_FLAGS}`;

export const ROLLBACK_FLAGS = `force-replace:b force:b force-conflicts:b server-side:s=auto no-hooks:b cleanup-on-fail:b history-max:i=10 dry-run:s!unset=none ${WAIT_FLAGS}`;

export const UNINSTALL_FLAGS =
  'dry-run:b no-hooks:b ignore-not-found:b keep-history:b cascade:s=background description:s wait:s!watcher=hookOnly timeout:d=5m0s';

/** Flags that work still under another name, and what is said to whoever gives one. */
export const DEPRECATED_FLAGS: Readonly<Record<string, string>> = {
  atomic: 'use --rollback-on-failure instead',
  force: 'use --force-replace instead',
};
/** The same of `template`. */
export const DEPRECATED_OF_TEMPLATE: Readonly<Record<string, string>> = {
  'hide-notes': "this flag has no effect for 'helm template' and will be removed in Helm 5",
  'render-subchart-notes': "this flag has no effect for 'helm template' and will be removed in Helm 5",
  validate: "use '--dry-run=server' instead",
};
