const HELP = "a group's help is in our own words";
const OPENAPI =
  'the real client reads /openapi/v2 as protobuf before it looks the kind up, and this server has only JSON of it; ' +
  'against a whole server it says what ours says';

/** Command lines whose answer is not the real client's, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'kubectl apply -f ghost.yaml': OPENAPI,
  'kubectl auth': HELP,
  'kubectl create -f . -R --dry-run=client': OPENAPI,
  'kubectl create -f ghost.yaml': OPENAPI,
  'kubectl create secret': HELP,
  'kubectl rollout': HELP,
  'kubectl top': HELP,
};
