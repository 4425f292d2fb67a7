const CONTROLLER = 'the controller for it, or its address, is not that of the recorded cluster';
const DRAWN = 'prints in an order, or what other scenes made, that is drawn anew';
const ORDER = 'shows the fields of an object in another order';
const ROOT_CA = 'the world publishes no root certificate';
const TOKEN = 'a byte that is no UTF-8 is named otherwise';

/** Scenes' lines that are not answered as written, behind their scene, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'own: get: kubectl get --raw "/api/v1/namespaces/own-get/pods?continue=nonsense"': TOKEN,
  'own: get: kubectl get -A leases -o name | grep -v apiserver-': CONTROLLER,
  'own: get: kubectl get cs': CONTROLLER,
  'own: get: kubectl get pods,svc,cm -o name': ROOT_CA,
  'own: watch: timeout -s INT 3 kubectl get cm -w -o custom-columns=N:.metadata.name,D:.data --no-headers --output-watch-events & sleep 1; kubectl patch cm settings -p \'{"data":{"a":"c"}}\' >/dev/null; kubectl create cm more >/dev/null; kubectl delete cm more >/dev/null; wait':
    DRAWN,
  'own: patch: kubectl patch pod one -p \'{"spec":{"nodeName":"127.0.0.1"}}\'': ORDER,
};

/** Lines that are answered as written in some runs only, and why. */
export const NOISY: Readonly<Record<string, string>> = {
  "kubectl edit: KUBE_EDITOR='sed -i s/nginx:1.25/nginx:1.26/' kubectl edit deployment/mydeployment -o yaml --save-config":
    'managers of fields stand in the order of the second of their change',
};
