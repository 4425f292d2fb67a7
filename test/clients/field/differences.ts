const BOOTSTRAP = 'needs what the server makes for RBAC when it starts';
const BUSY = 'is sometimes slower than the line waits, on a busy computer';
const CONTROLLER = 'the controller for it, or its address, is not that of the recorded cluster';
const DRAWN = 'prints in an order, or what other scenes made, that is drawn anew';
const ROOT_CA = 'the world publishes no root certificate';
const STRATEGIC = 'a strategic patch that fits no type is refused with 400 rather than 422';
const TAR = 'tar says more than when this was written';
const TOKEN = 'a byte that is no UTF-8 is named otherwise';

/** Scenes' lines that are not answered as written, behind their scene, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'Quick reference: Interacting with running Pods: timeout -s INT 5 kubectl logs -f -l name=myLabel --all-containers':
    BUSY,
  'Quick reference: Interacting with running Pods: timeout -s INT 5 kubectl logs -f my-pod': BUSY,
  'Quick reference: Interacting with running Pods: timeout -s INT 5 kubectl logs -f my-pod -c my-container': BUSY,
  'kubectl cp: kubectl cp some-pod:/nothing here; echo $?': TAR,
  'kubectl create quota: resourcequotas/best-effort spec status': CONTROLLER,
  'kubectl describe: kubectl describe nodes kubernetes-node-emt8.c.myproject.internal': CONTROLLER,
  'kubectl logs: timeout -s INT 5 kubectl logs -f -c ruby web-1': BUSY,
  'kubectl logs: timeout -s INT 5 kubectl logs -f -l app=nginx --all-containers=true 2>&1 | grep -e line -e two | sort':
    BUSY,
  'kubectl port-forward: kubectl port-forward deployment/mydeployment :80 > said 2>&1 & until grep -q Forwarding said; do sleep 0.05; done; port=$(grep -o -m1 ":[0-9]* " said | tr -d ": "); curl -s localhost:$port | grep title; kill $!':
    BUSY,
  "own: apply: echo '{apiVersion: v1, kind: ConfigMap, metadata: {name: bare}, datta: {e: f}}' | kubectl apply -f -":
    STRATEGIC,
  'own: describe: kubectl describe clusterrole system:basic-user': BOOTSTRAP,
  "own: describe: kubectl describe ds every | sed '/^Events/,$d'": CONTROLLER,
  "own: describe: kubectl describe pvc claim | sed '/^Events/,$d'": CONTROLLER,
  "own: diff: sed 's/replicas: 0/replicas: x/' deploy.yaml | kubectl diff -f - ; echo $?": STRATEGIC,
  'own: get: kubectl get --raw "/api/v1/namespaces/own-get/pods?continue=nonsense"': TOKEN,
  'own: get: kubectl get -A leases -o name | grep -v apiserver-': CONTROLLER,
  'own: get: kubectl get cs': CONTROLLER,
  "own: get: kubectl get pod one -o go-template='{{range .spec.containers}}{{.name}} {{len .volumeMounts}}{{end}}'":
    DRAWN,
  'own: get: kubectl get pods,svc,cm -o name': ROOT_CA,
  'own: watch: kubectl wait --for=delete pod/one --timeout=10s & sleep 0.5; kubectl delete pod one; wait': DRAWN,
  'own: watch: timeout -s INT 3 kubectl get cm -w -o custom-columns=N:.metadata.name,D:.data --no-headers --output-watch-events & sleep 1; kubectl patch cm settings -p \'{"data":{"a":"c"}}\' >/dev/null; kubectl create cm more >/dev/null; kubectl delete cm more >/dev/null; wait':
    DRAWN,
};

/** What was said otherwise than written and is not known to be. */
export function unexpected(differences: readonly string[]): string[] {
  return differences.filter((difference) => DIFFERENCES[difference.split('\n')[0] ?? ''] === undefined);
}
