const HELP = 'usage, commands and flags are the real ones, the prose of help is in our own words';
const DRAWN = 'shows where pods were placed, the order of a Go map, or that of events within one second: drawn anew';
const MACHINE = "shows an address of the recording machine's network or memory";
const MISSING = 'needs a part of kubectl that is not in this simulation';
const STOPPED = 'does not end by itself: the recorder stopped the real client after 30 seconds';
const DOOR = "the recorder's door upgrades no connection, so the refusal reaches the real client as plain text";
const PATHS = 'kubectl stores paths relative to the kubeconfig, ours absolute; both lead to the same file';
const OLD = 'an output format of explain that kubectl keeps from the past; ours answers it as the present one';

/** Command lines, behind their file, whose answer is not the real client's, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'alter.txt: kubectl patch pod web -p \'{"spec":{"nodeName":"node02"}}\'': DRAWN,
  'alter.txt: kubectl set': HELP,
  "ask.txt: kubectl ''": HELP,
  'ask.txt: kubectl -n kube-system': HELP,
  'ask.txt: kubectl auth can-i --list': MISSING,
  'ask.txt: kubectl auth can-i --list --no-headers': MISSING,
  'ask.txt: kubectl certificate': HELP,
  'ask.txt: kubectl events --watch --for=': STOPPED,
  'ask.txt: kubectl events x': DRAWN,
  'ask.txt: kubectl explain deploy.spec.replicas -o plaintext-openapiv2': OLD,
  'ask.txt: kubectl options x': HELP,
  'ask.txt: kubectl plugin': HELP,
  'ask.txt: kubectl wait deploy web --for=condition=': STOPPED,
  'cluster.txt: kubectl auth': HELP,
  "complete.txt: kubectl __completeNoDesc ''": MISSING,
  'config.txt: kubectl config': HELP,
  'config.txt: kubectl config delete-context': HELP,
  'config.txt: kubectl config rename-context dev': HELP,
  'config.txt: kubectl config set': HELP,
  'config.txt: kubectl config set clusters.c.nope x': MACHINE,
  'config.txt: kubectl config set current-context': HELP,
  'config.txt: kubectl config set-cluster': HELP,
  'config.txt: kubectl config set-context a b': HELP,
  'config.txt: kubectl config set-credentials': HELP,
  'config.txt: kubectl config unset': HELP,
  'config.txt: kubectl config use-context': HELP,
  'config.txt: kubectl config use-context a b': HELP,
  'config.txt: kubectl config view -o jsonpath=\'{.users[?(@.name=="u")]}\'': PATHS,
  'config.txt: kubectl get pods --server=nope:1': MACHINE,
  'create.txt: kubectl create secret': HELP,
  'generate.txt: kubectl create service': HELP,
  'kinds.txt: kubectl certificate nope': HELP,
  'nodes.txt: kubectl top': HELP,
  'output.txt: kubectl get cm settings -o kyaml | head -8': MISSING,
  "output.txt: kubectl get pod two -o jsonpath='{..image}'": DRAWN,
  "output.txt: kubectl get pod two -o jsonpath='{.nope}' --allow-missing-template-keys=false": DRAWN,
  "output.txt: kubectl get pod two -o jsonpath='{.spec.containers[7].name}'": DRAWN,
  "output.txt: kubectl get pod two -o jsonpath='{.spec.containers[?(@.name=b)]}'": DRAWN,
  "output.txt: kubectl get pod two -o jsonpath='{end}'": DRAWN,
  'pods.txt: kubectl drain node01 node02 --force --timeout=40s --grace-period=0': DRAWN,
  'pods.txt: kubectl exec -f pod.yaml -- ls': DOOR,
  'rollout.txt: kubectl rollout': HELP,
  'select.txt: kubectl get pod --kuberc=off red -o name': MISSING,
};
